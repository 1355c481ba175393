import type { AnomalyType } from '@isu/contracts';
import { Money } from '@isu/values';
import {
  isBookingOf,
  isNamedBy,
  isSameReturn,
  namesOf,
  sameMoney,
  toldBy,
  type KnownPayment,
  type NewPayment,
  type RejectedLine,
  type Reversal,
} from '../payments/known-money.js';
import { eurosIn, type PaymentLine, type RejectedOrderLine, type ReversalLine, type StagedLine } from '../payments/money-line.js';
import type { RejectedOrder } from '../rejected-orders/rejected-order.table.js';
import { OutcomeRuns, type Outcome } from './outcome.js';

/** All that we knew before these lines and that can bear on them. */
export interface KnownMoney {
  /** Payments of any partner that share a reference with a line. */
  readonly payments: readonly KnownPayment[];
  /** Contents by reference of this partner: payments and reversals. */
  readonly contents: ReadonlyMap<string, string>;
  /** Accounts that affiliation has registered. */
  readonly accounts: ReadonlySet<string>;
  /** Reversals that wait for their payment, or for its account. */
  readonly waiting: readonly Reversal[];
}

/** Where the lines come from. */
export interface Source {
  readonly partner: string;
  readonly flow: string;
  readonly batch: string;
  readonly correlation: string;
  newId(): string;
}

/** A reversal that found its payment. */
export interface SettledReversal {
  readonly reversal: Reversal;
  readonly payment: KnownPayment;
  /** `waiting` while the payment itself waits for its account. */
  readonly state: 'reported' | 'waiting' | 'refused';
}

/** What placing decided; nothing of it is done yet. */
export interface Placed {
  readonly payments: readonly NewPayment[];
  /** Payments that waited for their account and whose money was told again with it: by id, the payment that took over. */
  readonly adopted: ReadonlyMap<string, string>;
  readonly reversals: readonly Reversal[];
  /** Reversals, new or waiting since before, that found their payment. */
  readonly settled: readonly SettledReversal[];
  readonly rejected: readonly RejectedLine[];
  readonly rejectedOrders: readonly RejectedOrder[];
  readonly outcomes: OutcomeRuns;
}

/** Decides what becomes of each line, in order: a line sees the lines before it. */
export function placeLines(lines: readonly StagedLine[], known: KnownMoney, source: Source): Placed {
  const placing = new Placing(known, source);
  for (const staged of lines) placing.place(staged);
  return placing.placed;
}

type Met = { outcome: Outcome; reason?: string };
type Place = Pick<StagedLine, 'line' | 'content'>;

class Placing {
  readonly placed: Placed & {
    payments: NewPayment[];
    adopted: Map<string, string>;
    reversals: Reversal[];
    settled: SettledReversal[];
    rejected: RejectedLine[];
    rejectedOrders: RejectedOrder[];
  } = { payments: [], adopted: new Map(), reversals: [], settled: [], rejected: [], rejectedOrders: [], outcomes: new OutcomeRuns() };
  private readonly contents: Map<string, string>;
  private readonly byId = new Map<string, KnownPayment>();
  private readonly byName = new Map<string, string[]>();
  /** One transaction stands for all of its booking. */
  private readonly byBooking = new Map<string, string>();
  private waiting: Reversal[];

  constructor(
    private readonly known: KnownMoney,
    private readonly source: Source,
  ) {
    this.contents = new Map(known.contents);
    this.waiting = [...known.waiting];
    for (const payment of known.payments) this.learn(payment);
  }

  place({ line, content, record }: StagedLine): void {
    if (record.kind === 'refused') {
      const met = this.refused({ line, content }, record.reference, record.reason);
      return this.placed.outcomes.add(line, met, Money.zero);
    }
    const place = { line, content };
    const met = this.knownReference(place, record.reference) ?? this.placeNew(place, record);
    this.placed.outcomes.add(line, met, eurosIn(record));
  }

  private placeNew(place: Place, record: PaymentLine | ReversalLine | RejectedOrderLine): Met {
    if (record.kind === 'payment') return this.placePayment(place, record);
    return record.kind === 'reversal' ? this.placeReversal(place, record) : this.placeRejectedOrder(place, record);
  }

  /** Told where it names nobody, too: on the flow, for who gave the order knows it by its references. */
  private placeRejectedOrder(place: Place, said: RejectedOrderLine): Met {
    const isKnown = this.known.accounts.has(said.account);
    this.contents.set(said.reference, place.content);
    this.placed.rejectedOrders.push({ ...place, said, isKnown });
    return isKnown ? { outcome: 'posted' } : { outcome: 'to-be-matched', reason: 'account-unknown' };
  }

