import { authorOf, type Fact } from '@isu/contracts';
import { parisDay } from '@isu/chassis';
import type { EntityManager } from 'typeorm';
import { flowTelling } from './outgoing-catalogue.js';
import { insertWaiting } from './outgoing-line.table.js';

/** What is to be told waits from the moment we hear it, in the transaction in which we apply it. */
export async function noteToTell(tx: EntityManager, facts: readonly Fact[]): Promise<void> {
  await insertWaiting(
    tx,
    facts.flatMap((fact) => {
      const where = flowTelling.get(fact.type);
      const { id, subject: account, seq, time } = fact;
      return where ? [{ ...where, fact: id, author: authorOf(fact), account, seq, knownOn: parisDay(new Date(time)) }] : [];
    }),
  );
}
