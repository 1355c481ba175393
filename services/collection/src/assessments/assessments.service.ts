import { draft, type FactDraft } from '@isu/contracts';
import { accounts as chart, type Ledger, type Posting, type Transaction } from '@isu/ledger';
import type { BusinessClock } from '@isu/values';
import type { EntityManager } from 'typeorm';
import type { Account } from '../accounts/account.js';
import { declaredIncomes } from '../incomes/income.table.js';
import { assess, basisOf, differences, type Assessment, type DecidedAssessment } from './assessment.js';
import { assessmentsInForce, insertAssessments } from './assessment.table.js';

/** Why an account is looked at again: what its new facts will name. */
export interface Occasion {
  readonly account: Account;
  readonly cause: string | null;
  readonly correlation: string | undefined;
  /** Contribution years to look at, beside the years to come that have been called already. */
  readonly years: readonly number[];
}

/** What an occasion changed: the years assessed anew, and everything that is now owed. */
export interface Assessed {
  readonly changed: ReadonlySet<number>;
  readonly inForce: ReadonlyMap<number, Assessment>;
  /** What remains to be said to the world, with the schedule that follows. */
  readonly drafts: readonly FactDraft[];
}

/** Assesses again what an occasion may have changed. The accounts are locked by the caller; any number of them, in sets. */
export class AssessmentsService {
  constructor(
    private readonly ledger: Ledger,
    private readonly clock: BusinessClock,
  ) {}

  async assess(tx: EntityManager, occasions: readonly Occasion[]): Promise<Map<string, Assessed>> {
    const numbers = occasions.map(({ account }) => account.account);
    const [incomes, before] = [await declaredIncomes(tx, numbers), await assessmentsInForce(tx, numbers)];
    const currentYear = this.clock.today().year;
    const decided = occasions.map((occasion) => {
      const { account } = occasion;
      const inForce = before.get(account.account) ?? new Map<number, Assessment>();
      const years = new Set([...occasion.years, ...[...inForce.keys()].filter((year) => year > currentYear)]);
      const fresh = [...years].sort().flatMap((year): DecidedAssessment[] => {
        const basis = basisOf(account, incomes.get(account.account) ?? new Map(), { year, currentYear });
        const assessment = basis && assess(account, year, { basis, inForce: inForce.get(year) });
        return assessment ? [assessment] : [];
      });
      return { occasion, inForce, fresh };
    });

    const accountingDays = await this.book(
      tx,
      decided.flatMap(({ fresh, inForce }) => fresh.map((assessment) => bookingOf(assessment, inForce.get(assessment.year), this.clock))),
    );
    const assessed = decided.map(({ occasion, inForce, fresh }) => {
      const booked = fresh.map((each) => ({ ...each, accountingDay: accountingDays.get(keyOf(each)) ?? this.clock.today().iso }));
      return { occasion, inForce, booked };
    });
    await insertAssessments(
      tx,
      assessed.flatMap(({ booked }) => booked),
    );
    return new Map(
      assessed.map(({ occasion, inForce, booked }) => [
        occasion.account.account,
        resultOf(occasion, { inForce, booked, today: this.clock.today().iso }),
      ]),
    );
  }

  /** By key, the accounting day that each booking fell on. A stage that changes without its amounts books nothing. */
  private async book(tx: EntityManager, bookings: readonly Transaction[]): Promise<Map<string, string>> {
    const booked = await this.ledger.post(
      tx,
      bookings.filter(({ postings }) => postings.length > 0),
    );
    return new Map(booked.map(({ key, accountingDay }) => [key, accountingDay]));
  }
}

const keyOf = ({ account, year, version }: DecidedAssessment): string => `assessment/${account}/${year}/${version}`;

/** Only the difference with the version before is called: up, the person owes more; down, less. */
function bookingOf(assessment: DecidedAssessment, before: Assessment | undefined, clock: BusinessClock): Transaction {
  const postings = differences(before?.lines ?? [], assessment.lines).map(({ code, amount }): Posting => {
    const [income, debt] = [chart.contributions(assessment.year, code), chart.receivable(assessment.year, code)];
    return amount.isPositive ? { from: income, to: debt, amount } : { from: debt, to: income, amount: amount.negated() };
  });
  return { holder: assessment.account, key: keyOf(assessment), reason: 'assessment', effectiveOn: clock.today(), postings };
}

function resultOf(
  { cause, correlation }: Occasion,
  { inForce, booked, today }: { inForce: ReadonlyMap<number, Assessment>; booked: readonly Assessment[]; today: string },
): Assessed {
  const drafts = booked.map(({ account, year, stage, version, lines, incomeFact, rules, accountingDay }) =>
    draft({
      ...{ stream: account, type: 'collection.assessed.v1', effectiveOn: today, cause, correlation },
      data: { year, stage, version, lines: [...lines], rules, accountingDay, ...(incomeFact === null ? {} : { incomeFact }) },
    }),
  );
  return {
    changed: new Set(booked.map(({ year }) => year)),
    inForce: new Map([...inForce, ...booked.map((assessment): [number, Assessment] => [assessment.year, assessment])]),
    drafts,
  };
}