  /** A partner's reference is said once: again with the same content it is nothing new, with other content the first stands (R12). */
  private knownReference(place: Place, reference: string): Met | null {
    const kept = this.contents.get(reference);
    if (kept === undefined) return null;
    if (kept === place.content) return { outcome: 'duplicate', reason: 'same-reference' };
    const { partner } = this.source;
    const first = this.named(reference).find(({ tellings }) =>
      tellings.some((telling) => telling.partner === partner && telling.reference === reference),
    );
    return this.conflict(place, { reference, kept, reason: 'reference-with-other-content', about: first });
  }

  private placePayment(place: Place, said: PaymentLine): Met {
    const payment = this.paymentOf(place, said);
    const isKnown = this.known.accounts.has(payment.account);
    for (const other of this.otherDoors(payment)) {
      const same = sameMoney(payment, other);
      if (same === 'yes') return isKnown && other.fact === null ? this.adopt(payment, other) : this.keepTwin(payment, other);
      if (same !== 'no') return this.conflict(place, { reference: said.reference, kept: other.content, reason: same, about: other });
    }
    const booked = this.placeInBooking(place, payment);
    if (booked) return booked;
    this.keep(payment);
    return this.metBy(payment);
  }

  private metBy({ account }: KnownPayment): Met {
    return this.known.accounts.has(account) ? { outcome: 'posted' } : { outcome: 'to-be-matched', reason: 'account-unknown' };
  }

  /** A batch booking told by two doors, by one in a single sum and by the other transaction by transaction: the transactions stand. */
  private placeInBooking(place: Place, payment: NewPayment): Met | null {
    const isOfAnother = (other: KnownPayment): boolean => !toldBy(other, payment.partner);
    const { bankReference, booking } = payment;
    const detail = this.byId.get(this.byBooking.get(bankReference ?? '') ?? '');
    if (detail && isBookingOf(payment, detail) && isOfAnother(detail)) return this.keepTwin(payment, detail, 'same-booking');
    const sum = booking === null ? undefined : this.named(booking.reference).find((one) => isBookingOf(one, payment) && isOfAnother(one));
    if (!sum) return null;
    return this.isReported(sum)
      ? this.conflict(place, { reference: payment.reference, kept: sum.content, reason: 'wrong-amount', about: sum })
      : this.adopt(payment, sum);
  }

  private paymentOf({ line, content }: Place, said: PaymentLine): NewPayment {
    const { partner } = this.source;
    const { reference, account, valueOn, means } = said;
    return {
      id: this.source.newId(),
      partner,
      reference,
      tellings: [{ partner, reference }],
      content,
      line,
      account,
      amount: Money.of(said.amount),
      valueOn,
      means,
      paymentReference: said.paymentReference ?? null,
      bankReference: said.bankReference ?? null,
      endToEnd: said.endToEnd ?? null,
      booking: said.booking ? { reference: said.booking.reference, total: Money.of(said.booking.total) } : null,
      allocation: said.allocation ?? null,
      order: said.order ?? null,
      fact: null,
      twinOf: null,
      reversedBy: null,
    };
  }

  private keep(payment: NewPayment): void {
    this.contents.set(payment.reference, payment.content);
    this.placed.payments.push(payment);
    this.learn(payment);
    this.settleWaiting(payment);
  }

  /** What other partners told under the same reference of the bank, and of which this partner has not spoken yet. */
  private otherDoors({ tellings: [own], bankReference }: KnownPayment): KnownPayment[] {
    if (bankReference === null || !own) return [];
    return this.named(bankReference).filter((other) => other.bankReference === bankReference && !toldBy(other, own.partner));
  }

  private keepTwin(payment: NewPayment, original: KnownPayment, reason = 'same-bank-reference'): Met {
    this.contents.set(payment.reference, payment.content);
    this.placed.payments.push({ ...payment, twinOf: original.id });
    this.learn({ ...original, tellings: [...original.tellings, ...payment.tellings] });
    return { outcome: 'duplicate', reason };
  }

  /** The money that waited without an owner is told again with one, or in detail: this telling stands, the other becomes its twin. */
  private adopt(payment: NewPayment, orphan: KnownPayment): Met {
    this.placed.adopted.set(orphan.id, payment.id);
    this.byId.delete(orphan.id);
    this.waiting = this.waiting.map((reversal) => (reversal.payment === orphan.id ? { ...reversal, payment: null } : reversal));
    this.keep({ ...payment, tellings: [...payment.tellings, ...orphan.tellings] });
    return this.metBy(payment);
  }

