import type { AnomalyType } from '@isu/contracts';
import { Money } from '@isu/values';
import type { Correction } from '../anomalies/correction.js';

/** A payment that this account was told of and that stands. */
export interface StandingPayment {
  readonly id: string;
  readonly amount: Money;
  readonly valueOn: string;
}

/** What can explain that the partner's books and its own messages do not tell the same of an account. */
export interface MoneyEvidence {
  /** What its books hold beyond what it told us, never zero. */
  readonly delta: Money;
  readonly asOf: string;
  /** By value day, then by id: the later of two twins comes second. */
  readonly payments: readonly StandingPayment[];
  /** Money of this very amount that waits for an owner, and bears this number or none. */
  readonly waiting: string | null;
  /** On another account, whose books differ the other way: the payment of this amount. Null without one. */
  readonly elsewhere: string | null;
  /** Whether the flow of payments is known to lack something that its books may count. */
  readonly flowIsShort: boolean;
  /** What was ever asked for at once. */
  readonly asked: readonly Money[];
}

export interface Classified {
  readonly type: AnomalyType;
  readonly cause: string;
  readonly correction: Correction | null;
}

/** The kind of a difference of money, its cause in words, and the correcting fact that would settle it. In this order: the surest explanation first. */
export function classifyMoney(evidence: MoneyEvidence): Classified {
  return evidence.delta.isPositive ? partnerHoldsMore(evidence) : partnerHoldsLess(evidence);
}

function partnerHoldsMore({ delta, asOf, payments, waiting, elsewhere, flowIsShort, asked }: MoneyEvidence): Classified {
  const sum = delta.print();
  if (flowIsShort)
    return {
      type: 'late',
      cause: `L’Urssaf compte ${sum} que ses lots n’ont pas encore apportés : le flux n’est pas complet`,
      correction: null,
    };
  if (waiting !== null)
    return {
      type: 'unmatched',
      cause: `L’Urssaf compte ${sum} : un paiement de ce montant attend son compte`,
      correction: { kind: 'attribute-payment', payment: waiting },
    };
  if (elsewhere !== null)
    return {
      type: 'wrong-account',
      cause: `L’Urssaf compte ${sum} ici : un paiement de ce montant nous a été dit d’un autre compte`,
      correction: { kind: 'move-payment', payment: elsewhere },
    };
  const short = isAsked(asked, delta) ? undefined : shortPayment(payments, asked, delta);
  if (short)
    return {
      type: 'wrong-amount',
      cause: `Un paiement nous a été dit pour ${short.amount.print()} ; l’Urssaf en compte ${short.amount.plus(delta).print()}`,
      correction: { kind: 'correct-amount', payment: short.id, amount: short.amount.plus(delta).toString() },
    };
  return {
    type: 'lost',
    cause: `L’Urssaf compte ${sum} dont aucun lot ne nous a parlé : paiement perdu en route`,
    correction: { kind: 'report-payment', amount: delta.toString(), valueOn: asOf, means: 'transfer' },
  };
}

/** The payment that was told too low: with the difference it is what was asked, or the difference is too small to be a payment. */
function shortPayment(payments: readonly StandingPayment[], asked: readonly Money[], delta: Money): StandingPayment | undefined {
  return (
    payments.findLast(({ amount }) => isAsked(asked, amount.plus(delta))) ?? (delta.atLeast(smallestPayment) ? undefined : payments.at(-1))
  );
}

/** Nobody transfers less than a euro: cents that differ are an amount gone wrong. */
export const smallestPayment = Money.of('1');

function partnerHoldsLess({ delta, payments, elsewhere, asked }: MoneyEvidence): Classified {
  const over = delta.negated();
  const same = payments.filter(({ amount }) => amount.equals(over));
  const second = same.findLast(({ valueOn }, at) => same[at - 1]?.valueOn === valueOn);
  if (second)
    return {
      type: 'doubled',
      cause: `Un paiement de ${over.print()} nous a été dit deux fois ; l’Urssaf n’en compte qu’un`,
      correction: { kind: 'reverse-payment', payment: second.id },
    };
  const single = same.at(-1);
  if (single && elsewhere !== null)
    return {
      type: 'wrong-account',
      cause: `Un paiement de ${over.print()} dit de ce compte est à un autre, d’après l’Urssaf`,
      correction: null,
    };
  if (single)
    return {
      type: 'lost',
      cause: `L’Urssaf ne compte plus un paiement de ${over.print()} : son annulation ne nous est pas parvenue`,
      correction: { kind: 'reverse-payment', payment: single.id },
    };
  const wrong = payments.findLast(({ amount }) => isAsked(asked, amount.minus(over))) ?? (payments.length === 1 ? payments[0] : undefined);
  const right = wrong?.amount.minus(over);
  return {
    type: 'wrong-amount',
    cause: `Nous comptons ${over.print()} de plus que l’Urssaf : un montant nous a été mal transmis`,
    correction: wrong && right?.isPositive ? { kind: 'correct-amount', payment: wrong.id, amount: right.toString() } : null,
  };
}

export const isAsked = (asked: readonly Money[], amount: Money): boolean => asked.some((one) => one.equals(amount));

/** A line of a contribution that both count, differently. */
export interface LineDifference {
  readonly year: number;
  readonly code: string;
  readonly ours: { readonly called: string; readonly paid: string };
  readonly theirs: { readonly called: string; readonly paid: string };
}

/** The same money, otherwise called or otherwise placed: another version of the rules. */
export function classifyLines(lines: readonly LineDifference[]): Classified {
  const [first] = lines;
  const called = lines.find(({ ours, theirs }) => ours.called !== theirs.called);
  if (called) {
    const { year, code, ours, theirs } = called;
    const [here, there] = [Money.of(ours.called).print(), Money.of(theirs.called).print()];
    return {
      type: 'other-rules',
      cause: `${code} ${String(year)} : appelé ${here} ici et ${there} à l’Urssaf, autre version des règles`,
      correction: null,
    };
  }
  const where = first ? `${first.code} ${String(first.year)}` : '';
  return {
    type: 'other-rules',
    cause: `${where} : le même argent est imputé autrement à l’Urssaf, autre version des règles`,
    correction: null,
  };
}

/** What settled a difference that is no longer there, by its kind. */
export const settledByRule: Readonly<Record<AnomalyType, string>> = {
  lost: 'Réglé par règle : ce qui manquait a été transmis',
  doubled: 'Réglé par règle : le double n’est plus compté',
  late: 'Réglé par règle : le lot tardif est arrivé',
  'wrong-account': 'Réglé par règle : le paiement est sur le même compte des deux côtés',
  'wrong-amount': 'Réglé par règle : le montant est le même des deux côtés',
  unmatched: 'Réglé par règle : le paiement a trouvé son compte',
  conflict: 'Réglé par règle : les deux organismes disent la même chose',
  'other-rules': 'Réglé par règle : les deux organismes appellent et imputent de même',
};
