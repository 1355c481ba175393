import type { OutgoingMessages } from '@isu/chassis';
import { draft, isFlowStream, type Fact, type FactDraft, type ReturnOutcome } from '@isu/contracts';
import type { FactStore } from '@isu/messaging';
import { clockOf, Day, type BusinessClock } from '@isu/values';
import type { EntityManager } from 'typeorm';
import type { Account } from '../accounts/account.js';
import { lockAccounts } from '../accounts/account.table.js';
import { barMonthly, debtorsOf, stopDebits } from '../debits/debtor.table.js';
import type { Undone } from '../payments/reversals.service.js';
import type { PeriodicityService } from '../schedules/periodicity.service.js';
import { watchNow } from '../surcharges/watch.table.js';
import { nextDebitedDay } from './next-debited-day.js';
import { decideReturn, type ReturnDecision } from './return-decision.js';
import { returnMessage } from './return-letters.js';
import { returnReasonOf, type ReturnReason } from './return-reason.js';
import {
  carryingAmong,
  cancelAgain,
  debitsNamed,
  debitsOfMessage,
  debitsPaidBy,
  knownOrders,
  saveReturns,
  type LiveDebit,
} from './returned-debit.table.js';

type Rejected = Fact<'urssaf-sync.order-rejected.v1'>;

interface Parts {
  readonly facts: FactStore;
  readonly clock: BusinessClock;
  readonly messages: OutgoingMessages;
  readonly periodicity: PeriodicityService;
}

/** A debit of ours that came back, as a bank said it. */
interface Back {
  readonly debit: LiveDebit;
  readonly reason: ReturnReason;
  readonly moment: 'rejected' | 'returned';
  readonly returnedOn: Day;
  readonly cause: string;
  readonly correlation: string;
}

/** A debit that came back, and what is done about it. */
export interface FollowedReturn extends Pick<Back, 'debit' | 'correlation'> {
  readonly account: Account;
  readonly reason: Pick<ReturnReason, 'code'>;
  readonly decision: ReturnDecision;
}

interface Decided extends Back, FollowedReturn {
  readonly reason: ReturnReason;
}

/** Debits that come back, before their settlement (pain.002) or after (camt): what the reason of the bank makes of each (domain 3.4, 3.5). */
export class ReturnsService {
  constructor(private readonly parts: Parts) {}

  /** Rejected before any money moved: one debit, a block, or a whole message. Gives back what is no debit of ours, for others to tell. */
  async rejected(tx: EntityManager, orders: readonly Rejected[]): Promise<Rejected[]> {
    const debits = await debitsOfOurs(tx, orders);
    const named = await debitsNamed(tx, debits.flatMap(({ data }) => data.endToEnd ?? [])); // prettier-ignore
    const byReference = new Map(named.map((debit) => [debit.endToEnd, debit]));
    const back = new Map<string, Back>();
    for (const order of debits) {
      for (const debit of await rejectedBy(tx, order, byReference))
        if (!back.has(debit.endToEnd)) back.set(debit.endToEnd, this.rejectedNow(debit, order));
    }
    await this.settle(tx, [...back.values()]);
    return orders.filter((order) => !debits.includes(order));
  }

  /** Money of debits taken back by the bank: their payments have just been undone. */
  async returned(tx: EntityManager, undone: readonly Undone[]): Promise<void> {
    const debits = undone.filter(({ named }) => named.means === 'direct-debit');
    const paid = await debitsPaidBy(tx, debits.map(({ named }) => named.paymentId)); // prettier-ignore
    await this.settle(
      tx,
      debits.flatMap(({ named, by }): Back[] => {
        const debit = paid.find(({ paymentId }) => paymentId === named.paymentId);
        if (!debit) return [];
        const reason = returnReasonOf(by.reason, by.valueOn);
        return [{ debit, reason, moment: 'returned', returnedOn: by.valueOn, cause: by.cause, correlation: by.correlation }];
      }),
    );
  }

  private rejectedNow(debit: LiveDebit, { id, correlation, effectiveon, data }: Rejected): Back {
    const returnedOn = Day.of(effectiveon);
    const reason = returnReasonOf(data.reason, returnedOn);
    return { debit, reason, moment: 'rejected', returnedOn, cause: id, correlation };
  }

  private async settle(tx: EntityManager, back: readonly Back[]): Promise<void> {
    if (back.length === 0) return;
    const numbers = back.map(({ debit }) => debit.account);
    const [accounts, carrying] = [await lockAccounts(tx, numbers), await carryingAmong(tx, numbers)];
    const today = clockOf(tx, this.parts.clock).today();
    const decided = back.flatMap((each): Decided[] => {
      const account = accounts.get(each.debit.account);
      if (!account) return [];
      const isCarrying = carrying.has(account.account);
      const its = { ...each.debit, reason: each.reason, isCarrying, nextDueOn: nextDebitedDay(account, each.debit.dueOn, today), today };
      const decision = decideReturn(its);
      if (decision.outcome === 'carried') carrying.add(account.account);
      return [{ ...each, account, decision }];
    });
    await saveReturns(tx, decided.map(savedReturn));
    await this.follow(tx, decided, debitReturned);
  }

