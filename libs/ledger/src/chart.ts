/**
 * The chart of accounts. Each person's book has the personal kinds; ISU's own book has the house kinds. A transaction stands in
 * one book and may move money between its personal kinds and the house kinds, never between two persons: what passes from one
 * person to another goes through the house's `suspense` or `transfers`, visibly, in two transactions.
 */
export const personalKinds = ['receivable', 'surcharge', 'penalty', 'fee', 'credit', 'refund'] as const;
export const houseKinds = [
  'bank',
  'contributions',
  'surcharges',
  'penalties',
  'fees',
  'suspense',
  'transfers',
  'remissions',
  'write-offs',
] as const;

export type AccountKind = (typeof personalKinds)[number] | (typeof houseKinds)[number];

/** One account of a book: its kind, and for what is owed by period the year and the contribution's code. */
export interface LedgerAccount {
  readonly kind: AccountKind;
  readonly year: number | null;
  readonly code: string | null;
}

/** The book that belongs to no person. */
export const house = 'house';

const whole = (kind: AccountKind): LedgerAccount => ({ kind, year: null, code: null });
const byPeriod = (kind: AccountKind) => (year: number, code: string) => ({ kind, year, code });

/** A balance is what came in minus what went out: positive means that the person owes, or that the house holds. */
export const accounts = {
  /** Contribution of a year that is called and not yet paid. */
  receivable: byPeriod('receivable'),
  /** Late-payment surcharge on that contribution (majoration de retard). */
  surcharge: byPeriod('surcharge'),
  penalty: whole('penalty'),
  fee: whole('fee'),
  /** Money received and not allocated: negative while we hold it for the person. */
  credit: whole('credit'),
  /** Refund ordered and not yet settled by the bank: negative until then. */
  refund: whole('refund'),
  bank: whole('bank'),
  /** Contributions called, by period: negative, as every income of the house. */
  contributions: byPeriod('contributions'),
  surcharges: byPeriod('surcharges'),
  penalties: whole('penalties'),
  fees: whole('fees'),
  /** Money received for someone not yet known. */
  suspense: whole('suspense'),
  /** Between two books of one person, when accounts are merged. */
  transfers: whole('transfers'),
  /** Surcharges given up (remise). */
  remissions: byPeriod('remissions'),
  /** Debts abandoned: prescription, small amounts, insolvency. */
  writeOffs: byPeriod('write-offs'),
} as const;

/** `receivable/2016/maladie`, `credit`: how an account is called in listings, and inside the hash of a transaction. */
export function nameOf({ kind, year, code }: LedgerAccount): string {
  return `${kind}${year === null ? '' : `/${year}`}${code === null ? '' : `/${code}`}`;
}

const personal: ReadonlySet<AccountKind> = new Set(personalKinds);

/** Whether it stands on the person's side of their book. */
export const isPersonal = ({ kind }: Pick<LedgerAccount, 'kind'>): boolean => personal.has(kind);

const isKind = (text: string | undefined): text is AccountKind => [...personalKinds, ...houseKinds].some((kind) => kind === text);

/** The account that `nameOf` calls so. */
export function accountNamed(name: string): LedgerAccount {
  const [kind, year, code] = name.split('/');
  if (!isKind(kind)) throw new Error('The ledger has no account of this name.');
  return { kind, year: year === undefined ? null : Number(year), code: code ?? null };
}
