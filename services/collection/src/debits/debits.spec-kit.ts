import { readFile, readdir, rm } from 'node:fs/promises';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { FieldProtection, KeyRing } from '@isu/chassis';
import type { FactData } from '@isu/contracts';
import { Day, Iban, Money } from '@isu/values';
import { lockAccounts } from '../accounts/account.table.js';
import { BankFolder } from '../bank-messages/bank-folder.js';
import { BankMessages } from '../bank-messages/bank-messages.service.js';
import { Collection } from '../collection.spec-kit.js';
import type { BankDetailsOfDebtor } from './debit.js';
import { findDebitRun, type DebitRun } from './debit-run.table.js';
import { PresentingService } from './presenting.service.js';

/** The published examples of two countries. */
export const ibans = ['DE89370400440532013000', 'BE68539007547034'] as const;
export const creditor = { name: 'Urssaf pour le RSI', iban: Iban.of('FR7630006000011234567890189') };
export const correlation = '01890000-0000-7000-8000-00000000000d';

/** Collection with a bank beside it: affiliation's answer about each account, and a folder in which messages are laid. */
export class DebitStage {
  readonly details = new Map<string, BankDetailsOfDebtor>();
  readonly folder = mkdtempSync(join(tmpdir(), 'isu-bank-'));
  readonly bank: BankMessages;
  readonly presenting: PresentingService;

  private constructor(readonly collection: Collection) {
    this.bank = this.messages();
    this.presenting = this.presentingWith({});
  }

  static async start(): Promise<DebitStage> {
    return new DebitStage(await Collection.start());
  }

  async close(): Promise<void> {
    await rm(this.folder, { recursive: true, force: true });
    await this.collection.close();
  }

  presentingWith(changes: Partial<ConstructorParameters<typeof PresentingService>[0]>): PresentingService {
    const { fresh, facts, clock, does } = this.collection;
    const details = { of: (accounts: readonly string[]) => Promise.resolve(this.among(accounts)) };
    return new PresentingService({ db: fresh.db, facts, clock, messages: does.messages, bank: this.bank, details, creditor, ...changes });
  }

  /** A monthly payer under a mandate, whose 2016 is called on 20 000 €: 9 320 €, of which 95 € of CFP in February; 9 225 € over eleven dates are 838 € each, 845 € in December. */
  async debited(changes: Partial<BankDetailsOfDebtor> = {}): Promise<string> {
    this.collection.on('2016-01-04');
    const account = await this.collection.register(undefined, { startedOn: '2010-01-01' });
    await this.callOn20000(account);
    const rum = `ISU-${account}-1`;
    await this.collection.hear('affiliation.mandate-signed.v1', [{ account, data: { rum, signedOn: '2016-01-04' } }]);
    const said = { version: 1, name: 'Chloé Dupont', iban: ibans[0], rum, ics: 'FR75ZZZ990000', signedOn: '2016-01-04' };
    this.details.set(account, { ...said, ...changes });
    return account;
  }

  private async callOn20000(number: string): Promise<void> {
    const { fresh, does } = this.collection;
    await fresh.db.query(
      `INSERT INTO income (fact, account, seq, year, kind, amount, source, declared_on)
       VALUES (gen_random_uuid(), $1, 0, 2014, 'declared', 20000, 'import', '2015-05-20')`,
      [number],
    );
    await fresh.db.transaction(async (tx) => {
      const account = (await lockAccounts(tx, [number])).get(number);
      if (!account) throw new Error('Whoever is called is open.');
      const call = { account, cause: null, correlation, years: [2016], civilYear: 2016, from: Day.of('2016-02-01') };
      await does.schedules.call(tx, [call]);
    });
  }

  async present(on: string, dueOn: string): Promise<DebitRun> {
    this.collection.on(on);
    return this.presenting.present(Day.of(dueOn), correlation);
  }

  /** Debited since January: the next debit is recurrent. */
  async debitedBefore(): Promise<string> {
    const account = await this.debited();
    await this.present('2016-01-29', '2016-02-05');
    await this.settle(account, '2016-02-05');
    return account;
  }

  /** The bank credits a debit on its day, as its notice says. */
  async settle(account: string, dueOn: string) {
    const [debit] = await this.debits(account, dueOn);
    if (!debit) throw new Error('Nothing was debited that day.');
    this.collection.on(debit.collectOn);
    const changes = { flow: 'bank/camt.054', means: 'direct-debit', valueOn: debit.collectOn, paymentReference: debit.reference } as const;
    return this.collection.pay(account, debit.amount, changes);
  }

  /** The bank takes a debit back. */
  async takeBack(account: string, dueOn: string, { on, reason }: { on: string; reason: string }): Promise<void> {
    const payment = await this.settle(account, dueOn);
    this.collection.on(on);
    await this.collection.takeBack(payment, { flow: 'bank/camt.054', reason });
  }

