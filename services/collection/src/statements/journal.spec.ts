import type { JournalEntry } from '@isu/ledger';
import { Money } from '@isu/values';
import { journalCsv, journalRows } from './journal.js';

type Postings = readonly (readonly [from: string, to: string, amount: string])[];

let written = 0;
const entryOf = (reason: string, day: string, postings: Postings, changes: Partial<JournalEntry> = {}): JournalEntry => ({
  ...{ entry: (written += 1), key: `${reason}/${String(written)}`, reason, effectiveOn: day, accountingDay: day, corrects: null },
  recordedAt: `${day}T10:00:00.000Z`,
  postings: postings.map(([from, to, amount]) => ({ from, to, amount: Money.of(amount) })),
  ...changes,
});

/** 500 called, 300.50 paid too early and kept, 200 of it placed, the rest given back, the payment of a surcharge taken back. */
const life = (): JournalEntry[] => {
  written = 0;
  return [
    entryOf('assessment', '2016-01-04', [['contributions/2016/csg-crds', 'receivable/2016/csg-crds', '500']]),
    entryOf('payment', '2016-04-05', [['credit', 'bank', '300.50']]),
    entryOf('credit', '2016-05-05', [['receivable/2016/csg-crds', 'credit', '200']]),
    entryOf('refund', '2016-05-20', [['refund', 'credit', '100.50']]),
    entryOf('refund-settled', '2016-05-23', [['bank', 'refund', '100.50']]),
    entryOf('surcharge', '2016-07-06', [['surcharges/2016/majoration-initiale', 'surcharge/2016/majoration-initiale', '15']]),
    entryOf('payment', '2016-07-08', [['surcharge/2016/majoration-initiale', 'bank', '15']]),
    entryOf('reversal', '2016-07-11', [['bank', 'surcharge/2016/majoration-initiale', '15']], { corrects: 7, accountingDay: '2016-07-12' }),
  ];
};

const told = (entries: readonly JournalEntry[]): string[] =>
  journalRows(entries).map(({ entry, account, debit, credit, balance }) => `${String(entry)} ${account.kind} ${debit?.toString() ?? ''}/${credit?.toString() ?? ''} → ${balance.toString()}`); // prettier-ignore

describe('F16 F17 — the journal of an account', () => {
  it('tells each entry from the person’s side, with the balance after it: 500 − 300.50 + 100.50 given back + 15 = 315', () => {
    expect(told(life())).toEqual([
      '1 receivable 500/ → 500',
      '2 credit /300.50 → 199.50',
      // From the credit to the debt: the balance is the same before and after.
      '3 credit 200/ → 399.50',
      '3 receivable /200 → 199.50',
      // What is given back is no credit any more, from its order on; that the bank has paid it changes nothing.
      '4 credit 100.50/ → 300',
      '4 refund /100.50 → 300',
      '5 refund 100.50/ → 300',
      '6 surcharge 15/ → 315',
      '7 surcharge /15 → 300',
      '8 surcharge 15/ → 315',
    ]);
  });

  it('debits less credits are the balance, refunds on their way left out, at the end of every entry', () => {
    const rows = journalRows(life()).filter(({ account }) => account.kind !== 'refund');
    const sum = (side: 'debit' | 'credit') => Money.sum(rows.map((row) => row[side] ?? Money.zero));
    expect(sum('debit').minus(sum('credit')).toString()).toBe('315');
    expect(rows.at(-1)?.balance.toString()).toBe('315');
  });

  it('is opened in a spreadsheet: one row a line, in French, with the accounts on both sides and what an entry undoes', () => {
    const lines = journalCsv(journalRows(life())).toString('utf8').slice(1).split('\r\n');
    expect(lines[0]).toBe(
      'Écriture;Date d’effet;Journée comptable;Enregistrée le;Opération;Compte;Contribution;Année;Contrepartie;Débit;Crédit;Solde;Annule l’écriture',
    );
    expect(lines[1]).toBe(
      '1;2016-01-04;2016-01-04;2016-01-04;Calcul des cotisations;Cotisations à payer;CSG-CRDS;2016;Cotisations appelées;500,00;;500,00;',
    );
    expect(lines[2]).toBe('2;2016-04-05;2016-04-05;2016-04-05;Paiement;Crédit;;;Banque;;300,50;199,50;');
    expect(lines.at(-2)).toBe(
      '8;2016-07-11;2016-07-12;2016-07-11;Paiement rejeté;Majorations de retard à payer;Majoration de retard à l’échéance;2016;Banque;15,00;;315,00;7',
    );
    expect(lines).toHaveLength(1 + 10 + 1);
  });

  it('an entry recorded late in the evening of Paris is of the day in Paris', () => {
    const [row] = journalRows([entryOf('payment', '2016-04-05', [['credit', 'bank', '1']], { recordedAt: '2016-04-05T22:30:00.000Z' })]);
    expect(row?.recordedOn.iso).toBe('2016-04-06');
  });

  it('of an account on which nothing was booked it has its columns alone', () => {
    expect(journalCsv([]).toString('utf8').split('\r\n')).toHaveLength(2);
  });
});
