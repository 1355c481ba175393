import { authorOf, isFact, type Fact, type Group } from '@isu/contracts';
import { parisDay } from '@isu/chassis';
import type { EntityManager } from 'typeorm';
import { outgoingFlows, type OutgoingAgreement } from './outgoing-catalogue.js';
import { findGroups, insertWaiting, insertWaitingOf, lockGroups, type WaitingLine } from './outgoing-line.table.js';

/** What is to be told waits from the moment we hear it, in the transaction in which we apply it. */
export async function noteToTell(tx: EntityManager, facts: readonly Fact[]): Promise<void> {
  const waiting: WaitingLine[] = [];
  for (const agreement of outgoingFlows) {
    const told = facts.filter(({ type }) => agreement.tells.some((one) => one === type));
    if (agreement.of !== undefined) waiting.push(...(await ofGroup(tx, agreement, { of: agreement.of, told, facts })));
    else waiting.push(...told.map((fact) => lineFor(agreement, fact)));
  }
  await insertWaiting(tx, waiting);
}

/**
 * A flow about one group: a fact is told if its account is of that group by then, and those from before once the account is. Both may be heard
 * at this moment, each by a hand that does not see the other's: they take the accounts one after the other.
 */
async function ofGroup(
  tx: EntityManager,
  agreement: OutgoingAgreement,
  { of, told, facts }: { of: Group; told: readonly Fact[]; facts: readonly Fact[] },
): Promise<WaitingLine[]> {
  const joined = facts.flatMap((fact) => (groupIn(fact) === of ? [fact.subject] : []));
  const touched = [...told.map(({ subject }) => subject), ...joined];
  if (touched.length === 0) return [];
  await lockGroups(tx, touched);
  if (joined.length > 0) await insertWaitingOf(tx, agreement, joined);
  const groups = await findGroups(tx, told.map(({ subject }) => subject)); // prettier-ignore
  return told.filter(({ subject }) => groups.get(subject) === of).map((fact) => lineFor(agreement, fact));
}

const groupIn = (fact: Fact): Group | undefined =>
  isFact(fact, 'affiliation.registered.v1') || isFact(fact, 'affiliation.status-changed.v1') ? fact.data.group : undefined;

const lineFor = ({ partner, flow }: OutgoingAgreement, fact: Fact): WaitingLine => {
  const { id, subject: account, seq, time } = fact;
  return { partner, flow, fact: id, author: authorOf(fact), account, seq, knownOn: parisDay(new Date(time)) };
};
