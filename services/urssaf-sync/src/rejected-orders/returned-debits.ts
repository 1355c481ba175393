import type { Fact } from '@isu/contracts';
import { Day, Money } from '@isu/values';
import type { EntityManager } from 'typeorm';
import type { AnomalyBook } from '../anomalies/anomaly-book.js';

type Returned = Fact<'collection.debit-returned.v1'>;
type Posted = Fact<'collection.payment-posted.v1'>;

const subjectOf = ({ data: { endToEnd } }: Returned): string => `debit ${endToEnd}`;

/** Debits that came back through a fault between banks, or for a reason that nobody knows: nothing is held against the person, and the cell looks. */
export class ReturnedDebits {
  constructor(private readonly book: AnomalyBook) {}

  async returned(tx: EntityManager, facts: readonly Returned[]): Promise<void> {
    const between = facts.filter(({ data: { outcome } }) => outcome === 'presented-again' || outcome === 'to-examine');
    // What a bank rejects in one file is one correlation.
    for (const correlation of new Set(between.map((fact) => fact.correlation))) {
      const found = between
        .filter((fact) => fact.correlation === correlation)
        .map((fact) => ({
          ...{
            account: fact.subject,
            type: 'other-rules' as const,
            origin: 'told' as const,
            subject: subjectOf(fact),
            cause: causeOf(fact),
          },
          details: { ...fact.data, instalments: fact.data.instalments.map(({ instalment }) => instalment) },
        }));
      await this.book.open(tx, found, correlation);
    }
  }

  /** The same due dates were debited again, and their money has come. */
  async paid(tx: EntityManager, facts: readonly Posted[]): Promise<void> {
    const debits = facts.filter(({ data: { means } }) => means === 'direct-debit');
    if (debits.length === 0) return;
    for (const { id, account, instalments } of await findReturned(
      tx,
      debits.map(({ subject }) => subject),
    )) {
      const cause = debits.find(
        ({ subject, data: { allocations } }) =>
          subject === account && allocations.some(({ instalment }) => instalments.includes(instalment)),
      );
      const closing = { id, settledBy: 'Réglé par constat : les mêmes échéances ont été payées par prélèvement' };
      if (cause) await this.book.close(tx, [closing], cause.correlation, cause.id);
    }
  }
}

function causeOf({ data: { amount, reason, outcome, againOn } }: Returned): string {
  const back = `Un prélèvement de ${Money.of(amount).print()} est revenu, motif ${reason}`;
  if (outcome === 'to-examine' || againOn === undefined) return `${back} : inconnu, ou faute répétée entre banques ; à examiner`;
  return `${back}, une faute entre banques : présenté de nouveau le ${Day.of(againOn).print()}`;
}

async function findReturned(
  tx: EntityManager,
  accounts: readonly string[],
): Promise<{ id: string; account: string; instalments: string[] }[]> {
  return tx.query(
    `SELECT id, account, details -> 'instalments' AS instalments FROM anomaly
      WHERE closed_at IS NULL AND origin = 'told' AND subject LIKE 'debit %' AND account = ANY($1)`,
    [accounts],
  ) as Promise<{ id: string; account: string; instalments: string[] }[]>;
}
