import { isDayText, readPaymentReference, type Means } from '@isu/contracts';
import { AccountNumber, Money } from '@isu/values';
import type { MoneyLine } from '../payments/money-line.js';
import type { BankAmount, Details, Entry } from './camt054.js';

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
  if (refusal) return [{ kind: 'refused', reference: referenceOf(entry, null, where), reason: refusal }];
  if (!(total instanceof Money)) return [];
  const amounts = entry.transactions.map(({ amounts: said }) =>
    eurosOf([said.get('Amt'), said.get('AmtDtls/TxAmt/Amt'), said.get('AmtDtls/InstdAmt/Amt')]),
  );
  const [single] = entry.transactions;
  if (entry.transactions.length <= 1) return [lineOf({ entry, transaction: single ?? null, rank: null, amount: total }, where)];
  const known = amounts.filter((amount) => amount instanceof Money && amount.isPositive) as Money[];
  const addsUp = known.length === amounts.length && Money.sum(known).equals(total);
  if (!addsUp) return [lineOf({ entry, transaction: null, rank: null, amount: total }, where)];
  return entry.transactions.map((transaction, index) =>
    lineOf({ entry, transaction, rank: index + 1, amount: known[index] ?? total }, where),
  );
}

type Told = { entry: Entry; transaction: Details | null; rank: number | null; amount: Money };

/** Why an entry is no money of ours, or null. */
function refusalOf(entry: Entry, amount: Money | AmountFault): string | null {
  const status = first(entry, 'Sts/Cd') ?? first(entry, 'Sts');
  const sign = first(entry, 'CdtDbtInd');
  if (status === null || (sign !== 'CRDT' && sign !== 'DBIT')) return 'entry-incomplete';
  if (status !== 'BOOK') return 'not-booked';
  if (!(amount instanceof Money)) return amount;
  if (amount.isZero) return 'amount-zero';
  if (sign === 'DBIT' && !isReturn(entry)) return 'debit-not-a-return';
  return null;
}

const isReturn = (entry: Entry): boolean =>
  first(entry, 'RvslInd') === 'true' || entry.transactions.some((transaction) => returnReason(transaction) !== null);

const returnReason = (transaction: Details): string | null => first(transaction, 'RtrInf/Rsn/Cd') ?? first(transaction, 'RtrInf/Rsn/Prtry');

function lineOf(told: Told, where: Where): MoneyLine {
  const { entry, transaction, amount } = told;
  const reference = referenceOf(entry, told, where);
  const valueOn = dayOf(entry, where.createdOn);
  const endToEnd = transaction && provided(first(transaction, 'Refs/EndToEndId'));
  const own = bankReferenceOf(told);
  if (first(entry, 'CdtDbtInd') === 'DBIT') {
    const reason = (transaction && returnReason(transaction)) ?? 'RvslInd';
    const reverses = endToEnd ?? own ?? reference;
    return {
      kind: 'reversal',
      reference: `retour/${reference}`.slice(0, 70),
      reverses,
      byBankReference: true,
      amount: amount.toString(),
      valueOn,
      reason,
    };
  }
  // Money of ours that comes back is nobody's contribution: whoever it names, people look into it.
  const owner = isReturn(entry) || !transaction ? { account: '' } : ownerOf(transaction);
  const bankReference = own ?? endToEnd;
  return {
    ...{ kind: 'payment', reference, amount: amount.toString(), valueOn, means: meansOf(entry, transaction), ...owner },
    ...(bankReference === null ? {} : { bankReference }),
    ...(endToEnd === null ? {} : { endToEnd }),
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
  if (own !== null) return (sharers > 1 && rank !== null ? `${own}#${String(rank)}` : own).slice(0, 70);
  return `${messageId}/${String(number)}${rank === null ? '' : `.${String(rank)}`}`.slice(0, 70);
}

/** Whose money it is, when the payer gave the reference of the notice or the number of the account. */
function ownerOf(transaction: Details): { account: string; paymentReference?: string } {
  const structured = transaction.texts.get('RmtInf/Strd/CdtrRefInf/Ref') ?? [];
  const free = (transaction.texts.get('RmtInf/Ustrd') ?? []).join(' ');
  const references = [...structured, ...(free.toUpperCase().match(/RF\d{2}(?: ?[0-9A-Z]){14,21}/g) ?? []).flatMap(shortenings)];
  for (const text of references) {
    const read = readPaymentReference(text);
    if (read) return { account: read.account, paymentReference: text.replace(/\s/g, '').toUpperCase() };
  }
  const numbers = [...structured, ...(free.match(/(?<!\d)\d{2}[ .-]?\d{9}[ .-]?\d{2}(?!\d)/g) ?? [])].map((text) =>
    text.replace(/[ .-]/g, ''),
  );
  return { account: numbers.find((text) => AccountNumber.check(text)) ?? '' };
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
  const [, whole, cents = ''] = /^0*(\d{1,9})(?:\.(\d{0,2})0*)?$/.exec(euros.text) ?? [];
  return whole === undefined ? 'amount-malformed' : Money.of(`${String(Number(whole))}.${cents.padEnd(2, '0')}`);
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
const provided = (text: string | null): string | null =>
  text === null || /^(?:NOT ?PROVIDED|NONREF)$/i.test(text) ? null : text.slice(0, 70);
