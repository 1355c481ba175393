import { draft, type Fact, type FactDraft } from '@isu/contracts';
import type { Ledger } from '@isu/ledger';
import type { FactStore } from '@isu/messaging';
import { clockOf, Day, type BusinessClock } from '@isu/values';
import type { EntityManager } from 'typeorm';
import { firstDayOfChange } from '../accounts/account.js';
import { lockAccounts } from '../accounts/account.table.js';
import type { ReturnsService } from '../returns/returns.service.js';
import type { SchedulesService } from '../schedules/schedules.service.js';
import { watchNow } from '../surcharges/watch.table.js';
import { debtsPaidBy, saveDebtsPaid } from './debts.js';
import { partnerOf, paymentKey, placingKey, withPaid, type Payment } from './payment.js';
import { paymentsReversedBy, savePayments, whereTheyWent } from './payment.table.js';
import { keepAwaited, takeAwaited, type Awaited, type Reversal } from './reversal.table.js';

interface Parts {
  readonly facts: FactStore;
  readonly ledger: Ledger;
  readonly clock: BusinessClock;
  readonly schedules: SchedulesService;
  readonly returns: Pick<ReturnsService, 'returned'>;
}

/** A payment that is taken off its account, and by what word. */
export interface Undone {
  readonly payment: Payment;
  /** The payment that the word names: this one, or the one that it goes on from. */
  readonly named: Payment;
  readonly by: {
    readonly cause: string;
    /** The partner's word, if it is one. */
    readonly reportedFact: string | null;
    readonly valueOn: Day;
    readonly reason: string;
    readonly correlation: string;
  };
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

  /** The reversals that were here before these payments, which are posted now. */
  awaitedBy(tx: EntityManager, posted: readonly Awaited[]): Promise<Reversal[]> {
    return takeAwaited(tx, posted);
  }

  /** Undoes what has just been posted, where its reversal was already here. */
  async undoAwaited(tx: EntityManager, awaited: readonly Reversal[]): Promise<void> {
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
    const wentOn = await this.lockWhereTheyWent(tx, payments.filter(({ reversedOn }) => reversedOn !== null)); // prettier-ignore
    const undone = new Map<string, Undone>();
    for (const reversal of reversals) {
      const named = paymentOf(reversal);
      const payment = named && (wentOn.get(named.paymentId) ?? named);
      if (!named || !payment || payment.reversedOn !== null || undone.has(payment.paymentId)) continue;
      const { fact: cause, valueOn, reason, correlation } = reversal;
      undone.set(payment.paymentId, { payment, named, by: { cause, reportedFact: cause, valueOn, reason, correlation } });
    }
    if (undone.size === 0) return;
    await this.writeOff(tx, [...undone.values()]);
    await this.askOnlyWhatIsOwed(tx, [...undone.values()]);
    await this.parts.returns.returned(tx, [...undone.values()]);
  }

  /** Money of an account that was withdrawn stands on the one that goes on. */
  private async lockWhereTheyWent(tx: EntityManager, reversed: readonly Payment[]): Promise<Map<string, Payment>> {
    if (reversed.length === 0) return new Map();
    const wentOn = await whereTheyWent(tx, reversed.map(({ paymentId }) => paymentId)); // prettier-ignore
    if (wentOn.size === 0) return wentOn;
    await lockAccounts(tx, [...wentOn.values()].map(({ account }) => account)); // prettier-ignore
    return whereTheyWent(tx, [...wentOn.keys()]);
  }

  /** Takes payments off accounts that the caller has locked, and says so; what is then asked is the caller's affair. */
  async writeOff(tx: EntityManager, undone: readonly Undone[]): Promise<void> {
    if (undone.length === 0) return;
    const { ledger, facts } = this.parts;
    const booked = await ledger.reverse(
      tx,
      undone.flatMap(({ payment, by }) =>
        [paymentKey(payment), ...placingsOf(payment)].map((corrects) => ({
          ...{ key: `reversal/${corrects}`, corrects, reason: 'reversal', effectiveOn: by.valueOn },
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
      undone.map(({ payment, by }) => ({
        ...payment,
        // What was given back of it is owed to us from now on.
        credit: payment.refunded.negated(),
        reversedOn: by.valueOn,
        reversalReason: by.reason,
      })),
      clockOf(tx, this.parts.clock).today(),
    );
    await facts.publish(
      tx,
      undone.flatMap(({ payment, named, by }) =>
        // Under its old name too, where the partner looks for its answer: there the first word stands, and nothing more is taken off.
        (named === payment ? [payment] : [named, payment]).map((each) => paymentReversed(each, by, accountingDay)),
      ),
    );
  }

  private async reopenDebts(tx: EntityManager, payments: readonly Payment[]): Promise<void> {
    const places = await debtsPaidBy(tx, payments);
    const reopened = [...places].flatMap(([account, instalments]) => {
      const parts = payments.filter((payment) => payment.account === account).flatMap(({ allocations }) => allocations);
      return instalments.map((instalment) => ({ account, instalment: withPaid(instalment, parts, -1) }));
    });
    await saveDebtsPaid(tx, reopened);
    await watchNow(tx, [...places.keys()], clockOf(tx, this.parts.clock).today());
  }

  /** A debt that had been paid beyond what is owed by now does not come back whole. Nothing changes for anybody else. */
  private async askOnlyWhatIsOwed(tx: EntityManager, undone: readonly Undone[]): Promise<void> {
    const causes = new Map(undone.map(({ payment, by }) => [payment.account, by]));
    const accounts = await lockAccounts(tx, [...causes.keys()]);
    const today = clockOf(tx, this.parts.clock).today();
    await this.parts.schedules.call(
      tx,
      [...accounts.values()].map((account) => {
        const by = causes.get(account.account);
        const trace = { cause: by?.cause ?? null, correlation: by?.correlation };
        return { account, ...trace, years: [], civilYear: today.year, from: firstDayOfChange(account, today) };
      }),
    );
  }
}

function paymentReversed({ account, paymentId }: Payment, by: Undone['by'], accountingDay: string): FactDraft {
  const { cause, correlation, reportedFact, reason, valueOn } = by;
  return draft({
    ...{ stream: account, type: 'collection.payment-reversed.v1', effectiveOn: valueOn.iso, cause, correlation },
    data: { paymentId, ...(reportedFact === null ? {} : { reportedFact }), reason, accountingDay },
  });
}

function reversalOf({ id, subject, correlation, data }: Fact<'urssaf-sync.reversal-reported.v1'>): Reversal {
  const { flow, reverses, reportedFact, valueOn, reason } = data;
  const named = { partner: partnerOf(flow), reference: reverses, paymentId: reportedFact ?? null };
  return { fact: id, account: subject, ...named, valueOn: Day.of(valueOn), reason, correlation };
}

const placingsOf = (payment: Payment): string[] => Array.from({ length: payment.placings }, (_, index) => placingKey(payment, index + 1));