  /** The bank rejects a debit before it is due. */
  async reject(account: string, dueOn: string, { on, reason }: { on: string; reason: string }): Promise<void> {
    this.collection.on(on);
    const [debit] = await this.debits(account, dueOn);
    const data: FactData<'urssaf-sync.order-rejected.v1'> = {
      ...{ flow: 'bank/pain.002', batch: `R-${on}-${account}`, line: 1, order: 'debit', originalMessage: debit?.messageId ?? '', reason },
      ...{ originalPayment: debit?.partId ?? '', endToEnd: debit?.endToEnd ?? '' },
    };
    await this.collection.hear('urssaf-sync.order-rejected.v1', [{ account, data }]);
  }

  /** What was asked of the bank for an account, as it stands in the table. */
  async debits(account: string, dueOn?: string) {
    const rows: Record<'endToEnd' | 'dueOn' | 'collectOn' | 'amount' | 'sequence' | 'messageId' | 'partId' | 'instalments', string>[] =
      await this.collection.fresh.db.query(
        `SELECT d.end_to_end AS "endToEnd", d.due_on::text AS "dueOn", d.collect_on::text AS "collectOn", d.amount, d.sequence,
           d.message_id AS "messageId", d.part_id AS "partId",
           (SELECT string_agg(instalment || ' ' || b.amount, ', ' ORDER BY instalment) FROM debited_instalment b
            WHERE b.end_to_end = d.end_to_end) AS instalments
         FROM debit d WHERE account = $1 AND ($2::date IS NULL OR due_on = $2) ORDER BY due_on`,
        [account, dueOn ?? null],
      );
    return rows.map((row) => ({ ...row, amount: Money.of(row.amount).toString(), reference: this.referenceOf(row.endToEnd) }));
  }

  /** In one line each: `2016-05-05 RCUR 847 (2016-05 847.00)`. */
  async asked(account: string): Promise<string[]> {
    return (await this.debits(account)).map((debit) => `${debit.collectOn} ${debit.sequence} ${debit.amount} (${debit.instalments})`);
  }

  /** What of each due date is unpaid up to a day: `2016-05 847`. */
  async unpaid(account: string, through: string): Promise<string[]> {
    const rows: { id: string; amount: string }[] = await this.collection.fresh.db.query(
      'SELECT id, amount - paid AS amount FROM instalment WHERE account = $1 AND due_on <= $2 AND paid < amount ORDER BY id',
      [account, through],
    );
    return rows.map(({ id, amount }) => `${id} ${Money.of(amount).toString()}`);
  }

  async told(account: string): Promise<string[]> {
    const rows: { text: string }[] = await this.collection.fresh.db.query(
      `SELECT kind || ': ' || subject AS text FROM outgoing_message WHERE account = $1 AND kind ~ 'debit' ORDER BY written_on, kind`,
      [account],
    );
    return rows.map(({ text }) => text);
  }

  /** Every file laid for the bank, by name. */
  async laid(): Promise<Map<string, string>> {
    while (await this.bank.layNext());
    const names = (await readdir(this.folder)).sort();
    return new Map(await Promise.all(names.map(async (name) => [name, await readFile(join(this.folder, name), 'utf8')] as const)));
  }

  /** The transaction that a file has for a reference. */
  async written(endToEnd: string): Promise<string> {
    const all = [...(await this.laid()).values()].join('');
    return new RegExp(`<DrctDbtTxInf><PmtId><EndToEndId>${endToEnd}<.*?</DrctDbtTxInf>`).exec(all)?.[0] ?? '';
  }

  run(dueOn: string): Promise<DebitRun | undefined> {
    return findDebitRun(this.collection.fresh.db, Day.of(dueOn));
  }

  among(accounts: readonly string[]): Map<string, BankDetailsOfDebtor> {
    return new Map(accounts.flatMap((account) => (this.details.has(account) ? [[account, this.details.get(account)!]] : [])));
  }

  private referenceOf(endToEnd: string): string {
    for (const [, text] of this.files) {
      const found = new RegExp(`<EndToEndId>${endToEnd}<.*?<Ref>(RF\\w+)</Ref>`).exec(text)?.[1];
      if (found) return found;
    }
    return '';
  }

  private readonly files = new Map<string, string>();

  /** What the bank reads is what is laid: kept beside, as a bank would. */
  private messages(): BankMessages {
    const { fresh, clock } = this.collection;
    const folder = new BankFolder(this.folder);
    const outbox = { lay: (name: string, content: string) => folder.lay(name, content) };
    const bank = new BankMessages({
      db: fresh.db,
      clock,
      protection: new FieldProtection(KeyRing.parse(KeyRing.generate()), clock),
      outbox,
    });
    const keep = bank.keep.bind(bank);
    bank.keep = async (tx, message, content) => {
      this.files.set(message.messageId, content);
      return keep(tx, message, content);
    };
    return bank;
  }
}
