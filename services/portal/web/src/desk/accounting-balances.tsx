import { Money } from '@isu/values';
import type { KindBalance } from '../../../src/face/accounting.js';
import { WhyAmount } from '../derivation/why.js';
import { Badge } from '../ui/notice.js';
import { Nothing } from '../ui/states.js';
import { Table } from '../ui/table.js';
import { bookAccountName } from '../words/accounting.js';
import { whyBalance, whyZero } from './accounting-whys.js';

/** Every kind of account over all books; together they make zero, or money was lost. */
export function Balances({ of, caption }: { readonly of: readonly KindBalance[]; readonly caption: string }) {
  if (of.length === 0) return <Nothing>Rien n’est encore inscrit dans les comptes.</Nothing>;
  const isBalanced = Money.sum(of.map(({ balance }) => Money.of(balance))).isZero;
  return (
    <>
      <p>
        <Badge tone={isBalanced ? 'good' : 'bad'}>
          {isBalanced ? 'Équilibrée' : 'Déséquilibrée : de l’argent manque dans les comptes'}
        </Badge>
      </p>
      <Table
        caption={caption}
        hideCaption
        rows={of}
        keyOf={({ kind }) => kind}
        columns={[
          { name: 'Compte', cell: ({ kind }) => bookAccountName(kind), total: 'Total' },
          { name: 'Solde', isNumber: true, cell: (one) => <WhyAmount why={whyBalance(one)} />, total: <WhyAmount why={whyZero(of)} /> },
        ]}
      />
    </>
  );
}
