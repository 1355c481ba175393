import type { ContributionsPage } from '../../../src/face/my-account.js';
import type { Part } from '../../../src/face/parts.js';
import { WhyAmount } from '../derivation/why.js';
import type { Why } from '../derivation/why-subject.js';
import { Amount, printedDay, printedRate } from '../ui/figures.js';
import { Section } from '../ui/page.js';
import { Nothing } from '../ui/states.js';
import { Table } from '../ui/table.js';
import { contributionName, stageName } from '../words/contributions.js';

type Assessment = ContributionsPage['parts']['account'] extends Part<{ figures: { assessments: readonly (infer T)[] } }> ? T : never;

/** The service that explains the figures is away: the figures themselves, as everybody folds them. */
export function FoldedAssessments({ year, assessments }: { readonly year: number; readonly assessments: readonly Assessment[] }) {
  const inForce = assessments.find((assessment) => assessment.year === year && assessment.state === 'in-force');
  if (inForce === undefined) return <Nothing>Aucune cotisation connue pour {year}.</Nothing>;
  return (
    <Section title={stageName(inForce.stage)}>
      <p className="soft">Les montants sont à jour ; leur calcul détaillé reviendra avec le service qui le tient.</p>
      <Table
        caption={`Cotisations ${String(year)}`}
        hideCaption
        rows={inForce.lines}
        keyOf={({ code }) => code}
        columns={[
          { name: 'Cotisation', cell: ({ code }) => contributionName(code), total: 'Total' },
          { name: 'Assiette', isNumber: true, cell: ({ base }) => <Amount of={base} whole /> },
          { name: 'Taux', isNumber: true, cell: ({ rate }) => printedRate(rate) },
          {
            name: 'Montant',
            isNumber: true,
            cell: ({ code, amount }) => <WhyAmount why={whyFolded(inForce, contributionName(code), amount)} />,
            total: <WhyAmount why={whyFolded(inForce, 'Total', inForce.total)} />,
          },
        ]}
      />
    </Section>
  );
}

const whyFolded = ({ year, rules, accountingDay }: Assessment, name: string, amount: string): Why => ({
  kind: 'said',
  title: `${name} ${String(year)}`,
  amount,
  says: 'Le service qui explique ce calcul ne répond pas en ce moment : voici ce qu’en tiennent les autres. L’explication reviendra avec lui.',
  traces: [
    { name: 'Version des règles', text: rules },
    { name: 'Journée comptable', text: printedDay(accountingDay) },
  ],
});
