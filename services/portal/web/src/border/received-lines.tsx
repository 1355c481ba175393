import { Link } from 'react-router';
import type { ReceivedLine } from '../../../src/face/border.js';
import { WhyAmount } from '../derivation/why.js';
import type { Why } from '../derivation/why-subject.js';
import { printedAccount } from '../ui/figures.js';
import { Badge } from '../ui/notice.js';
import { Nothing } from '../ui/states.js';
import { Table } from '../ui/table.js';
import type { State } from '../words/payments.js';
import { partnerName } from './border-words.js';
import { lineReasonName } from './line-words.js';

const kinds: Readonly<Record<ReceivedLine['kind'], string>> = {
  payment: 'Paiement',
  reversal: 'Rejet',
  declared: 'Revenu déclaré',
  tax: 'Revenu fiscal',
  turnover: 'Chiffre d’affaires',
  rejected: 'Sans effet',
};

/** What became of one line: the words of `lineOutcomes`, in the singular. */
const oneLineOutcomes: Readonly<Record<ReceivedLine['outcome'], State>> = {
  posted: { text: 'Placée', tone: 'good' },
  'to-be-matched': { text: 'À identifier', tone: 'wait' },
  duplicate: { text: 'Déjà connue', tone: 'plain' },
  conflict: { text: 'En contradiction', tone: 'bad' },
  refused: { text: 'Refusée', tone: 'bad' },
};

interface BatchName {
  readonly partner: string;
  readonly number: string;
}

/** The lines of a batch that was received, of the accounts of the agent's regions. */
export const ReceivedLines = ({ items, batch }: { readonly items: readonly ReceivedLine[]; readonly batch: BatchName }) => (
  <>
    <p className="soft measure">
      Les lignes des comptes de vos caisses. Ce qui avait déjà été dit dans les mêmes termes est au lot qui l’a dit d’abord.
    </p>
    {items.length === 0 ? (
      <Nothing>Aucune ligne de vos caisses dans cette partie du lot.</Nothing>
    ) : (
      <Table
        caption="Lignes du lot"
        hideCaption
        rows={items}
        keyOf={({ line }) => String(line)}
        columns={[
          { name: 'Ligne', cell: ({ line }) => String(line) },
          { name: 'Compte', cell: ({ account, outcome }) => (account === null ? '' : <AccountOf account={account} outcome={outcome} />) },
          { name: 'Ce qu’elle dit', cell: ({ kind, reference }) => `${kinds[kind]}, ${reference}` },
          { name: 'Issue', cell: ({ outcome }) => <Badge tone={oneLineOutcomes[outcome].tone}>{oneLineOutcomes[outcome].text}</Badge> },
          { name: 'Motif', cell: ({ reason }) => (reason === null ? '' : lineReasonName(reason)) },
          {
            name: 'Montant',
            isNumber: true,
            cell: (line) => (line.amount === null ? '' : <WhyAmount why={whyLine(line, line.amount, batch)} />),
          },
        ]}
      />
    )}
  </>
);

/** What nobody is known to own bears what its partner wrote, which may be no account number. */
const AccountOf = ({ account, outcome }: { readonly account: string; readonly outcome: ReceivedLine['outcome'] }) =>
  outcome === 'to-be-matched' ? <>{account}</> : <Link to={`/bureau/comptes/${account}`}>{printedAccount(account)}</Link>;

const whyLine = ({ line, reference }: ReceivedLine, amount: string, { partner, number }: BatchName): Why => ({
  kind: 'said',
  title: `Ligne ${String(line)} du lot n° ${number}`,
  amount,
  says: 'Ce que le partenaire a écrit sur cette ligne.',
  traces: [
    { name: 'Annoncé par', text: partnerName(partner) },
    { name: 'Référence', text: reference },
  ],
});
