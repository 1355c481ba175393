import { draft, type Fact } from '@isu/contracts';
import type { Ledger } from '@isu/ledger';
import type { FactStore } from '@isu/messaging';
import { Day, type BusinessClock } from '@isu/values';
import type { EntityManager } from 'typeorm';
import { firstDayOfChange } from '../accounts/account.js';
import { lockAccounts } from '../accounts/account.table.js';
import type { SchedulesService } from '../schedules/schedules.service.js';
import { watchNow } from '../surcharges/watch.table.js';
import { debtsPaidBy, saveDebtsPaid } from './debts.js';
import { partnerOf, paymentKey, placingKey, withPaid, type Payment } from './payment.js';
import { paymentsReversedBy, savePayments } from './payment.table.js';
import { keepAwaited, takeAwaited, type Awaited, type Reversal } from './reversal.table.js';

interface Parts {
  readonly facts: FactStore;
  readonly ledger: Ledger;
  readonly clock: BusinessClock;
  readonly schedules: SchedulesService;
}

/** Payments taken back: a debit returned, a cheque unpaid. */
export class ReversalsService {
  constructor(private readonly parts: Parts) {}

  /**
   * Undoes payments exactly: the same debts are owed again, the same credit is gone. Once each. A reversal that comes before its
   * payment is kept, and undoes it as soon as it has been posted.
   */
  async reverse(tx: EntityManager, reported: readonly Fact<'urssaf-sync.reversal-reported.v1'>[]): Promise<void> {
    const accounts = await lockAccounts(
      tx,
      reported.map(({ subject }) => subject),
    );
    await this.undo(tx, reported.filter(({ subject }) => accounts.has(subject)).map(reversalOf));
  }

  /** Undoes what has just been posted, where its reversal was already here. */
  async undoAwaited(tx: EntityManager, posted: readonly Awaited[]): Promise<void> {
    const awaited = await takeAwaited(tx, posted);
    if (awaited.length > 0) await this.undo(tx, awaited);
  }

  private async undo(tx: EntityManager, reversals: readonly Reversal[]): Promise<void> {
    const payments = await paymentsReversedBy(tx, reversals);
    const paymentOf = ({ account, paymentId, partner, reference }: Reversal): Payment | undefined =>
      payments.find(
        (one) => one.account === account && (one.paymentId === paymentId || (one.partner === partner && one.reference === reference)),
      );
    await keepAwaited(
      tx,
      reversals.filter((reversal) => !paymentOf(reversal)),
    );
    const undone = new Map<string, { payment: Payment; reversal: Reversal }>();
    for (const reversal of reversals) {
      const payment = paymentOf(reversal);
      if (payment && payment.reversedOn === null && !undone.has(payment.paymentId)) undone.set(payment.paymentId, { payment, reversal });
    }
    if (undone.size > 0) await this.writeOff(tx, [...undone.values()]);
  }

  private async writeOff(tx: EntityManager, undone: readonly { payment: Payment; reversal: Reversal }[]): Promise<void> {
    const { ledger, facts } = this.parts;
    const booked = await ledger.reverse(
      tx,
      undone.flatMap(({ payment, reversal }) =>
        [paymentKey(payment), ...placingsOf(payment)].map((corrects) => ({
          ...{ key: `reversal/${corrects}`, corrects, reason: 'reversal', effectiveOn: reversal.valueOn },
        })),
      ),
    );
    const accountingDay = booked[0]?.accountingDay ?? '';
    await this.reopenDebts(
      tx,
      undone.map(({ payment }) => payment),
    );
    await savePayments(
      tx,
      undone.map(({ payment, reversal }) => ({
        ...payment,
        // What was given back of it is owed to us from now on.
        credit: payment.refunded.negated(),
        reversedOn: reversal.valueOn,
        reversalReason: reversal.reason,
      })),
      this.parts.clock.today(),
    );
    await facts.publish(
      tx,
      undone.map(({ payment, reversal }) =>
        draft({
          ...{ stream: payment.account, type: 'collection.payment-reversed.v1', effectiveOn: reversal.valueOn.iso },
          ...{ cause: reversal.fact, correlation: reversal.correlation },
          data: { paymentId: payment.paymentId, reportedFact: reversal.fact, reason: reversal.reason, accountingDay },
        }),
      ),
    );
    await this.askOnlyWhatIsOwed(tx, undone);
  }

  private async reopenDebts(tx: EntityManager, payments: readonly Payment[]): Promise<void> {
    const places = await debtsPaidBy(tx, payments);
    const reopened = [...places].flatMap(([account, instalments]) => {
      const parts = payments.filter((payment) => payment.account === account).flatMap(({ allocations }) => allocations);
      return instalments.map((instalment) => ({ account, instalment: withPaid(instalment, parts, -1) }));
    });
    await saveDebtsPaid(tx, reopened);
    await watchNow(tx, [...places.keys()], this.parts.clock.today());
  }

  /** A debt that had been paid beyond what is owed by now does not come back whole. Nothing changes for anybody else. */
  private async askOnlyWhatIsOwed(tx: EntityManager, undone: readonly { payment: Payment; reversal: Reversal }[]): Promise<void> {
    const today = this.parts.clock.today();
    const causes = new Map(undone.map(({ payment, reversal }) => [payment.account, reversal]));
    const accounts = await lockAccounts(tx, [...causes.keys()]);
    await this.parts.schedules.call(
      tx,
      [...accounts.values()].map((account) => {
        const reversal = causes.get(account.account);
        const trace = { cause: reversal?.fact ?? null, correlation: reversal?.correlation };
        return { account, ...trace, years: [], civilYear: today.year, from: firstDayOfChange(account, today) };
      }),
    );
  }
}

function reversalOf({ id, subject, correlation, data }: Fact<'urssaf-sync.reversal-reported.v1'>): Reversal {
  const { flow, reverses, reportedFact, valueOn, reason } = data;
  const named = { partner: partnerOf(flow), reference: reverses, paymentId: reportedFact ?? null };
  return { fact: id, account: subject, ...named, valueOn: Day.of(valueOn), reason, correlation };
}

const placingsOf = (payment: Payment): string[] => Array.from({ length: payment.placings }, (_, index) => placingKey(payment, index + 1));
