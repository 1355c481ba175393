import { parisDay, renderCsv } from '@isu/chassis';
import { accountNamed, isPersonal, type JournalEntry, type LedgerAccount } from '@isu/ledger';
import { Day, Money } from '@isu/values';
import { accountName, entryName } from './statement-words.js';
import { contributionName } from '../notices/notice-words.js';

/** What an entry of the books did to one of the person's accounts. */
export interface JournalRow {
  readonly entry: number;
  readonly effectiveOn: Day;
  readonly accountingDay: Day;
  readonly recordedOn: Day;
  /** The act, as the ledger names it. */
  readonly reason: string;
  readonly account: LedgerAccount;
  /** Where it came from, or went. */
  readonly counterpart: LedgerAccount;
  /** Asked of the person, or used of what we hold for them; null on the other side. */
  readonly debit: Money | null;
  /** Paid, or kept for them. */
  readonly credit: Money | null;
  /** Of the account after this row; positive, the person owes. After the last one it is the balance of the statement, to the cent (F16). */
  readonly balance: Money;
  /** The entry that this one undoes. */
  readonly corrects: number | null;
}

/** Row after row as they were written. What goes from one account of the person to another is two rows, each the other's counterpart. */
export function journalRows(entries: readonly JournalEntry[]): JournalRow[] {
  let balance = Money.zero;
  const rows: JournalRow[] = [];
  for (const { entry, reason, corrects, postings, ...dates } of entries) {
    const written = {
      ...{ entry, reason, corrects, effectiveOn: Day.of(dates.effectiveOn), accountingDay: Day.of(dates.accountingDay) },
      recordedOn: Day.of(parisDay(new Date(dates.recordedAt))),
    };
    for (const { from, to, amount } of postings) {
      const [source, goal] = [accountNamed(from), accountNamed(to)];
      const debit = { account: goal, counterpart: source, debit: amount, credit: null };
      const credit = { account: source, counterpart: goal, debit: null, credit: amount };
      for (const side of [debit, credit].filter(({ account }) => isPersonal(account))) {
        if (isInBalance(side.account)) balance = side.debit ? balance.plus(amount) : balance.minus(amount);
        rows.push({ ...written, ...side, balance });
      }
    }
  }
  return rows;
}

/** Money ordered to be given back is the person's no less, but no credit any more: it has left the balance. */
const isInBalance = ({ kind }: LedgerAccount): boolean => kind !== 'refund';

const columns = [
  ...['Écriture', 'Date d’effet', 'Journée comptable', 'Enregistrée le', 'Opération', 'Compte', 'Contribution', 'Année'],
  ...['Contrepartie', 'Débit', 'Crédit', 'Solde', 'Annule l’écriture'],
];

/** The journal as it is opened in a spreadsheet. */
export function journalCsv(rows: readonly JournalRow[]): Buffer {
  return renderCsv(
    columns,
    rows.map(({ account, counterpart, ...row }) => [
      ...[row.entry, row.effectiveOn, row.accountingDay, row.recordedOn, entryName(row.reason)],
      ...[accountName(account), account.code === null ? null : contributionName(account.code), account.year],
      ...[accountName(counterpart), row.debit, row.credit, row.balance, row.corrects],
    ]),
  );
}
