import { Money } from '@isu/values';
import { groundTexts, price, rules } from './calculate.js';
import type { LineCode } from './owed.js';
import type { Situation } from './situation.js';
import { Trial, under } from './trial.js';
import type { TrialValue } from './trial.js';

/** Someone whose contributions are priced under both laws, and the profile they are counted in. */
export interface RehearsedPerson {
  readonly profile: string;
  readonly situation: Situation;
}

/** Who gains and who loses in a profile; an increase is what the new law asks more. */
export interface ProfileEffect {
  readonly profile: string;
  readonly persons: number;
  readonly owingMore: number;
  readonly owingLess: number;
  readonly before: Money;
  readonly after: Money;
  readonly highestIncrease: Money;
  readonly highestDecrease: Money;
  readonly byLine: Readonly<Partial<Record<LineCode, Money>>>;
}

export interface RehearsalReport {
  readonly profiles: readonly ProfileEffect[];
  readonly whole: ProfileEffect;
}

/**
 * Replays a population under values that are not in force, and says who gains and who loses. Memory holds the profiles, never the
 * persons: `add` them as they come, a million if need be, then ask for the `report`.
 */
export class Rehearsal {
  private readonly trial: Trial;
  private readonly effects = new Map<string, Effect>();
  private readonly whole = new Effect('');

  constructor(changes: readonly TrialValue[]) {
    this.trial = Trial.of(changes, [...new Set([...rules, ...groundTexts].flatMap(({ parameters }) => parameters))]);
  }

  add({ profile, situation }: RehearsedPerson): void {
    const before = price(situation);
    const after = under(this.trial, () => price(situation));
    const effect = this.effects.get(profile) ?? new Effect(profile);
    this.effects.set(profile, effect);
    for (const counted of [effect, this.whole]) counted.add(before, after);
  }

  report(): RehearsalReport {
    const profiles = [...this.effects.values()].map((effect) => effect.sum()).sort((a, b) => (a.profile < b.profile ? -1 : 1));
    return { profiles, whole: this.whole.sum() };
  }
}

/** The whole of it at once, over anything that can be gone through. */
export function rehearse(population: Iterable<RehearsedPerson>, changes: readonly TrialValue[]): RehearsalReport {
  const rehearsal = new Rehearsal(changes);
  for (const person of population) rehearsal.add(person);
  return rehearsal.report();
}

type Priced = ReturnType<typeof price>;

class Effect {
  private persons = 0;
  private owingMore = 0;
  private owingLess = 0;
  private before = Money.zero;
  private after = Money.zero;
  private highestIncrease = Money.zero;
  private highestDecrease = Money.zero;
  private readonly byLine = new Map<LineCode, Money>();

  constructor(private readonly profile: string) {}

  add(before: Priced, after: Priced): void {
    const difference = after.total.minus(before.total);
    this.persons += 1;
    if (difference.isPositive) this.owingMore += 1;
    if (difference.isNegative) this.owingLess += 1;
    this.before = this.before.plus(before.total);
    this.after = this.after.plus(after.total);
    this.highestIncrease = Money.max(this.highestIncrease, difference);
    this.highestDecrease = Money.max(this.highestDecrease, difference.negated());
    for (const { code, amount } of after.lines) this.count(code, amount);
    for (const { code, amount } of before.lines) this.count(code, amount.negated());
  }

  sum(): ProfileEffect {
    const { profile, persons, owingMore, owingLess, before, after, highestIncrease, highestDecrease } = this;
    const byLine = Object.fromEntries([...this.byLine].filter(([, amount]) => !amount.isZero));
    return { profile, persons, owingMore, owingLess, before, after, highestIncrease, highestDecrease, byLine };
  }

  private count(code: LineCode, amount: Money): void {
    this.byLine.set(code, (this.byLine.get(code) ?? Money.zero).plus(amount));
  }
}
