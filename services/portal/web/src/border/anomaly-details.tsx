import type { ReactNode } from 'react';
import { Link } from 'react-router';
import { Money } from '@isu/values';
import { WhyAmount } from '../derivation/why.js';
import type { Why, WhySaid } from '../derivation/why-subject.js';
import { factName } from '../desk/fact-words.js';
import { DayText, printedAccount } from '../ui/figures.js';
import { Table } from '../ui/table.js';
import { Terms } from '../ui/terms.js';
import { contributionName } from '../words/contributions.js';
import { outcomeText } from '../words/debits.js';
import { partnerName } from './border-words.js';
import { reasonName } from './sent-words.js';

type Details = Readonly<Record<string, unknown>>;
type Said = readonly [name: string, text: ReactNode];

/** What a comparison, a watch or a partner's answer found, in words; what only an engineer reads is under a fold. */
export function AnomalyDetails({ details }: { readonly details: Details }) {
  const said = Object.entries(details).flatMap(([key, value]) => saidOf(key, value, details));
  const others = Object.fromEntries(Object.entries(details).filter(([key]) => !(key in words) && !besides.has(key)));
  const lines = details['lines'] as readonly LineDifference[] | undefined;
  return (
    <>
      {said.length === 0 ? null : <Terms of={said} />}
      {lines === undefined ? null : <Lines lines={lines} partner={partnerName(textOf(details['partner']))} />}
      {Object.keys(others).length === 0 ? null : (
        <details className="desk-details">
          <summary>Détail technique</summary>
          <pre className="desk-json" tabIndex={0} role="region" aria-label="Détail technique de l’anomalie">
            {JSON.stringify(others, null, 2)}
          </pre>
        </details>
      )}
    </>
  );
}

const textOf = (value: unknown): string => (typeof value === 'string' || typeof value === 'number' ? String(value) : '');
const day = (value: unknown): ReactNode => <DayText of={textOf(value)} />;
const code = (value: unknown): ReactNode => <code>{textOf(value)}</code>;

/** Of each figure that may be there: its name, and how it is read. */
const words: Readonly<Record<string, { readonly name: string; readonly shown: (value: unknown, details: Details) => ReactNode }>> = {
  partner: { name: 'Partenaire', shown: (partner) => partnerName(textOf(partner)) },
  asOf: { name: 'Selon ses livres, au soir du', shown: day },
  delta: { name: 'Ses livres, moins ce qu’il nous a dit', shown: (delta, details) => <WhyAmount why={whyDelta(textOf(delta), details)} /> },
  share: { name: 'Dont, pour cette cause', shown: (share, details) => <WhyAmount why={whyShare(textOf(share), details)} /> },
  candidates: {
    name: 'Causes possibles',
    shown: (candidates) => (
      <ul>
        {(candidates as readonly string[]).map((candidate) => (
          <li key={candidate}>{candidate}</li>
        ))}
      </ul>
    ),
  },
  otherAccount: { name: 'Autre compte concerné', shown: (account) => <AccountLink account={textOf(account)} /> },
  amount: { name: 'Montant', shown: (amount) => <WhyAmount why={whyAmount(textOf(amount))} /> },
  reportedFact: { name: 'Fait qui le signale', shown: code },
  affiliatedOn: { name: 'Affiliation connue le', shown: day },
  startedOn: { name: 'Début d’activité', shown: day },
  told: { name: 'Ce que nous avons dit', shown: (type) => factName(textOf(type)) },
  number: { name: 'Lot', shown: (number, details) => <SentBatchLink number={textOf(number)} details={details} /> },
  reason: { name: 'Motif', shown: (reason) => reasonName(textOf(reason)) },
  endToEnd: { name: 'Prélèvement', shown: code },
  instalments: { name: 'Échéances', shown: (instalments) => (instalments as readonly string[]).join(', ') },
  outcome: { name: 'Suite donnée', shown: (outcome) => outcomeText(textOf(outcome)) },
  againOn: { name: 'Présenté de nouveau le', shown: day },
};

