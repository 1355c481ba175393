import type { AssessmentVersion } from '../../../src/face/my-account.js';
import { WhyAmount } from '../derivation/why.js';
import type { Why } from '../derivation/why-subject.js';
import { lineOf } from '../derivation/owed-explanation.js';
import { Amount, DayText, printedDay, printedRate } from '../ui/figures.js';
import { Section } from '../ui/page.js';
import { Nothing } from '../ui/states.js';
import { Table } from '../ui/table.js';
import { contributionName, contributionPurpose, stageMeaning, stageName } from '../words/contributions.js';

type AssessedLine = AssessmentVersion['lines'][number];

/** A line of an assessment: its derivation where there is one, else who wrote the amount and when. */
export function whyLine(version: AssessmentVersion, { code, amount }: Pick<AssessedLine, 'code' | 'amount'>): Why {
  const explained = lineOf(version, code);
  if (explained !== null && explained.amount === amount) return explained;
  return {
    kind: 'said',
    title: `${contributionName(code)} ${String(version.year)}`,
    amount,
    says: 'Ce montant a été calculé avec une version antérieure des règles : il reste tel qu’il vous a été notifié.',
    traces: [
      { name: 'Version des règles', text: version.rules },
      { name: 'Journée comptable', text: printedDay(version.accountingDay) },
    ],
  };
}

export const whyTotal = (version: AssessmentVersion): Why => ({
  kind: 'sum',
  title: `Total des cotisations ${String(version.year)}`,
  amount: version.total,
  terms: version.lines.map((line) => ({ text: contributionName(line.code), amount: line.amount, why: whyLine(version, line) })),
});

/** Base, rate and amount of each contribution of a year, at one stage (F23, F24). */
export function AssessmentTable({ version, absent }: { readonly version: AssessmentVersion | undefined; readonly absent: string }) {
  if (version === undefined) return <Nothing>{absent}</Nothing>;
  const meaning = stageMeaning(version.stage);
  return (
    <Section title={stageName(version.stage)}>
      {meaning === null ? null : <p className="measure">{meaning}</p>}
      <p className="soft small">
        Calcul n° {version.version}, du <DayText of={version.accountingDay} />. Touchez un montant pour voir d’où il vient.
      </p>
      <Table
        caption={`Cotisations ${String(version.year)}, ${stageName(version.stage).toLowerCase()}`}
        hideCaption
        rows={version.lines}
        keyOf={({ code }) => code}
        columns={[
          { name: 'Cotisation', cell: ({ code }) => <ContributionTitle code={code} />, total: 'Total' },
          { name: 'Assiette', isNumber: true, cell: ({ base }) => <Amount of={base} whole /> },
          { name: 'Taux', isNumber: true, cell: ({ rate }) => printedRate(rate) },
          {
            name: 'Montant',
            isNumber: true,
            cell: (line) => <WhyAmount why={whyLine(version, line)} />,
            total: <WhyAmount why={whyTotal(version)} />,
          },
        ]}
      />
    </Section>
  );
}

export function ContributionTitle({ code }: { readonly code: string }) {
  const purpose = contributionPurpose(code);
  return (
    <>
      {contributionName(code)}
      {purpose === null ? null : <span className="field-help line-purpose">{purpose}</span>}
    </>
  );
}
