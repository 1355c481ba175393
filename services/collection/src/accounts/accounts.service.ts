import { draft, type Fact } from '@isu/contracts';
import type { FactStore } from '@isu/messaging';
import { clockOf, Day, type BusinessClock } from '@isu/values';
import type { EntityManager } from 'typeorm';
import { owesNothing } from '../assessments/assessment.js';
import type { Call, SchedulesService } from '../schedules/schedules.service.js';
import type { TurnoverCallsService } from '../turnovers/turnover-calls.service.js';
import { firstDayOfChange, isMicroEntrepreneur, type Account } from './account.js';
import { collaborationsOf, lockAccounts, saveAccounts, saveCollaborations } from './account.table.js';
import { isCommonIn, isMicroIn, statusOn } from './in-year.js';
import { collaborating, heard, type Collaboration, type Word } from './told.js';

/** Takes up what partners said of an account before it was open. */
export type TakeUp = (tx: EntityManager, facts: readonly Fact[]) => Promise<void>;

interface Parts {
  readonly facts: FactStore;
  readonly clock: BusinessClock;
  readonly schedules: SchedulesService;
  readonly turnoverCalls: TurnoverCallsService;
  readonly takeUp: TakeUp;
}

type Registered = Fact<'affiliation.registered.v1'>;
type ChangeType = Exclude<Word['type'], Registered['type']>;

/** Which contribution years a word may change, and from when another amount may be asked for. */
type Consequence<T extends ChangeType> = (
  account: Account,
  data: Fact<T>['data'],
) => Pick<Call, 'years' | 'civilYear' | 'from' | 'begins' | 'settles'> | null;

export class AccountsService {
  constructor(private readonly parts: Parts) {}

  /**
   * Opens the accounts of people just registered and calls their first contributions, where they can be known: flat in the first
   * two civil years of activity. Registered again, a person begins another period on the same account, and is called for it. What
   * partners said before the opening waits in the fact store, and is taken up now.
   */
  async open(tx: EntityManager, registered: readonly Registered[]): Promise<void> {
    const { facts, schedules, takeUp } = this.parts;
    const before = await lockAccounts(
      tx,
      registered.map(({ subject }) => subject),
    );
    const collaborations = await collaborationsOf(tx, registered.map(({ subject }) => subject)); // prettier-ignore
    const today = clockOf(tx, this.parts.clock).today();
    const heardOf = new Map<string, { fact: Registered; account: Account }>();
    for (const fact of registered) {
      const known = heardOf.get(fact.subject)?.account ?? before.get(fact.subject);
      heardOf.set(fact.subject, {
        fact,
        account: opened(fact, { before: known, collaborations: collaborations.get(fact.subject) ?? [], today }),
      });
    }
    const heardNow = [...heardOf.values()];
    await saveAccounts(
      tx,
      heardNow.map(({ account }) => account),
    );
    const fresh = heardNow.filter(({ account }) => !before.has(account.account));
    await facts.publish(
      tx,
      fresh.map(({ fact: { subject, id, correlation }, account: { openedOn } }) =>
        draft({
          ...{ stream: subject, type: 'collection.account-opened.v1', effectiveOn: openedOn.iso, cause: id, correlation },
          data: { openedOn: openedOn.iso },
        }),
      ),
    );
    const begun = heardNow.filter(({ account }) => !before.get(account.account)?.startedOn.equals(account.startedOn));
    await schedules.call(
      tx,
      begun.map(({ fact, account }) => ({
        account,
        cause: fact.id,
        correlation: fact.correlation,
        ...this.fromTheStart(tx, account),
        begins: true,
      })),
    );
    const waiting = await facts.factsOfStreams(
      tx,
      fresh.map(({ account }) => account.account),
    );
    await takeUp(tx, [...waiting.values()].flat());
  }

  /** The group or the regime is another from a day on: the years from that one are assessed again. */
  async changeStatus(tx: EntityManager, changed: readonly Fact<'affiliation.status-changed.v1'>[]): Promise<void> {
    await this.amend(tx, changed, (account, { from, regime }) => {
      const day = Day.of(from);
      const begins = regime === 'common' && statusOn(account, day.minusDays(1)).regime !== 'common';
      return { ...this.since(tx, account, day), begins };
    });
  }

  /**
   * The activity ended: what was to fall due afterwards is cancelled, the year of the end is called for its days alone, later years for
   * nothing; what is left is one payment. The last incomes, declared within ninety days, settle the rest as any declaration does.
   */
  async end(tx: EntityManager, ended: readonly Fact<'affiliation.ended.v1'>[]): Promise<void> {
    const yearsFrom = ({ on }: { on: string }): number[] => yearsBetween(Day.of(on).year, clockOf(tx, this.parts.clock).today().year);
    const accounts = await this.amend(tx, ended, (account, data) => {
      const on = Day.of(data.on);
      return isCommonIn(account, on.year) ? { years: yearsFrom(data), civilYear: on.year, from: on.plusDays(1), settles: true } : null;
    });
    // Learned late, it takes away what stood in the place of periods that were never awaited.
    for (const { id, subject, correlation, data } of ended) {
      const account = accounts.get(subject);
      for (const year of account ? yearsFrom(data) : [])
        if (account && isMicroIn(account, year)) await this.parts.turnoverCalls.call(tx, [account], { year, cause: id, correlation });
    }
  }

