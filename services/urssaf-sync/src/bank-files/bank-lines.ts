import { isDayText, readDebitReference, readPaymentReference, readRefundReference, type Means } from '@isu/contracts';
import { AccountNumber, Money } from '@isu/values';
import type { MoneyLine } from '../payments/money-line.js';
import type { BankAmount, Details, Entry } from './camt.js';

interface Where {
  readonly messageId: string;
  /** Of the entry in the file, from 1. */
  readonly entry: number;
  /** Value day of an entry that says none. */
  readonly createdOn: string;
}

/**
 * The money that an entry tells of: a line per transaction of a batch booking, whose amounts must add up to the entry; where they do not,
 * or are not all said, the entry is one line, for people to look into.
 */
export function linesOf(entry: Entry, where: Where): MoneyLine[] {
  const total = eurosOf([entry.amounts.get('Amt')]);
  const refusal = refusalOf(entry, total);
  if (refusal !== null || !(total instanceof Money))
    return [{ kind: 'refused', reference: referenceOf(entry, null, where), reason: refusal ?? 'amount-missing' }];
  return partsOf(entry, total).map((told) => lineOf(told, where));
}

type Told = { entry: Entry; transaction: Details | null; rank: number | null; amount: Money; total: Money };

function partsOf(entry: Entry, total: Money): Told[] {
  const whole = { entry, rank: null, amount: total, total };
  const [single = null] = entry.transactions;
  if (entry.transactions.length <= 1) return [{ ...whole, transaction: single }];
  const parts = entry.transactions.map((transaction, index) => ({ ...whole, transaction, rank: index + 1, amount: amountOf(transaction) }));
  const known = parts.filter((part): part is (typeof parts)[number] & Told => part.amount instanceof Money && part.amount.isPositive);
  // A charge held back inside the booking bears the other sign.
  const sum = Money.sum(known.map((part) => (isDebit(part) === isDebit(whole) ? part.amount : part.amount.negated())));
  return known.length === parts.length && sum.equals(total) ? known : [{ ...whole, transaction: null }];
}

const amountOf = ({ amounts }: Details): Money | AmountFault =>
  eurosOf([amounts.get('Amt'), amounts.get('AmtDtls/TxAmt/Amt'), amounts.get('AmtDtls/InstdAmt/Amt')]);

/** A transaction of several may say its own sign; alone, it is the entry. */
const isDebit = ({ entry, transaction, rank }: Pick<Told, 'entry' | 'rank'> & { transaction?: Details | null }): boolean =>
  ((rank !== null && transaction ? first(transaction, 'CdtDbtInd') : null) ?? first(entry, 'CdtDbtInd')) === 'DBIT';

/** Why an entry is no money of ours, or null. */
function refusalOf(entry: Entry, amount: Money | AmountFault): string | null {
  const status = first(entry, 'Sts/Cd') ?? first(entry, 'Sts');
  const sign = first(entry, 'CdtDbtInd');
  if (status === null || (sign !== 'CRDT' && sign !== 'DBIT')) return 'entry-incomplete';
  if (status !== 'BOOK') return 'not-booked';
  if (!(amount instanceof Money)) return amount;
  if (amount.isZero) return 'amount-zero';
  if (sign === 'DBIT' && !isReversed(entry) && !entry.transactions.some(isReturned)) return 'debit-not-a-return';
  return null;
}

const isReversed = (entry: Entry): boolean => first(entry, 'RvslInd') === 'true';
const isReturned = (transaction: Details): boolean => returnReason(transaction) !== null;
const returnReason = (transaction: Details): string | null => first(transaction, 'RtrInf/Rsn/Cd') ?? first(transaction, 'RtrInf/Rsn/Prtry');
const isReturn = ({ entry, transaction }: Told): boolean =>
  isReversed(entry) || (transaction ? isReturned(transaction) : entry.transactions.some(isReturned));

