import type { AccountStretch } from '@isu/chassis';
import { Money } from '@isu/values';
import type { EntityManager } from 'typeorm';
import type { KnownPayment, NewPayment, Telling } from './known-money.js';
import type { StagedLine } from './money-line.js';

type Reading = Pick<EntityManager, 'query'>;

/**
 * Money is placed by one hand at a time in the whole service, by chunks of some tens of milliseconds: two doors cannot tell of the same money
 * at once, and an account cannot be registered between the look for it and the payment that is kept for want of it.
 */
export async function lockMoney(tx: EntityManager): Promise<void> {
  await tx.query(`SELECT pg_advisory_xact_lock(hashtextextended('urssaf-sync money', 0))`);
}

interface PaymentRow {
  id: string;
  content: string;
  account: string;
  amount: string;
  bankReference: string | null;
  endToEnd: string | null;
  bookingReference: string | null;
  bookingTotal: string | null;
  fact: string | null;
  tellings: Telling[];
  reversedBy: string | null;
}

const knownColumns = `p.id, p.content, p.account, p.amount::text AS amount, p.bank_reference AS "bankReference", p.end_to_end AS "endToEnd",
  p.booking_reference AS "bookingReference", p.booking_total::text AS "bookingTotal", p.fact,
  (SELECT json_agg(json_build_object('partner', t.partner, 'reference', t.reference) ORDER BY t.id <> p.id, t.partner)
     FROM payment t WHERE t.id = p.id OR t.twin_of = p.id) AS tellings,
  (SELECT r.partner FROM reversal r WHERE r.payment = p.id AND r.state <> 'refused') AS "reversedBy"`;

const knownPayment = ({ bookingReference, bookingTotal, amount, ...row }: PaymentRow): KnownPayment => ({
  ...row,
  amount: Money.of(amount),
  booking: bookingReference === null || bookingTotal === null ? null : { reference: bookingReference, total: Money.of(bookingTotal) },
});

/** Where to look for payments that lines may mean. */
export interface Names {
  /** References of this partner. */
  readonly references: readonly string[];
  /** The bank's references of money or of a booking, whoever told of it. */
  readonly bankReferences: readonly string[];
  /** What payers called it. */
  readonly endToEnds: readonly string[];
}

/** Payments that one of these names may mean. Of a twin, the payment that it is. */
export async function findPaymentsNamed(
  tx: Reading,
  partner: string,
  { references, bankReferences, endToEnds }: Names,
): Promise<KnownPayment[]> {
  if (references.length + bankReferences.length + endToEnds.length === 0) return [];
  const rows = (await tx.query(
    `WITH named AS (
       SELECT id, twin_of FROM payment WHERE partner = $1 AND reference = ANY($2)
       UNION SELECT id, twin_of FROM payment WHERE bank_reference = ANY($3)
       UNION SELECT id, twin_of FROM payment WHERE end_to_end = ANY($4)
       -- One transaction stands for all of its booking.
       UNION (SELECT DISTINCT ON (booking_reference) id, twin_of FROM payment WHERE booking_reference = ANY($3) ORDER BY booking_reference, id))
     SELECT ${knownColumns} FROM payment p WHERE p.id IN (SELECT coalesce(twin_of, id) FROM named)`,
    [partner, references, bankReferences, endToEnds],
  )) as PaymentRow[];
  return rows.map(knownPayment);
}

/** What each of a partner's references was first said to be: payments, reversals, rejected orders. */
export async function findContents(tx: Reading, partner: string, references: readonly string[]): Promise<Map<string, string>> {
  const rows = (await tx.query(
    `SELECT reference, content FROM payment WHERE partner = $1 AND reference = ANY($2)
     UNION ALL SELECT reference, content FROM reversal WHERE partner = $1 AND reference = ANY($2)
     UNION ALL SELECT reference, content FROM rejected_order WHERE partner = $1 AND reference = ANY($2)`,
    [partner, references],
  )) as { reference: string; content: string }[];
  return new Map(rows.map(({ reference, content }) => [reference, content]));
}

export async function findKnownAccounts(tx: Reading, accounts: readonly string[]): Promise<Set<string>> {
  const rows = (await tx.query('SELECT account FROM known_account WHERE account = ANY($1)', [accounts])) as { account: string }[];
  return new Set(rows.map(({ account }) => account));
}

export async function insertKnownAccounts(tx: EntityManager, accounts: readonly string[]): Promise<void> {
  await tx.query('INSERT INTO known_account SELECT unnest($1::text[]) ON CONFLICT DO NOTHING', [accounts]);
}

/** A payment as it is told to collection. */
export interface ReportablePayment {
  readonly id: string;
  readonly flow: string;
  readonly batch: string;
  readonly line: number;
  readonly account: string;
  readonly partnerReference: string;
  readonly bankReference: string | null;
  readonly amount: string;
  readonly valueOn: string;
  readonly means: NewPayment['means'];
  readonly paymentReference: string | null;
  readonly order: string | null;
  readonly correlation: string;
}

/** Known accounts are those that affiliation has registered: dropped, and read again from its facts. Under the lock of money. */
export async function rebuildKnownAccounts(tx: EntityManager, { after, through }: AccountStretch): Promise<void> {
  await tx.query('DELETE FROM known_account WHERE account > $1 AND ($2::text IS NULL OR account <= $2)', [after, through]);
  await tx.query(
    `INSERT INTO known_account SELECT DISTINCT stream FROM fact
      WHERE author = 'affiliation' AND type = 'affiliation.registered.v1' AND stream > $1 AND ($2::text IS NULL OR stream <= $2)`,
    [after, through],
  );
}

