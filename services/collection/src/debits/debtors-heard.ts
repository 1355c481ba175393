import { isFact, type Fact } from '@isu/contracts';
import type { EntityManager } from 'typeorm';
import { rememberHeard } from './debtor.table.js';

type Word = Fact<'affiliation.bank-details-changed.v1' | 'affiliation.mandate-signed.v1'>;

/** What affiliation says of bank details and mandates: the next debit uses them, and is the first of its kind. */
export async function hearOfDebtors(tx: EntityManager, said: readonly Word[]): Promise<void> {
  await rememberHeard(
    tx,
    said.map((fact) => ({
      account: fact.subject,
      ...(isFact(fact, 'affiliation.mandate-signed.v1') ? { rum: fact.data.rum } : {}),
      ...(isFact(fact, 'affiliation.bank-details-changed.v1') ? { version: fact.data.version } : {}),
    })),
  );
}