function lineOf(told: Told, where: Where): MoneyLine {
  const { entry, transaction } = told;
  const reference = referenceOf(entry, told, where);
  const [amount, valueOn] = [told.amount.toString(), dayOf(entry, where.createdOn)];
  const endToEnd = transaction && provided(first(transaction, 'Refs/EndToEndId'));
  const own = bankReferenceOf(told);
  if (isDebit(told)) {
    if (!isReturn(told)) return { kind: 'refused', reference, reason: 'debit-not-a-return' };
    const reason = cut((transaction && returnReason(transaction)) ?? 'RvslInd', 140);
    const back = { reference: cut(`retour/${reference}`, 70), reverses: endToEnd ?? own ?? reference, byBankReference: true };
    return { kind: 'reversal', ...back, amount, valueOn, reason };
  }
  const refund = endToEnd !== null && isReturn(told) ? readRefundReference(endToEnd) : null;
  if (refund && endToEnd !== null) {
    // A refund that comes back once it had left: what had moved has moved back, and its order is told as one that was not carried out.
    const reason = cut((transaction && returnReason(transaction)) ?? 'RvslInd', 140);
    const order = { order: 'transfer', account: refund.account, originalMessage: endToEnd, endToEnd } as const;
    return { kind: 'rejected-order', reference: cut(`retour/${reference}`, 70), ...order, amount, reason, reportedOn: valueOn };
  }
  // Other money of ours that comes back is nobody's contribution: whoever it names, people look into it.
  const owner = isReturn(told) || !transaction ? { account: '' } : ownerOf(transaction);
  const bankReference = own ?? endToEnd;
  const booking = told.rank === null ? null : provided(first(entry, 'AcctSvcrRef'));
  return {
    ...{ kind: 'payment', reference, amount, valueOn, means: meansOf(entry, transaction), ...owner },
    ...(bankReference === null ? {} : { bankReference }),
    ...(endToEnd === null ? {} : { endToEnd }),
    ...(booking === null ? {} : { booking: { reference: booking, total: told.total.toString() } }),
  };
}

/** The bank's own reference: of the transaction, or of the entry that it is alone in. */
function bankReferenceOf({ entry, transaction, rank }: Told): string | null {
  const ofTransaction = transaction && provided(first(transaction, 'Refs/AcctSvcrRef'));
  return ofTransaction ?? (rank === null ? provided(first(entry, 'AcctSvcrRef')) : null);
}

/** What the money is known by: the bank's reference if it is of this money alone, else its place in the message. */
function referenceOf(entry: Entry, told: Told | null, { messageId, entry: number }: Where): string {
  const own = told ? bankReferenceOf(told) : provided(first(entry, 'AcctSvcrRef'));
  const sharers = entry.transactions.filter((transaction) => first(transaction, 'Refs/AcctSvcrRef') === own).length;
  const rank = told?.rank ?? null;
  if (own !== null) return cut(sharers > 1 && rank !== null ? `${own}#${String(rank)}` : own, 70);
  return cut(`${messageId}/${String(number)}${rank === null ? '' : `.${String(rank)}`}`, 70);
}

/** Whose money it is, when the payer gave the reference of the notice or the number of the account. */
const ownerOf = ({ texts }: Details): NamedOwner =>
  ownerNamedIn({ structured: texts.get('RmtInf/Strd/CdtrRefInf/Ref') ?? [], free: (texts.get('RmtInf/Ustrd') ?? []).join(' ') });

export interface NamedOwner {
  /** Empty when nobody is named. */
  readonly account: string;
  readonly paymentReference?: string;
}

