import type { Means, Periodicity } from '@isu/contracts';
import { Day, Money } from '@isu/values';

/** What an instalment asks for one contribution of one year, and what of it is paid. */
export interface DebtLine {
  readonly year: number;
  readonly code: string;
  readonly amount: Money;
  readonly paid: Money;
}

/** A due date of the calendar in force. */
export interface Instalment {
  readonly id: string;
  /** The civil year of the schedule that it stands in. */
  readonly schedule: number;
  readonly dueOn: Day;
  readonly means: Means;
  readonly lines: readonly DebtLine[];
}

/** The calendar of a civil year's payments. */
export interface Schedule {
  readonly account: string;
  readonly year: number;
  readonly version: number;
  readonly periodicity: Periodicity;
  /** The fact that issued it. */
  readonly fact: string;
}

export const asked = ({ lines }: Pick<Instalment, 'lines'>): Money =>
  Money.cents(lines.reduce((cents, { amount }) => cents + amount.cents, 0));
export const paid = ({ lines }: Pick<Instalment, 'lines'>): Money => Money.cents(lines.reduce((cents, line) => cents + line.paid.cents, 0));

/** Monthly payments are debited; a quarterly payer, or who pays what is left after the year's last due date, sends the money. */
export const meansOf = (id: string): Means => (/-\d{2}$/.test(id) ? 'direct-debit' : 'transfer');

/**
 * The same once the person has said a word about direct debit: under a mandate the calendar is debited whatever its rhythm, without it
 * nothing is. A single payment after the calendar is always sent.
 */
export function meansUnder(mandate: 'signed' | 'revoked' | null, id: string): Means {
  if (mandate === null) return meansOf(id);
  return mandate === 'signed' && !/-R\d$/.test(id) ? 'direct-debit' : 'transfer';
}

export const remains = ({ amount, paid: already }: DebtLine): Money => amount.minus(already);

export const isSettled = (instalment: Instalment): boolean =>
  asked(instalment).isPositive && instalment.lines.every((line) => remains(line).isZero);

/** Whether two calendars ask the same, whatever is paid of it. */
export const sameInstalments = (before: readonly Instalment[], after: readonly Instalment[]): boolean =>
  before.length === after.length && before.every((instalment, rank) => asksTheSame(instalment, after[rank]));

function asksTheSame(one: Instalment, other: Instalment | undefined): boolean {
  if (one === other) return true;
  if (!other || one.id !== other.id || !one.dueOn.equals(other.dueOn) || one.means !== other.means) return false;
  return one.lines.length === other.lines.length && one.lines.every((line, rank) => isSameDebt(line, other.lines[rank]));
}

const isSameDebt = ({ year, code, amount }: DebtLine, other: DebtLine | undefined): boolean =>
  year === other?.year && code === other.code && amount.cents === other.amount.cents;
