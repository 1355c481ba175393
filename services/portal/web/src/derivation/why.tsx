import { createContext, useContext, useState, type ReactNode } from 'react';
import { Button } from '../ui/button.js';
import { Amount } from '../ui/figures.js';
import { Panel } from '../ui/panel.js';
import { Explanation } from './explanation.js';
import type { Why } from './why-subject.js';

const OpenWhy = createContext<(why: Why) => void>(() => undefined);

/**
 * « Pourquoi cet euro ? » (N2): any amount of a page opens here, beside the page. Terms of a sum open in their turn, and one comes back
 * step by step.
 */
export function WhyPanel({ children }: { readonly children: ReactNode }) {
  const [trail, setTrail] = useState<readonly Why[]>([]);
  const shown = trail.at(-1);
  return (
    <OpenWhy value={(why) => setTrail([why])}>
      {children}
      <Panel title="Pourquoi cet euro ?" isOpen={shown !== undefined} close={() => setTrail([])}>
        {trail.length > 1 ? (
          <div>
            <Button kind="quiet" onPress={() => setTrail(trail.slice(0, -1))}>
              ← Revenir à « {trail.at(-2)?.title} »
            </Button>
          </div>
        ) : null}
        {shown === undefined ? null : <Explanation key={trail.length} why={shown} open={(why) => setTrail([...trail, why])} />}
      </Panel>
    </OpenWhy>
  );
}

interface WhyAmountProps {
  readonly why: Why;
  /** Of the amount on the page, when it is not written as the derivation has it. */
  readonly amount?: string;
  readonly whole?: boolean;
}

/** An amount that one can ask about. */
export function WhyAmount({ why, amount = why.amount, whole }: WhyAmountProps) {
  const open = useContext(OpenWhy);
  return (
    <button type="button" className="why" aria-haspopup="dialog" onClick={() => open(why)}>
      <Amount of={amount} whole={whole} />
      <span className="only-read">, pourquoi ce montant : {why.title}</span>
    </button>
  );
}