/** The account that a reference of ours, or an account number, names: in a field made for it, or in free text. */
export function ownerNamedIn({ structured, free }: { structured: readonly string[]; free: string }): NamedOwner {
  const [own] = structured.map((text) => readRefundReference(text) ?? readDebitReference(text)).filter((read) => read !== null);
  if (own) return { account: own.account };
  const references = [...structured, ...(free.toUpperCase().match(/RF\d{2}(?: ?[0-9A-Z]){14,21}/g) ?? []).flatMap(shortenings)];
  for (const text of references) {
    const read = readPaymentReference(text);
    if (read) return { account: read.account, paymentReference: text.replace(/\s/g, '').toUpperCase() };
  }
  const numbers = [...structured, ...(free.match(/(?<!\d)\d{2}[ .-]?\d{9}[ .-]?\d{2}(?!\d)/g) ?? [])].map((text) =>
    text.replace(/[ .-]/g, ''),
  );
  const account = numbers.find((text) => AccountNumber.check(text));
  if (account !== undefined) return { account };
  const damaged = damagedReference(structured, free);
  return { account: '', ...(damaged !== null && { paymentReference: damaged }) };
}

/** What was meant for a reference or a number of ours and is none: kept as the payer gave it, for people to read. */
function damagedReference(structured: readonly string[], free: string): string | null {
  const written = [...structured, free.toUpperCase()].join(' ');
  const found = /RF\d{2}(?: ?[0-9A-Z]){14,19}/.exec(written)?.[0] ?? /(?<!\d)\d(?:[ .-]?\d){11,12}(?!\d)/.exec(written)?.[0];
  return found === undefined ? null : cut(found.replace(/[ .-]/g, ''), 35);
}

/** A reference in free text may run into the word behind it. */
function shortenings(text: string): string[] {
  const compact = text.replace(/\s/g, '');
  return Array.from({ length: Math.max(1, compact.length - 17) }, (_, cut) => compact.slice(0, compact.length - cut));
}

type AmountFault = 'amount-missing' | 'other-currency' | 'amount-malformed';

/** The first of these that is in euros and cents, or why there is none. */
function eurosOf(said: readonly (BankAmount | undefined)[]): Money | AmountFault {
  const given = said.filter((amount) => amount !== undefined);
  const euros = given.find(({ currency }) => currency === 'EUR');
  if (!euros) return given.length === 0 ? 'amount-missing' : 'other-currency';
  return moneyIn(euros.text) ?? 'amount-malformed';
}

/** An amount as banks write it, leading and trailing zeros and all; null for what is no euros and cents. */
export function moneyIn(text: string): Money | null {
  const [, whole, cents = ''] = /^0*(\d{1,9})(?:\.(\d{0,2})0*)?$/.exec(text) ?? [];
  return whole === undefined ? null : Money.of(`${String(Number(whole))}.${cents.padEnd(2, '0')}`);
}

function dayOf(entry: Entry, otherwise: string): string {
  const said = ['ValDt/Dt', 'ValDt/DtTm', 'BookgDt/Dt', 'BookgDt/DtTm'].map((name) => first(entry, name)?.slice(0, 10));
  return said.find((day) => isDayText(day)) ?? otherwise;
}

const families: Readonly<Record<string, Means>> = {
  ...{ RDDT: 'direct-debit', IDDT: 'direct-debit', RCHQ: 'cheque', ICHQ: 'cheque', MCRD: 'card', CCRD: 'card' },
};

const meansOf = (entry: Entry, transaction: Details | null): Means =>
  families[(transaction && first(transaction, 'BkTxCd/Domn/Fmly/Cd')) ?? first(entry, 'BkTxCd/Domn/Fmly/Cd') ?? ''] ?? 'transfer';

const first = ({ texts }: Details, name: string): string | null => texts.get(name)?.[0] ?? null;

/** A reference that says something. */
export const provided = (text: string | null): string | null =>
  text === null || /^(?:NOT ?PROVIDED|NONREF)$/i.test(text) ? null : cut(text, 70);

/** The beginning of a text, never half a character. */
export const cut = (text: string, longest: number): string => text.slice(0, longest).replace(/[\uD800-\uDBFF]$/, '');
