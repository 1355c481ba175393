import { AccountNumber, Day, InvalidValue } from '@isu/values';

/** The debit of an account on a due date: one of them. */
export interface DebitReference {
  readonly account: string;
  readonly dueOn: Day;
}

/** What our debit bears end to end, and what the bank gives back with a rejection or a return. */
export const debitReferenceOf = ({ account, dueOn }: DebitReference): string => `${account}-${dueOn.iso.replaceAll('-', '')}`;

/** Reads such a reference; null when it is none of ours. */
export function readDebitReference(text: string): DebitReference | null {
  const [, account, year, month, dayOfMonth] = /^(\d{13})-(\d{4})(\d\d)(\d\d)$/.exec(text) ?? [];
  if (account === undefined || !AccountNumber.check(account)) return null;
  try {
    return { account, dueOn: Day.of(`${String(year)}-${String(month)}-${String(dayOfMonth)}`) };
  } catch (fault) {
    if (fault instanceof InvalidValue) return null;
    throw fault;
  }
}