  private placeReversal(place: Place, said: ReversalLine): Met {
    const { newId, ...where } = this.source;
    const { kind: _, byBankReference = false, ...rest } = said;
    const reversal: Reversal = { id: newId(), ...where, ...place, ...rest, byBankReference, amount: Money.of(said.amount), payment: null };
    const { payment, refusal } = this.paymentReversed(reversal);
    if (refusal === 'already-reversed' && payment?.reversedBy !== where.partner) return { outcome: 'duplicate', reason: 'same-reversal' };
    if (refusal) return this.refused(place, said.reference, refusal, refusal === 'amount-differs' ? payment : undefined);

    if (!payment && this.waiting.some((other) => isSameReturn(other, reversal))) return { outcome: 'duplicate', reason: 'same-reversal' };
    this.contents.set(said.reference, place.content);
    this.placed.reversals.push(reversal);
    if (payment)
      return this.settle(reversal, payment) === 'reported'
        ? { outcome: 'posted' }
        : { outcome: 'to-be-matched', reason: 'account-unknown' };
    this.waiting.push(reversal);
    return { outcome: 'to-be-matched', reason: 'payment-awaited' };
  }

  /** The payment that a reversal undoes, or why it cannot. The bank's references are not always unique: there, only a single candidate will do. */
  private paymentReversed(reversal: Reversal): { payment?: KnownPayment; refusal?: 'amount-differs' | 'already-reversed' } {
    const named = this.named(reversal.reverses).filter((payment) => isNamedBy(reversal, payment));
    const fitting = named.filter((payment) => payment.amount.equals(reversal.amount));
    if (fitting.length === 0) return named[0] && !reversal.byBankReference ? { payment: named[0], refusal: 'amount-differs' } : {};
    const [payment, another] = fitting.filter(({ reversedBy }) => reversedBy === null);
    if (payment) return another ? {} : { payment };
    return { payment: fitting[0], refusal: 'already-reversed' };
  }

  private settleWaiting(payment: KnownPayment): void {
    const found = this.waiting.find(
      (reversal) =>
        reversal.payment === null && isNamedBy(reversal, payment) && (!reversal.byBankReference || payment.amount.equals(reversal.amount)),
    );
    if (!found) return;
    this.waiting = this.waiting.filter((reversal) => reversal !== found);
    this.settle(found, payment);
  }

  private settle(reversal: Reversal, payment: KnownPayment): SettledReversal['state'] {
    const state = !payment.amount.equals(reversal.amount) ? 'refused' : this.isReported(payment) ? 'reported' : 'waiting';
    this.placed.settled.push({ reversal, payment, state });
    if (state !== 'refused') this.learn({ ...payment, reversedBy: reversal.partner });
    return state;
  }

  private refused({ line, content }: Place, reference: string, reason: string, about?: KnownPayment): Met {
    const anomaly = about && this.isReported(about) ? ({ account: about.account, type: 'wrong-amount' } as const) : null;
    this.placed.rejected.push({ line, content, reference, outcome: 'refused', reason, kept: null, anomaly });
    return { outcome: 'refused', reason };
  }

  private conflict(place: Place, met: { reference: string; kept: string; reason: ConflictReason; about: KnownPayment | undefined }): Met {
    const { about, ...rest } = met;
    const type: AnomalyType = met.reason === 'reference-with-other-content' ? 'conflict' : met.reason;
    const anomaly = about && this.isReported(about) ? { account: about.account, type } : null;
    this.placed.rejected.push({ ...place, ...rest, outcome: 'conflict', anomaly });
    return { outcome: 'conflict', reason: met.reason };
  }

  /** Told to collection already, or with the others at the end of these lines. */
  private isReported(payment: KnownPayment): boolean {
    return payment.fact !== null || this.known.accounts.has(payment.account);
  }

  private learn(payment: KnownPayment): void {
    this.byId.set(payment.id, payment);
    for (const name of namesOf(payment)) {
      const ids = this.byName.get(name);
      if (!ids) this.byName.set(name, [payment.id]);
      else if (!ids.includes(payment.id)) ids.push(payment.id);
    }
    if (payment.booking && !this.byBooking.has(payment.booking.reference)) this.byBooking.set(payment.booking.reference, payment.id);
  }

  private named(name: string): KnownPayment[] {
    return (this.byName.get(name) ?? []).flatMap((id) => this.byId.get(id) ?? []);
  }
}

type ConflictReason = 'reference-with-other-content' | 'wrong-amount' | 'wrong-account';
