import type { AssessmentVersion } from '../../../src/face/my-account.js';
import { WhyAmount } from '../derivation/why.js';
import type { Why } from '../derivation/why-subject.js';
import { printed } from '../ui/figures.js';
import { Notice } from '../ui/notice.js';
import { Section } from '../ui/page.js';
import { Nothing } from '../ui/states.js';
import { Table } from '../ui/table.js';
import { contributionName } from '../words/contributions.js';
import { whyLine, whyTotal } from './assessment-table.js';
import { lessOf, recapitulated } from './recapitulated.js';

interface BothStages {
  readonly provisional: AssessmentVersion | undefined;
  readonly definitive: AssessmentVersion | undefined;
}

/** F25: definitive less provisional, line by line, is what is called or given back. */
export function Recapitulation({ provisional, definitive }: BothStages) {
  const lines = recapitulated(provisional, definitive);
  if (lines.length === 0) return <Nothing>Rien à récapituler pour cette année.</Nothing>;
  const difference = provisional && definitive ? lessOf(definitive.total, provisional.total) : null;
  const total = (version: AssessmentVersion | undefined) => (version === undefined ? '—' : <WhyAmount why={whyTotal(version)} />);
  return (
    <Section title="Définitif moins provisionnel">
      <Outcome difference={difference} isRegularised={definitive !== undefined} />
      <Table
        caption="Récapitulatif, cotisation par cotisation"
        hideCaption
        rows={lines}
        keyOf={({ code }) => code}
        columns={[
          { name: 'Cotisation', cell: ({ code }) => contributionName(code), total: 'Total' },
          { name: 'Provisionnel', isNumber: true, cell: (line) => of(provisional, line.code, line.provisional), total: total(provisional) },
          { name: 'Définitif', isNumber: true, cell: (line) => of(definitive, line.code, line.definitive), total: total(definitive) },
          {
            name: 'Différence',
            isNumber: true,
            cell: ({ code, ...line }) => (line.difference === null ? '—' : <WhyAmount why={whyDifference(contributionName(code), line)} />),
            total:
              difference === null ? (
                '—'
              ) : (
                <WhyAmount
                  why={whyDifference('Total', {
                    provisional: provisional?.total ?? null,
                    definitive: definitive?.total ?? null,
                    difference,
                  })}
                />
              ),
          },
        ]}
      />
    </Section>
  );
}

const of = (version: AssessmentVersion | undefined, code: string, amount: string | null) =>
  version === undefined || amount === null ? '—' : <WhyAmount why={whyLine(version, { code, amount })} />;

function whyDifference(
  title: string,
  { provisional, definitive, difference }: { provisional: string | null; definitive: string | null; difference: string | null },
): Why {
  return {
    kind: 'sum',
    title: `Différence : ${title}`,
    amount: difference ?? '0',
    terms: [
      { text: 'Définitif', amount: definitive ?? '0' },
      { text: 'Déjà appelé à titre provisionnel', amount: lessOf('0', provisional ?? '0') },
    ],
  };
}

function Outcome({ difference, isRegularised }: { readonly difference: string | null; readonly isRegularised: boolean }) {
  if (!isRegularised)
    return <p>La régularisation viendra avec votre revenu de l’année : la différence sera alors appelée ou remboursée.</p>;
  if (difference === null) return <p>Il n’y a pas eu d’appel provisionnel : tout est appelé à titre définitif.</p>;
  if (difference === '0') return <Notice tone="good" title="Aucune différence" />;
  return difference.startsWith('-') ? (
    <Notice tone="good" title={`${printed(lessOf('0', difference))} en votre faveur`}>
      <p>Vous aviez été appelé pour davantage : cette différence est déduite de ce qui reste à payer, ou vous est remboursée.</p>
    </Notice>
  ) : (
    <Notice title={`Complément de ${printed(difference)}`}>
      <p>Il est réparti sur vos échéances restantes de l’année.</p>
    </Notice>
  );
}
