import { Button } from '../ui/button.js';
import { DefectBoundary } from '../ui/defect-boundary.js';
import { Panel } from '../ui/panel.js';
import { Explanation } from './explanation.js';
import type { Why } from './why-subject.js';

interface WhyAnswerProps {
  /** From the amount on the page to the one shown; none: closed. */
  readonly trail: readonly Why[];
  readonly show: (trail: readonly Why[]) => void;
}

export function WhyAnswer({ trail, show }: WhyAnswerProps) {
  const shown = trail.at(-1);
  const before = trail.at(-2);
  return (
    <Panel title="Pourquoi cet euro ?" isOpen={shown !== undefined} close={() => show([])}>
      {before === undefined ? null : (
        <div>
          <Button kind="quiet" onPress={() => show(trail.slice(0, -1))}>
            ← Revenir à « {before.title} »
          </Button>
        </div>
      )}
      {shown === undefined ? null : (
        <DefectBoundary key={trail.length}>
          <Explanation why={shown} open={(why) => show([...trail, why])} />
        </DefectBoundary>
      )}
    </Panel>
  );
}
