import type { Fact } from '@isu/contracts';
import { Day, Money } from '@isu/values';
import type { EntityManager } from 'typeorm';
import { settledByFacts, type AnomalyBook } from '../anomalies/anomaly-book.js';

type Returned = Fact<'collection.debit-returned.v1'>;
type Examined = Fact<'collection.debit-examined.v1'>;
type Posted = Fact<'collection.payment-posted.v1'>;

/** An open anomaly about a debit. */
interface OpenDebit {
  readonly id: string;
  readonly account: string;
  readonly subject: string;
}

const subjectOf = ({ data: { endToEnd } }: Returned | Examined): string => `debit ${endToEnd}`;

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
          ...{ account: fact.subject, type: 'other-rules' as const, origin: 'told' as const },
          ...{ subject: subjectOf(fact), cause: causeOf(fact) },
          details: { ...fact.data, instalments: fact.data.instalments.map(({ instalment }) => instalment), seq: fact.seq },
        }));
      await this.book.open(tx, found, correlation);
    }
  }

  /** An agent has looked, and what follows was done: there is nothing left to look at. */
  async examined(tx: EntityManager, facts: readonly Examined[]): Promise<void> {
    const open = await findOpenOf(tx, facts.map((fact) => ({ account: fact.subject, subject: subjectOf(fact) }))); // prettier-ignore
    const examined = ({ account, subject }: OpenDebit) => facts.find((fact) => fact.subject === account && subjectOf(fact) === subject);
    await this.book.close(tx, settledByFacts(open, examined, 'Réglé par un agent, qui a examiné le prélèvement'));
  }

  /** The same due dates were debited again, and the money of a debit has come, whatever it paid: they may have been paid otherwise meanwhile. */
  async paid(tx: EntityManager, facts: readonly Posted[]): Promise<void> {
    const debits = facts.filter(({ data: { means } }) => means === 'direct-debit');
    if (debits.length === 0) return;
    const accounts = debits.map(({ subject }) => subject);
    const debited = ({ account }: OpenDebit) => debits.find(({ subject }) => subject === account);
    await this.book.close(tx, settledByFacts(await findPresentedAgain(tx, accounts), debited, 'Réglé par constat : les mêmes échéances ont été prélevées')); // prettier-ignore
  }
}

function causeOf({ data: { amount, reason, outcome, againOn } }: Returned): string {
  const back = `Un prélèvement de ${Money.of(amount).print()} est revenu, motif ${reason}`;
  if (outcome === 'to-examine' || againOn === undefined) return `${back} : inconnu, ou faute répétée entre banques ; à examiner`;
  return `${back}, une faute entre banques : présenté de nouveau le ${Day.of(againOn).print()}`;
}

/** Open ones of these accounts of which a due date was presented again since. */
async function findPresentedAgain(tx: EntityManager, accounts: readonly string[]): Promise<OpenDebit[]> {
  return tx.query(
    `SELECT a.id, a.account, a.subject FROM anomaly a
      WHERE a.closed_at IS NULL AND a.origin = 'told' AND a.subject LIKE 'debit %' AND a.account = ANY($1) AND EXISTS (
        SELECT FROM fact f CROSS JOIN json_array_elements(f.envelope -> 'data' -> 'instalments') i
         WHERE f.author = 'collection' AND f.stream = a.account AND f.seq > (a.details ->> 'seq')::bigint
           AND f.type = 'collection.debit-presented.v1' AND a.details -> 'instalments' ? (i ->> 'instalment'))`,
    [accounts],
  ) as Promise<OpenDebit[]>;
}

async function findOpenOf(
  tx: EntityManager,
  debits: readonly { readonly account: string; readonly subject: string }[],
): Promise<OpenDebit[]> {
  return tx.query(
    `SELECT a.id, a.account, a.subject FROM anomaly a JOIN json_to_recordset($1) AS d (account text, subject text) USING (account, subject)
      WHERE a.closed_at IS NULL AND a.origin = 'told'`,
    [JSON.stringify(debits)],
  ) as Promise<OpenDebit[]>;
}
