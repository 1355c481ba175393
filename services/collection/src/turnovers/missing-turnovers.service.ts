import type { Activity } from '@isu/calc';
import type { OutgoingMessages } from '@isu/chassis';
import { clockOf, Day, nextWorkingDay, type BusinessClock } from '@isu/values';
import type { EntityManager } from 'typeorm';
import type { Account } from '../accounts/account.js';
import { asMicroIn } from '../accounts/in-year.js';
import { lockNextToRemind, type DuePeriod, type WalkFrom } from '../accounts/account.table.js';
import type { TurnoverCallsService } from './turnover-calls.service.js';
import { missingNotice, reminderKind, turnoverReminder } from './turnover-letters.js';
import { periodsOf, rhythms, type Period, type Rhythm } from './period.js';
import { choiceOf, missingOf, type MissingTurnover } from './turnover.js';
import { choicesOf, insertMissing, missingTurnovers, turnoversInForce } from './turnover.table.js';

interface Parts {
  readonly clock: BusinessClock;
  readonly calls: TurnoverCallsService;
  readonly messages: OutgoingMessages;
}

interface Awaited {
  /** As it is, whatever schemes the year has seen. */
  readonly account: Account;
  readonly rhythm: Rhythm;
  /** The periods of the year that nobody has declared. */
  readonly periods: readonly Period[];
  /** The last activity declared, or what the group does. */
  readonly activity: Activity;
}

/** How long before its day a period is reminded of. */
const reminderDays = 15;
const activityOfGroup = { commercant: 'vente', artisan: 'services-artisanaux', 'profession-liberale': 'bnc' } as const;

/** What micro-entrepreneurs have not declared: reminded of before its day, and replaced after the year's last one. Of locked accounts, in sets. */
export class MissingTurnoversService {
  constructor(private readonly parts: Parts) {}

  /** The next accounts to remind, locked: on most days of a year there is nobody. */
  async toRemind(tx: EntityManager, from: WalkFrom, year: number): Promise<Account[]> {
    const longAgo = Day.at(year - 2, 1, 1);
    const today = clockOf(tx, this.parts.clock).today();
    const due = rhythms.flatMap((rhythm) =>
      periodsOf(year, rhythm, longAgo)
        .filter((period) => isDueSoon(period, today))
        .map((period): DuePeriod => ({ rhythm, period: period.id, reminder: reminderKind(period) })),
    );
    return lockNextToRemind(tx, from, due);
  }

  /** Reminds once of each period that is due in the next fifteen days. */
  async remind(
    tx: EntityManager,
    accounts: readonly Account[],
    { year, correlation }: { year: number; correlation: string },
  ): Promise<number> {
    const { clock, messages } = this.parts;
    const today = clockOf(tx, clock).today();
    const soon = (await this.awaited(tx, accounts, year)).flatMap(({ account, periods }) =>
      periods.filter((period) => isDueSoon(period, today)).map((period) => ({ account, period })),
    );
    const told = await this.alreadyTold(tx, soon);
    const fresh = soon.filter(({ account, period }) => !told.has(`${account.account} ${reminderKind(period)}`));
    await messages.write(
      tx,
      fresh.map(({ account, period }) => turnoverReminder(account, period, { writtenOn: today, correlation })),
    );
    return fresh.length;
  }

  /** Puts penalties and provisional contributions in the place of what was not declared by the year's last due date, once a period. */
  async replace(
    tx: EntityManager,
    accounts: readonly Account[],
    { year, correlation }: { year: number; correlation: string },
  ): Promise<number> {
    const { clock, calls, messages } = this.parts;
    const today = clockOf(tx, clock).today();
    const numbers = accounts.map(({ account }) => account);
    const decided = await missingTurnovers(tx, numbers, year);
    const fresh = (await this.awaited(tx, accounts, year)).flatMap(({ account, rhythm, periods, activity }) => {
      const known = new Set((decided.get(account.account) ?? []).map(({ period }) => period));
      const missing = missingOf(account.account, periods, { activity, rhythm, decidedOn: today }).filter(
        ({ period }) => !known.has(period),
      );
      return missing.length > 0 ? [{ account, missing }] : [];
    });
    await insertMissing(
      tx,
      fresh.flatMap(({ missing }) => missing.map((each): MissingTurnover & { year: number } => ({ ...each, year }))),
    );
    await calls.call(
      tx,
      fresh.map(({ account }) => account),
      { year, cause: null, correlation },
    );
    await messages.write(
      tx,
      fresh.map(({ account, missing }) => missingNotice(account, missing, { writtenOn: today, correlation })),
    );
    return fresh.length;
  }

  private async awaited(tx: EntityManager, accounts: readonly Account[], year: number): Promise<Awaited[]> {
    const micro = accounts.flatMap((account) => {
      const under = asMicroIn(account, year);
      return under ? [{ account, under }] : [];
    });
    const numbers = micro.map(({ account: { account } }) => account);
    const [turnovers, choices] = [await turnoversInForce(tx, numbers, year), await choicesOf(tx, numbers)];
    return micro.map(({ account, under }) => {
      const { rhythm } = choiceOf(choices.get(account.account) ?? [], year);
      const declared = turnovers.get(account.account) ?? [];
      const isDeclared = new Set(declared.map(({ period }) => period));
      const periods = periodsOf(year, rhythm, under.startedOn).filter(
        ({ id, from }) => !isDeclared.has(id) && (under.endedOn === null || from.atMost(under.endedOn)),
      );
      return { account, rhythm, periods, activity: declared.at(-1)?.activity ?? activityOfGroup[under.group] };
    });
  }

  private async alreadyTold(tx: EntityManager, soon: readonly { account: Account; period: Period }[]): Promise<Set<string>> {
    const rows: { account: string; kind: string }[] = await tx.query(
      `SELECT m.account, m.kind FROM unnest($1::text[], $2::text[]) AS n (account, kind)
       JOIN outgoing_message m ON (m.account, m.kind) = (n.account, n.kind)`,
      [soon.map(({ account }) => account.account), soon.map(({ period }) => reminderKind(period))],
    );
    return new Set(rows.map(({ account, kind }) => `${account} ${kind}`));
  }
}

/** The last day on which a period of the year is declared in time: from the next on, what is missing is replaced. */
export const lastDueDate = (year: number): Day => nextWorkingDay(Day.of(`${year + 1}-01-31`));

/** Over, and to be declared in the next fifteen days. */
const isDueSoon = ({ to, dueOn }: Period, today: Day): boolean =>
  to.isBefore(today) && dueOn.atLeast(today) && dueOn.atMost(today.plusDays(reminderDays));
