import { draft, type Fact } from '@isu/contracts';
import type { FactStore } from '@isu/messaging';
import { Day, type BusinessClock } from '@isu/values';
import type { EntityManager } from 'typeorm';
import type { SchedulesService } from '../schedules/schedules.service.js';
import { firstDayOfChange, type Account } from './account.js';
import { lockAccounts, saveAccounts } from './account.table.js';

/** Takes up what partners said of an account before it was open. */
export type TakeUp = (tx: EntityManager, facts: readonly Fact[]) => Promise<void>;

interface Parts {
  readonly facts: FactStore;
  readonly clock: BusinessClock;
  readonly schedules: SchedulesService;
  readonly takeUp: TakeUp;
}

export class AccountsService {
  constructor(private readonly parts: Parts) {}

  /**
   * Opens the accounts of people just registered and calls their first contributions, where they can be known: flat in the first
   * two civil years of activity. What partners said of them before waits in the fact store, and is taken up now.
   */
  async open(tx: EntityManager, registered: readonly Fact<'affiliation.registered.v1'>[]): Promise<void> {
    const { facts, clock, schedules, takeUp } = this.parts;
    const today = clock.today();
    const before = await lockAccounts(
      tx,
      registered.map(({ subject }) => subject),
    );
    const latest = new Map(registered.map((fact) => [fact.subject, fact]));
    const fresh = [...latest.values()].filter(({ subject }) => !before.has(subject));
    await saveAccounts(
      tx,
      [...latest.values()].map((fact) => accountOf(fact, before.get(fact.subject), today)),
    );
    await facts.publish(
      tx,
      fresh.map(({ subject, id, correlation }) =>
        draft({
          ...{ stream: subject, type: 'collection.account-opened.v1', effectiveOn: today.iso, cause: id, correlation },
          data: { openedOn: today.iso },
        }),
      ),
    );
    await schedules.call(
      tx,
      fresh.map((fact) => {
        const account = accountOf(fact, undefined, today);
        const [civilYear, from] = [today.year, firstDayOfChange(account, today)];
        return { account, cause: fact.id, correlation: fact.correlation, years: [civilYear], civilYear, from };
      }),
    );
    const waiting = await facts.factsOfStreams(
      tx,
      fresh.map(({ subject }) => subject),
    );
    await takeUp(tx, [...waiting.values()].flat());
  }

  /** The group or the regime changed: it counts from the next assessment on. */
  async changeStatus(tx: EntityManager, changed: readonly Fact<'affiliation.status-changed.v1'>[]): Promise<void> {
    await this.amend(tx, changed, (account, { group, regime }) => ({ ...account, group, regime }));
  }

  /** The activity ended: nothing is called any more. The final settlement is a use case of its own. */
  async end(tx: EntityManager, ended: readonly Fact<'affiliation.ended.v1'>[]): Promise<void> {
    await this.amend(tx, ended, (account, { on }) => ({ ...account, endedOn: Day.of(on) }));
  }

  private async amend<T extends 'affiliation.status-changed.v1' | 'affiliation.ended.v1'>(
    tx: EntityManager,
    said: readonly Fact<T>[],
    change: (account: Account, data: Fact<T>['data']) => Account,
  ): Promise<void> {
    const accounts = await lockAccounts(
      tx,
      said.map(({ subject }) => subject),
    );
    for (const { subject, data } of said) {
      const account = accounts.get(subject);
      if (account) accounts.set(subject, change(account, data));
    }
    await saveAccounts(tx, [...accounts.values()]);
  }
}

/** Registered again, the person starts afresh: another period of activity on the same account. */
function accountOf({ subject, data }: Fact<'affiliation.registered.v1'>, before: Account | undefined, today: Day): Account {
  const { group, regime, startedOn } = data;
  return {
    ...{ account: subject, group, regime, startedOn: Day.of(startedOn), endedOn: null },
    openedOn: before?.openedOn ?? today,
    periodicity: before?.periodicity ?? 'monthly-5',
    dayChangedIn: before?.dayChangedIn ?? null,
  };
}
