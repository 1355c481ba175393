// Sortie du régime micro-social quand le chiffre d’affaires passe les seuils. CSS, art. L. 133-6-8 ; CGI, art. 50-0 et 102 ter.
import { Day, Money } from '@isu/values';
import { inForce } from '../derivation.js';
import type { ParameterInForce } from '../derivation.js';
import { toleranceCeilings, turnoverCeilings } from '../law/micro-ceilings.js';
import type { Text } from '../owed.js';
import type { Activity } from '../situation.js';

export const microExitText: Text = {
  id: 'micro-exit',
  title: 'Sortie du régime micro-social',
  law: 'CSS, art. L. 133-6-8 ; CGI, art. 50-0 et 102 ter',
  parameters: [...new Set([...Object.values(turnoverCeilings), ...Object.values(toleranceCeilings)])],
  unsure: [
    'Passé le seuil de tolérance, la sortie date du premier jour du mois, ou du trimestre déclaré, du dépassement : par défaut.',
    'La première année, le seuil sans tolérance vaut sans réduction au nombre de jours, par défaut.',
  ],
};

export interface DeclaredPeriod {
  /** The first day of the period. */
  readonly begins: Day;
  readonly activity: Activity;
  readonly amount: Money;
}

export interface MicroExit {
  /** `exit`: out from `on`. `tolerated`: in that year and the next, out from `on` unless the turnover comes down. */
  readonly kind: 'exit' | 'tolerated';
  readonly on: Day;
  readonly turnover: Money;
  readonly passed: Money;
  readonly parameters: readonly ParameterInForce[];
}

/**
 * Whether the periods of a year, in their order, pass a ceiling: the one of sales or the one of services. Between the ceiling and the
 * tolerance the regime is kept that year and the next; there is no tolerance in the first year of activity. Null while none is passed.
 */
export function microExit(periods: readonly DeclaredPeriod[], { isFirstYear }: { isFirstYear: boolean }): MicroExit | null {
  const [first] = periods;
  if (!first) return null;
  const found = new Map<string, MicroExit>();
  const sums = new Map<string, Money>();
  for (const { begins, activity, amount } of periods) {
    // Of years whose tolerance was not read nothing is said: nobody leaves the regime for want of it.
    if (!toleranceCeilings[activity].isKnownOn(begins)) continue;
    const [ceiling, tolerance] = [turnoverCeilings[activity].on(begins), toleranceCeilings[activity].on(begins)];
    const kept = (sums.get(ceiling.name) ?? Money.zero).plus(amount);
    sums.set(ceiling.name, kept);
    const parameters = [ceiling, tolerance].map(inForce);
    const limit = isFirstYear ? ceiling.value : tolerance.value;
    const before = found.get(ceiling.name);
    if (limit && !kept.atMost(limit)) {
      const on = before?.kind === 'exit' ? before.on : begins;
      found.set(ceiling.name, { kind: 'exit', on, turnover: kept, passed: limit, parameters });
    } else if (!kept.atMost(ceiling.value)) {
      found.set(ceiling.name, { kind: 'tolerated', on: Day.at(begins.year + 2, 1, 1), turnover: kept, passed: ceiling.value, parameters });
    }
  }
  return [...found.values()].sort((a, b) => a.on.compare(b.on))[0] ?? null;
}
