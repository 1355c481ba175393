import { draft, type FactDraft } from '@isu/contracts';
import { accounts as chart, type Ledger, type Posting, type Transaction } from '@isu/ledger';
import { together } from '@isu/messaging';
import { clockOf, type BusinessClock } from '@isu/values';
import type { EntityManager } from 'typeorm';
import type { Account } from '../accounts/account.js';
import { surchargesApplied } from '../estimates/under-estimate.table.js';
import type { Income } from '../incomes/income.js';
import { knownIncomes } from '../incomes/income.table.js';
import { KnownIncomes } from '../incomes/known-incomes.js';
import { inYear, isMixed } from '../accounts/in-year.js';
import { turnoverLinesOf } from '../turnovers/turnover-lines.js';
import { annul, assess, basisOf, differences, owesNothing, type Assessment, type DecidedAssessment } from './assessment.js';
import { assessmentsInForce, insertAssessments } from './assessment.table.js';

/** Why an account is looked at again: what its new facts will name. */
export interface Occasion {
  readonly account: Account;
  readonly cause: string | null;
  readonly correlation: string | undefined;
  /** Contribution years to look at, beside the years to come that have been called already. */
  readonly years: readonly number[];
  /** What is recorded of the account's incomes, where the caller has read it under the same lock; absent, it is read. */
  readonly known?: KnownIncomes;
  /** An income that nobody has recorded: for who looks ahead. */
  readonly supposing?: Income;
}

/** What an occasion changes: the years that are assessed anew, beside those that stand. */
export interface Decision {
  readonly occasion: Occasion;
  readonly before: ReadonlyMap<number, Assessment>;
  readonly fresh: readonly DecidedAssessment[];
  /** Contribution years that rest on an estimate once it is carried out: what was paid beyond it waits for the real income. */
  readonly estimated: ReadonlySet<number>;
}

/** Everything that is owed once a decision is carried out, by contribution year. */
export const standingAfter = ({ before, fresh }: Pick<Decision, 'before' | 'fresh'>): ReadonlyMap<number, DecidedAssessment> =>
  new Map([...before, ...fresh.map((assessment): [number, DecidedAssessment] => [assessment.year, assessment])]);

/** Assesses again what an occasion may have changed. The accounts are locked by the caller; any number of them, in sets. */
export class AssessmentsService {
  constructor(
    private readonly ledger: Ledger,
    private readonly clock: BusinessClock,
  ) {}

  /** What the occasions change. Nothing is written. */
  async decide(tx: Pick<EntityManager, 'query'>, occasions: readonly Occasion[]): Promise<Decision[]> {
    const numbers = occasions.map(({ account }) => account.account);
    const unread = occasions.flatMap(({ account, known }) => (known ? [] : [account.account]));
    const [incomes, inForce, surcharges, turnovers] = await together(
      unread.length > 0 ? knownIncomes(tx, unread) : Promise.resolve(new Map<string, KnownIncomes>()),
      assessmentsInForce(tx, numbers),
      surchargesApplied(tx, numbers),
      turnoverLinesOf(tx, mixedYears(occasions)),
    );
    const currentYear = clockOf(tx, this.clock).today().year;
    return occasions.map((occasion) => {
      const { account, supposing } = occasion;
      const before = inForce.get(account.account) ?? new Map<number, Assessment>();
      const recorded = occasion.known ?? incomes.get(account.account) ?? KnownIncomes.none;
      const known = supposing ? recorded.with(supposing) : recorded;
      const years = new Set([...occasion.years, ...[...before.keys()].filter((year) => year > currentYear)]);
      const fresh = [...years].sort().flatMap((year): DecidedAssessment[] => {
        const inForce = before.get(year);
        if (owesNothing(account, year)) return asList(inForce && annul(account, inForce));
        // What was called of a year that an end has shortened is shortened too, even when that is learned after the year.
        const isShortened = inForce !== undefined && inYear(account, year).endedOn?.year === year;
        const basis = basisOf(account, known, { year, currentYear: isShortened ? Math.min(year, currentYear) : currentYear });
        const beside = {
          underEstimate: surcharges.get(account.account)?.get(year) ?? null,
          turnovers: turnovers.get(`${account.account} ${year}`) ?? [],
        };
        return asList(basis && assess(account, year, { basis, inForce, beside }));
      });
      return { occasion, before, fresh, estimated: yearsEstimated(standingAfter({ before, fresh }), known) };
    });
  }

  /** Books and keeps what was decided; gives by account what remains to be said to the world, with the schedule that follows. */
  async carryOut(tx: EntityManager, decisions: readonly Decision[]): Promise<Map<string, FactDraft[]>> {
    const today = clockOf(tx, this.clock).today().iso;
    const accountingDays = await this.book(
      tx,
      decisions.flatMap(({ fresh, before }) =>
        fresh.map((assessment) => bookingOf(assessment, before.get(assessment.year), clockOf(tx, this.clock))),
      ),
    );
    const booked = decisions.map(({ occasion, fresh }) => ({
      occasion,
      assessments: fresh.map((each): Assessment => ({ ...each, accountingDay: accountingDays.get(keyOf(each)) ?? today })),
    }));
    await insertAssessments(
      tx,
      booked.flatMap(({ assessments }) => assessments),
    );
    return new Map(
      booked.map(({ occasion, assessments }) => [occasion.account.account, assessments.map((each) => assessed(occasion, each, today))]),
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

const yearsEstimated = (standing: ReadonlyMap<number, DecidedAssessment>, known: KnownIncomes): Set<number> =>
  new Set(
    [...standing.values()]
      .filter(({ year, incomeFact }) => incomeFact !== null && known.last('estimated', year)?.fact === incomeFact)
      .map(({ year }) => year),
  );

/** Nearly nobody passes from one scheme to the other: nothing is asked for the others. */
const mixedYears = (occasions: readonly Occasion[]): { account: Account; year: number }[] =>
  occasions
    .filter(({ account }) => account.told.statuses.length > 0)
    .flatMap(({ account, years }) =>
      [...new Set([...years, ...account.told.statuses.map(({ from }) => from.year)])].map((year) => ({ account, year })),
    )
    .filter(({ account, year }) => isMixed(account, year));

const asList = (assessment: DecidedAssessment | null | undefined): DecidedAssessment[] => (assessment ? [assessment] : []);

const keyOf = ({ account, year, version }: DecidedAssessment): string => `assessment/${account}/${year}/${version}`;

/** Only the difference with the version before is called: up, the person owes more; down, less. */
function bookingOf(assessment: DecidedAssessment, before: Assessment | undefined, clock: BusinessClock): Transaction {
  const postings = differences(before?.lines ?? [], assessment.lines).map(({ code, amount }): Posting => {
    const [income, debt] = [chart.contributions(assessment.year, code), chart.receivable(assessment.year, code)];
    return amount.isPositive ? { from: income, to: debt, amount } : { from: debt, to: income, amount: amount.negated() };
  });
  return { holder: assessment.account, key: keyOf(assessment), reason: 'assessment', effectiveOn: clock.today(), postings };
}

function assessed({ cause, correlation }: Occasion, assessment: Assessment, today: string): FactDraft {
  const { account, year, stage, version, lines, incomeFact, rules, accountingDay } = assessment;
  return draft({
    ...{ stream: account, type: 'collection.assessed.v1', effectiveOn: today, cause, correlation },
    data: { accountingDay, ...(incomeFact === null ? {} : { incomeFact }), lines: [...lines], rules, stage, version, year },
  });
}