  /** Aid to business creators was granted or refused: the years since the start are assessed again, on incomes or on turnovers. */
  async decideAcre(tx: EntityManager, decided: readonly Fact<'affiliation.acre-decided.v1'>[]): Promise<void> {
    const accounts = await this.amend(tx, decided, (account, { from }) => this.since(tx, account, Day.of(from)));
    for (const { id, subject, correlation, data } of decided) {
      const account = accounts.get(subject);
      if (!account || !isMicroEntrepreneur(account)) continue;
      for (const year of yearsBetween(Day.of(data.from).year, clockOf(tx, this.parts.clock).today().year))
        await this.parts.turnoverCalls.call(tx, [account], { year, cause: id, correlation });
    }
  }

  /** A collaborating spouse enters, chooses or leaves: their lines are called on this account, or are called no more. */
  async linkSpouse(tx: EntityManager, linked: readonly Fact<'affiliation.spouse-linked.v1'>[]): Promise<void> {
    const heads = await this.amend(tx, linked, (account, { from }) => this.since(tx, account, Day.of(from)));
    for (const fact of linked) if (heads.has(fact.subject)) await this.noteCollaboration(tx, fact);
  }

  /** What is due for the spouse is called on the head's account: their own, opened for that or not open yet, is called for nothing. */
  private async noteCollaboration(tx: EntityManager, fact: Fact<'affiliation.spouse-linked.v1'>): Promise<void> {
    const { spouseAccount: spouse, from } = fact.data;
    const account = (await lockAccounts(tx, [spouse])).get(spouse);
    const collaborations = collaborating((await collaborationsOf(tx, [spouse])).get(spouse) ?? [], fact);
    await saveCollaborations(tx, spouse, collaborations);
    if (!account) return;
    const today = clockOf(tx, this.parts.clock).today();
    const called = { ...account, told: { ...account.told, collaborations } };
    // Who was at work on their own before goes on as they were.
    if (!owesNothing(called, today.year)) return;
    const trace = { account: called, cause: fact.id, correlation: fact.correlation };
    await this.parts.schedules.call(tx, [{ ...trace, ...this.since(tx, called, Day.of(from)), from: today, settles: true }]);
  }

  /** Direct debit was allowed, or is no more: what is to come says how it is paid. */
  async changeMandate(
    tx: EntityManager,
    said: readonly Fact<'affiliation.mandate-signed.v1' | 'affiliation.mandate-revoked.v1'>[],
  ): Promise<void> {
    await this.amend(tx, said, (account) => ({ ...this.since(tx, account, clockOf(tx, this.parts.clock).today()), years: [] }));
  }

  /** Words of one account in their order, and then one call of it for all of them; accounts not open yet have heard nothing. */
  private async amend<T extends ChangeType>(
    tx: EntityManager,
    said: readonly Fact<T>[],
    consequence: Consequence<T>,
  ): Promise<Map<string, Account>> {
    const { clock, schedules } = this.parts;
    const accounts = await lockAccounts(
      tx,
      said.map(({ subject }) => subject),
    );
    const today = clockOf(tx, clock).today();
    const calls = new Map<string, Call>();
    for (const fact of said) {
      const before = accounts.get(fact.subject);
      if (!before) continue;
      const account = { ...before, ...heard(before, fact as Word, today) };
      accounts.set(fact.subject, account);
      const asked = consequence(account, fact.data);
      const trace = { account, cause: fact.id, correlation: fact.correlation };
      if (asked) calls.set(fact.subject, merged(calls.get(fact.subject), { ...trace, ...asked }));
    }
    await saveAccounts(tx, [...accounts.values()]);
    await schedules.call(tx, [...calls.values()]);
    return accounts;
  }

  private fromTheStart(tx: EntityManager, account: Account) {
    const today = clockOf(tx, this.parts.clock).today();
    return { years: [today.year], civilYear: today.year, from: firstDayOfChange(account, today) };
  }

  /** A word that takes effect on a day, past or to come: no other amount is asked for before it. */
  private since(tx: EntityManager, account: Account, from: Day): Pick<Call, 'years' | 'civilYear' | 'from'> {
    const today = clockOf(tx, this.parts.clock).today();
    const start = Day.max(firstDayOfChange(account, today), from);
    return { years: yearsBetween(from.year, today.year), civilYear: today.year, from: start };
  }
}

interface BeforeOpening {
  readonly before: Account | undefined;
  readonly collaborations: readonly Collaboration[];
  readonly today: Day;
}

function opened(fact: Registered, { before, collaborations, today }: BeforeOpening): Account {
  const insured = heard(before, fact, today);
  if (!insured) throw new Error('A registration is always heard.');
  const kept = before ?? { openedOn: today, periodicity: 'monthly-5' as const, dayChangedIn: null };
  const told = collaborations.length > 0 ? { ...insured.told, collaborations } : insured.told;
  return { ...kept, account: fact.subject, ...insured, told };
}

/** Two words about one account are one call, of all their years, from the first of their days. */
function merged(before: Call | undefined, call: Call): Call {
  if (!before) return call;
  const years = [...new Set([...before.years, ...call.years])];
  const from = Day.min(before.from, call.from);
  return {
    ...call,
    years,
    from,
    civilYear: Math.min(before.civilYear, call.civilYear),
    settles: (before.settles || call.settles) ?? false,
  };
}

const yearsBetween = (first: number, last: number): number[] =>
  Array.from({ length: Math.max(0, last - first + 1) }, (_, rank) => first + rank);
