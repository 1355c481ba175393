import { isFact, type Fact, type FactData, type ReturnOutcome } from '@isu/contracts';
import { Day } from '@isu/values';
import { returnReasonOf } from '../returns/return-reason.js';

/** A debit that came back, as a due date that it asked for sees it. */
export interface ReturnedDebit {
  readonly endToEnd: string;
  readonly outcome: ReturnOutcome;
  readonly isOurFault: boolean;
  /** When the same is debited again. */
  readonly againOn: Day | null;
}

/** The debits of a due date. */
export interface DebitHistory {
  /** The day on which the first was to be collected: after the due date, where we presented it late. */
  readonly firstCollectedOn: Day | null;
  /** Those that came back, in the order in which it was said. */
  readonly returns: readonly ReturnedDebit[];
}

export function debitHistories(facts: readonly Fact[]): Map<string, DebitHistory> {
  const known = new Map<string, DebitHistory>();
  const of = (instalment: string): DebitHistory => known.get(instalment) ?? { firstCollectedOn: null, returns: [] };
  for (const fact of facts) {
    if (isFact(fact, 'collection.debit-presented.v1')) {
      const collectOn = Day.of(fact.data.collectOn);
      for (const { instalment } of fact.data.instalments) {
        const before = of(instalment);
        known.set(instalment, { ...before, firstCollectedOn: before.firstCollectedOn ?? collectOn });
      }
    } else if (isFact(fact, 'collection.debit-returned.v1')) {
      const { isOurFault } = returnReasonOf(fact.data.reason, Day.of(fact.effectiveon));
      const returned = returnedBy(fact.data, isOurFault);
      for (const { instalment } of fact.data.instalments)
        known.set(instalment, { ...of(instalment), returns: [...of(instalment).returns, returned] });
    } else if (isFact(fact, 'collection.debit-examined.v1')) {
      // In the place of what its return had said: what is presented again after all was no fault of the person.
      const found = returnedBy(fact.data, fact.data.outcome === 'presented-again');
      for (const { instalment } of fact.data.instalments) {
        const returns = of(instalment).returns.map((each) => (each.endToEnd === found.endToEnd ? found : each));
        known.set(instalment, { ...of(instalment), returns });
      }
    }
  }
  return known;
}

const returnedBy = (
  { endToEnd, outcome, againOn }: Pick<FactData<'collection.debit-returned.v1'>, 'endToEnd' | 'outcome' | 'againOn'>,
  isOurFault: boolean,
): ReturnedDebit => ({ endToEnd, outcome, isOurFault, againOn: againOn === undefined ? null : Day.of(againOn) });

/** A bank said that the person has died: nothing is notified any more. */
export const isFrozen = (facts: readonly Fact[]): boolean =>
  facts.some((fact) => isFact(fact, 'collection.debit-returned.v1') && fact.data.outcome === 'account-frozen');