  /** What was decided of debits that came back is done and said; the caller has saved it, and holds their accounts. */
  async follow<T extends FollowedReturn>(tx: EntityManager, decided: readonly T[], said: (each: T) => FactDraft): Promise<void> {
    const { facts, messages, clock } = this.parts;
    const today = clockOf(tx, clock).today();
    await this.stop(tx, decided);
    await watchNow(tx, decided.map(({ account }) => account.account), today); // prettier-ignore
    await facts.publish(tx, decided.map(said)); // prettier-ignore
    const toQuarterly = await this.payQuarterly(tx, decided);
    await messages.write(tx, decided.flatMap((each) => messageOf(each, toQuarterly, today) ?? [])); // prettier-ignore
  }

  private async stop(tx: EntityManager, decided: readonly FollowedReturn[]): Promise<void> {
    const asked = decided.flatMap(({ account: { account }, debit: { rum }, decision: { stop } }) => (stop ? [{ account, rum, stop }] : []));
    if (asked.length === 0) return;
    const debtors = await debtorsOf(tx, asked.map(({ account }) => account)); // prettier-ignore
    // A mandate that was signed and debited since is not the one that the bank speaks of (an unauthorised debit comes back for 13 months).
    const isInUse = (account: string, rum: string) => [rum, null].includes(debtors.get(account)?.rum ?? null);
    const stopped = asked.filter(({ account, rum, stop }) => stop === 'deceased' || isInUse(account, rum));
    await stopDebits(tx, stopped);
    await cancelAgain(tx, stopped.map(({ account }) => account)); // prettier-ignore
    const frozen = stopped.filter(({ stop }) => stop === 'deceased').map(({ account }) => account);
    // Nothing is written to somebody who has died.
    await this.parts.messages.withdraw(tx, frozen, 'deceased');
  }

  /** After a second failure monthly payers go over to quarterly dates for the rest of the year (CSS R. 133-26). */
  private async payQuarterly(tx: EntityManager, decided: readonly FollowedReturn[]): Promise<Set<string>> {
    const monthly = decided.filter(({ account, decision }) => decision.outcome === 'due-at-once' && account.periodicity !== 'quarterly');
    await barMonthly(tx, monthly.map(({ account }) => account.account), monthlyFrom(clockOf(tx, this.parts.clock).today())); // prettier-ignore
    await cancelAgain(tx, monthly.map(({ account }) => account.account)); // prettier-ignore
    for (const { account, correlation } of monthly)
      await this.parts.periodicity.choose(tx, account.account, { periodicity: 'quarterly', correlation });
    return new Set(monthly.map(({ account }) => account.account));
  }
}

const monthlyFrom = (today: Day): Day => Day.at(today.year + 1, 1, 1);

function messageOf(
  { account: { account }, debit: { amount, dueOn }, reason, decision: { outcome, againOn }, correlation }: FollowedReturn,
  toQuarterly: ReadonlySet<string>,
  today: Day,
) {
  const told = { account, amount, dueOn, outcome, againOn, toQuarterly: toQuarterly.has(account), monthlyFrom: monthlyFrom(today) };
  return returnMessage(told, reason.code, { writtenOn: today, correlation });
}

/** A debit by its reference, or all of a message of ours, whatever became of it since. */
async function debitsOfOurs(tx: EntityManager, orders: readonly Rejected[]): Promise<Rejected[]> {
  const debits = orders.filter(({ data }) => data.order === 'debit');
  if (debits.length === 0) return [];
  const nameOf = ({ data }: Rejected): string => data.endToEnd ?? data.originalMessage;
  const known = await knownOrders(tx, debits.map(nameOf), debits.map(nameOf)); // prettier-ignore
  return debits.filter((order) => known.has(nameOf(order)));
}

async function rejectedBy(tx: EntityManager, { subject, data }: Rejected, named: ReadonlyMap<string, LiveDebit>): Promise<LiveDebit[]> {
  const debit = data.endToEnd === undefined ? undefined : named.get(data.endToEnd);
  if (data.endToEnd !== undefined) return debit?.paymentId === null ? [debit] : [];
  return isFlowStream(subject) ? debitsOfMessage(tx, data.originalMessage, data.originalPayment ?? null) : [];
}

const savedReturn = ({ debit, returnedOn, moment, reason, decision: { outcome, againOn } }: Decided) => ({
  ...{ endToEnd: debit.endToEnd, returnedOn, moment, reason: reason.code, outcome, againOn },
});

function debitReturned(back: Decided): FactDraft {
  const { moment, returnedOn, cause } = back;
  const { data, ...its } = saidOfReturn(back);
  return draft({ ...its, type: 'collection.debit-returned.v1', effectiveOn: returnedOn.iso, cause, data: { ...data, moment } });
}

/** What a fact says of a debit that came back, and of what is done about it. */
export const saidOfReturn = <O extends ReturnOutcome>({
  debit,
  reason,
  correlation,
  decision: { outcome, againOn },
}: FollowedReturn & { readonly decision: { readonly outcome: O } }) => ({
  ...{ stream: debit.account, correlation },
  data: {
    ...{ endToEnd: debit.endToEnd, rum: debit.rum, reason: reason.code, outcome, amount: debit.amount.toString() },
    instalments: debit.parts.map(({ instalment, amount }) => ({ instalment, amount: amount.toString() })),
    ...(againOn === null ? {} : { againOn: againOn.iso }),
  },
});
