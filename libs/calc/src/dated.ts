import { Day } from '@isu/values';
import { PricingRefusal } from './refusal.js';
import { trialUnderWay } from './trial.js';

/** One value of a parameter, from its first day of validity to the eve of the next one. */
export interface Entry<T> {
  readonly from: string;
  readonly value: T;
  readonly source: string;
  /** What is not proved about this value, and the alternative. */
  readonly unsure?: string;
}

/** A value in force, with what a derivation must say about it. */
export interface Known<T> extends Entry<T> {
  readonly name: string;
  readonly label: string;
}

export interface Dated<T> {
  readonly name: string;
  /** French name, as a derivation prints it. */
  readonly label: string;
  readonly entries: readonly Known<T>[];
  /** The value in force on that day; refuses before the first date. */
  on(day: Day): Known<T>;
  /** Whether the rule exists on that day. */
  isKnownOn(day: Day): boolean;
}

/** A parameter of the law and its values, oldest first. */
export function dated<T>(name: string, label: string, entries: readonly Entry<T>[]): Dated<T> {
  const known = entries.map((entry): Known<T> => ({ ...entry, name, label }));
  assertInOrder(name, known);
  const firstDays = known.map(({ from }) => Day.of(from));
  return {
    name,
    label,
    entries: known,
    on(day) {
      for (let i = known.length - 1; i >= 0; i -= 1) {
        const [candidate, firstDay] = [known[i], firstDays[i]];
        if (candidate && firstDay?.atMost(day)) return trialUnderWay()?.valueOn(candidate, day) ?? candidate;
      }
      throw notInForce(label, known[0]?.from);
    },
    isKnownOn: (day) => firstDays[0]?.atMost(day) ?? false,
  };
}

/** A formula that changes on a day: same dates, same refusal, a rule instead of a number. */
export function versions<Rule>(name: string, label: string, entries: readonly { from: string; source: string; rule: Rule }[]): Dated<Rule> {
  return dated(
    name,
    label,
    entries.map(({ from, source, rule }) => ({ from, source, value: rule })),
  );
}

/** From some date on a parameter may say that there is no such rule any more. */
export function ruleOf<T>(known: Known<T | null>): Known<T> | null {
  return known.value === null ? null : { ...known, value: known.value };
}

function assertInOrder(name: string, entries: readonly { from: string }[]): void {
  entries.forEach((entry, i) => {
    const next = entries[i + 1];
    if (next && next.from <= entry.from) throw new Error(`The values of ${name} are not in the order of their dates.`);
  });
}

function notInForce(label: string, first: string | undefined): PricingRefusal {
  return new PricingRefusal('not-in-force', {
    field: 'year',
    detail: `La règle « ${label} » n’existait pas à cette date.`,
    accepted: `une date à partir du ${first ?? '?'}`,
  });
}
