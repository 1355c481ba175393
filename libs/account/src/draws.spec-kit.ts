import { Money } from '@isu/values';
import type { Fact } from '@isu/contracts';
import type { Random } from './fact-pen.spec-kit.js';

/** What a random history draws: chances, picks, amounts, days. */
export abstract class Draws {
  protected constructor(private readonly random: Random) {}

  protected amount(fromEuros: number, toEuros: number): Money {
    const euros = this.int(fromEuros, toEuros);
    return this.chance(0.6) ? Money.euros(euros) : Money.cents(euros * 100 + this.int(0, 99));
  }

  protected day = (year: number): string => `${String(year)}-${twoDigits(this.int(1, 12))}-${twoDigits(this.int(1, 28))}`;
  protected int = (from: number, to: number): number => from + Math.floor(this.random() * (to - from + 1));
  protected chance = (probability: number): boolean => this.random() < probability;
  protected some = <T>(list: readonly T[], probability: number): T[] => list.filter(() => this.chance(probability));
  protected pick<T>(list: readonly T[]): T {
    return list[Math.floor(this.random() * list.length)] as T;
  }
}

export const twoDigits = (number: number): string => String(number).padStart(2, '0');

/** The facts as a reader may hold them: some lost, some twice, in any order of the authors and of their numbers. */
export function disturbed(facts: readonly Fact[], random: Random, { lost = 0, doubled = 0.2 } = {}): Fact[] {
  const kept = facts.filter(() => random() >= lost);
  return shuffled([...kept, ...kept.filter(() => random() < doubled)], random);
}

export function shuffled<T>(list: readonly T[], random: Random): T[] {
  return list
    .map((entry) => ({ entry, place: random() }))
    .sort((a, b) => a.place - b.place)
    .map(({ entry }) => entry);
}