/** Read with another, or nothing to an agent. */
const besides = new Set(['lines', 'flow', 'line', 'fact', 'seq', 'rum', 'moment']);

function saidOf(key: string, value: unknown, details: Details): Said[] {
  const word = Object.hasOwn(words, key) ? words[key] : undefined;
  return word === undefined || value === null || (textOf(value) === '' && !Array.isArray(value))
    ? []
    : [[word.name, word.shown(value, details)]];
}

const AccountLink = ({ account }: { readonly account: string }) => (
  <Link to={`/bureau/comptes/${account}`}>{`n° ${printedAccount(account)}`}</Link>
);

const SentBatchLink = ({ number, details }: { readonly number: string; readonly details: Details }) => (
  <Link to={`/bureau/flux/${textOf(details['partner'])}/${textOf(details['flow'])}/envois/${number}`}>
    {`n° ${number}, ligne ${textOf(details['line'])}`}
  </Link>
);

const whyDelta = (delta: string, { partner, asOf }: Details): WhySaid => ({
  kind: 'said',
  title: 'Écart entre ce que le partenaire compte et ce qu’il nous a dit',
  amount: delta,
  says: Money.of(delta).isPositive
    ? 'Les livres du partenaire comptent cette somme en plus de tout ce que ses lots nous ont dit de ce compte.'
    : 'Les lots du partenaire nous ont dit cette somme en plus de ce que comptent ses livres pour ce compte.',
  traces: [
    { name: 'Partenaire', text: partnerName(textOf(partner)) },
    { name: 'Livres au soir du', text: textOf(asOf) },
  ],
});

/** Several causes at once: each is named by what is known of it, and together they add up to the cent. */
const whyShare = (share: string, { delta, ...details }: Details): WhySaid => ({
  ...whyDelta(share, details),
  title: 'Part de cette cause dans l’écart du compte',
  says: `Plusieurs causes connues font ensemble, au centime, l’écart de ${Money.of(textOf(delta)).print()} ; celle-ci en explique cette part.`,
});

const whyAmount = (amount: string): Why => ({
  kind: 'said',
  title: 'Montant en cause',
  amount,
  says: 'Le montant tel qu’il a été signalé, ou demandé à la banque.',
  traces: [],
});

interface LineDifference {
  readonly year: number;
  readonly code: string;
  readonly ours: Figures;
  readonly theirs: Figures;
}

interface Figures {
  readonly called: string;
  readonly paid: string;
}

function Lines({ lines, partner }: { readonly lines: readonly LineDifference[]; readonly partner: string }) {
  const column = (side: 'ours' | 'theirs', figure: keyof Figures) => ({
    name: `${figure === 'called' ? 'Appelé' : 'Payé'}, ${side === 'ours' ? 'ici' : partner}`,
    isNumber: true,
    cell: (line: LineDifference) => <WhyAmount why={whyFigure(line, { side, figure, partner })} />,
  });
  return (
    <Table
      caption="Lignes comptées autrement"
      rows={lines}
      keyOf={({ year, code: of }) => `${String(year)} ${of}`}
      columns={[
        { name: 'Contribution', cell: ({ year, code: of }) => `${contributionName(of)}${year === 0 ? '' : ` ${String(year)}`}` },
        ...[column('ours', 'called'), column('theirs', 'called'), column('ours', 'paid'), column('theirs', 'paid')],
      ]}
    />
  );
}

const whyFigure = (
  line: LineDifference,
  { side, figure, partner }: { readonly side: 'ours' | 'theirs'; readonly figure: keyof Figures; readonly partner: string },
): Why => ({
  kind: 'said',
  title: `${contributionName(line.code)}, ${figure === 'called' ? 'appelé' : 'payé'}`,
  amount: line[side][figure],
  says: side === 'ours' ? 'Ce que compte notre livre de cette ligne.' : `Ce que comptent les livres de ${partner} de cette ligne.`,
  traces: [{ name: 'Année de contribution', text: line.year === 0 ? 'aucune' : String(line.year) }],
});
