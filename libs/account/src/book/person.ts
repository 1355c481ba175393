import { isFact, type FactData, type Group, type Regime } from '@isu/contracts';
import type { TakenFacts } from '../taken-facts.js';

/** Who is insured, as far as money and rights need it: no name, no NIR, no IBAN. */
export interface Person {
  readonly group: Group;
  readonly regime: Regime;
  readonly startedOn: string;
  readonly fund: string;
  readonly birthYear: number | null;
  readonly endedOn: string | null;
  readonly bankDetailsVersion: number | null;
}

/** What affiliation said last; null until it has said `registered`, which starts the person afresh. */
export function personOf(taken: TakenFacts): Person | null {
  let person = null as Person | null;
  for (const fact of taken.ofAuthor('affiliation')) {
    if (isFact(fact, 'affiliation.registered.v1')) person = registered(fact.data);
    else if (person === null) continue;
    else if (isFact(fact, 'affiliation.status-changed.v1')) person = { ...person, group: fact.data.group, regime: fact.data.regime };
    else if (isFact(fact, 'affiliation.ended.v1')) person = { ...person, endedOn: fact.data.on };
    else if (isFact(fact, 'affiliation.bank-details-changed.v1')) person = { ...person, bankDetailsVersion: fact.data.version };
  }
  return person;
}

const registered = (data: FactData<'affiliation.registered.v1'>): Person => ({
  group: data.group,
  regime: data.regime,
  startedOn: data.startedOn,
  fund: data.fund,
  birthYear: data.birthYear ?? null,
  endedOn: null,
  bankDetailsVersion: null,
});