/** Locked by `lockMoney`. */
export async function findToBeMatched(tx: Reading, accounts: readonly string[]): Promise<ReportablePayment[]> {
  const rows = (await tx.query(
    `SELECT id, partner, flow, batch, line, account, reference AS "partnerReference", bank_reference AS "bankReference", amount::text AS amount,
       value_on::text AS "valueOn", means, payment_reference AS "paymentReference", online_order AS "order", correlation
       FROM payment WHERE state = 'to-be-matched' AND account = ANY($1) ORDER BY account, value_on, id`,
    [accounts],
  )) as (ReportablePayment & { partner: string })[];
  return rows.map(({ partner, flow, ...row }) => ({ ...row, flow: `${partner}/${flow}`, amount: Money.of(row.amount).toString() }));
}

export async function markReported(tx: EntityManager, facts: ReadonlyMap<string, string>): Promise<void> {
  await tx.query(
    `UPDATE payment SET state = 'reported', fact = n.fact FROM unnest($1::uuid[], $2::uuid[]) AS n(id, fact) WHERE payment.id = n.id`,
    [[...facts.keys()], [...facts.values()]],
  );
}

interface KeptPayments {
  readonly payments: readonly NewPayment[];
  /** The facts that told of them, by id of the payment. */
  readonly facts: ReadonlyMap<string, string>;
  readonly flow: string;
  readonly batch: string;
  readonly correlation: string;
}

export async function insertPayments(tx: EntityManager, { payments, facts, flow, batch, correlation }: KeptPayments): Promise<void> {
  if (payments.length === 0) return;
  const rows = payments.map((payment) => rowOf(payment, facts.get(payment.id) ?? null));
  await tx.query(
    `INSERT INTO payment (id, partner, reference, content, flow, batch, line, account, amount, value_on, means, payment_reference, bank_reference,
       end_to_end, booking_reference, booking_total, allocation, online_order, state, fact, twin_of, correlation)
     SELECT id, partner, reference, content, $2, $3, line, account, amount, value_on, means, payment_reference, bank_reference, end_to_end,
       booking_reference, booking_total, allocation, online_order, state, fact, twin_of, $4
       FROM json_to_recordset($1) AS n(id uuid, partner text, reference text, content text, line int, account text, amount numeric, value_on date,
         means text, payment_reference text, bank_reference text, end_to_end text, booking_reference text,
         booking_total numeric, allocation jsonb, online_order uuid, state text, fact uuid, twin_of uuid)`,
    [JSON.stringify(rows), flow, batch, correlation],
  );
}

/** Field by field: there are as many as lines of a file, and copies of copies were a tenth of their cost. */
const rowOf = (payment: NewPayment, fact: string | null) => ({
  id: payment.id,
  partner: payment.partner,
  reference: payment.reference,
  content: payment.content,
  line: payment.line,
  account: payment.account,
  amount: payment.amount.toString(),
  value_on: payment.valueOn,
  means: payment.means,
  payment_reference: payment.paymentReference,
  bank_reference: payment.bankReference,
  end_to_end: payment.endToEnd,
  booking_reference: payment.booking?.reference ?? null,
  booking_total: payment.booking?.total.toString() ?? null,
  allocation: payment.allocation,
  online_order: payment.order,
  twin_of: payment.twinOf,
  fact,
  state: payment.twinOf !== null ? 'duplicate' : fact !== null ? 'reported' : 'to-be-matched',
});

/** The payments that waited for an owner become twins of those that took over. */
export async function markAdopted(tx: EntityManager, adopted: ReadonlyMap<string, string>): Promise<void> {
  if (adopted.size === 0) return;
  const pairs = [[...adopted.keys()], [...adopted.values()]];
  await tx.query(
    `WITH pair AS (SELECT * FROM unnest($1::uuid[], $2::uuid[]) AS n(orphan, adopter)),
       freed AS (UPDATE reversal SET payment = NULL FROM pair WHERE reversal.payment = pair.orphan AND reversal.state = 'waiting'),
       followed AS (UPDATE payment SET twin_of = pair.adopter FROM pair WHERE payment.twin_of = pair.orphan)
     UPDATE payment SET state = 'duplicate', twin_of = pair.adopter FROM pair WHERE payment.id = pair.orphan`,
    pairs,
  );
}

/**
 * Where to look for the payments that these lines may mean. Most lines say something new: of their own references only those that were
 * said before are worth looking up.
 */
export function namesIn(lines: readonly StagedLine[], saidBefore: ReadonlyMap<string, string>): Names {
  const records = lines.map(({ record }) => record);
  const reversals = records.filter((record) => record.kind === 'reversal');
  const byBank = reversals.filter(({ byBankReference }) => byBankReference).map(({ reverses }) => reverses);
  const told = records.flatMap((record) => (record.kind === 'payment' ? [record.bankReference, record.booking?.reference] : []));
  return {
    references: distinct([...saidBefore.keys(), ...reversals.map(({ reverses }) => reverses)]),
    bankReferences: distinct([...told.filter((name) => name !== undefined), ...byBank]),
    endToEnds: distinct(byBank),
  };
}

/** By what reversals that wait may name the payments of these lines, or what these reversals name. */
export const namesReversed = (lines: readonly StagedLine[]): string[] =>
  distinct(
    lines.flatMap(({ record }) => {
      if (record.kind === 'reversal') return [record.reverses];
      return record.kind === 'payment'
        ? [record.reference, record.bankReference, record.endToEnd].filter((name) => name !== undefined)
        : [];
    }),
  );

const distinct = (names: readonly string[]): string[] => [...new Set(names)];
