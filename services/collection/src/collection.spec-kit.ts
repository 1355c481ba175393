import { holdingFundMigration, jobMigration, KnownFlows, personKeyMigration } from '@isu/chassis';
import type { Fact, FactData, FactType } from '@isu/contracts';
import { nextToClose } from '@isu/ledger';
import { FactStore, messagingMigrations, type FactHandler } from '@isu/messaging';
import { FactPen, FakeClock, freshDatabase, sequentialIds, silentLogger, type FreshDatabase } from '@isu/testing';
import { AccountNumber, Day, Money } from '@isu/values';
import type { EntityManager } from 'typeorm';
import { subscriptions } from './inbox.js';
import { collectionMigrations } from './migrations/all.js';
import { useCases } from './use-cases.js';

type Registered = FactData<'affiliation.registered.v1'>;
type Reported = FactData<'urssaf-sync.payment-reported.v1'>;
type Taken = FactData<'urssaf-sync.reversal-reported.v1'>;

/** Collection on a real database, told of the world by facts as its consumer tells it, without a bus. */
export class Collection {
  readonly clock = new FakeClock('2016-05-20');
  readonly facts: FactStore;
  readonly does: ReturnType<typeof useCases>;
  private readonly newId = sequentialIds(7);
  private readonly pen = new FactPen(this.newId);
  private opened = 0;
  private references = 0;

  private constructor(readonly fresh: FreshDatabase) {
    this.facts = new FactStore('collection', this.clock, { newId: sequentialIds(1) });
    const flows = new KnownFlows(this.facts);
    this.does = useCases({ db: fresh.db, facts: this.facts, flows, clock: this.clock, log: silentLogger });
  }

  static async start(): Promise<Collection> {
    return new Collection(
      await freshDatabase([...messagingMigrations, jobMigration, holdingFundMigration, personKeyMigration, ...collectionMigrations], {
        schema: 'collection',
      }),
    );
  }

  close(): Promise<void> {
    return this.fresh.close();
  }

  on(day: string): this {
    this.clock.setDay(day);
    return this;
  }

  nextAccount(fund = '13'): string {
    this.opened += 1;
    return AccountNumber.make(fund, this.opened).toString();
  }

  /** A fact of another author, kept in the store and handed over in one transaction, as the inbox does. */
  async hear<T extends FactType>(type: T, said: readonly { account: string; data: FactData<T> }[]): Promise<Fact<T>[]> {
    return this.fresh.db.transaction(async (tx) => {
      const facts = await this.keep(tx, type, said);
      await this.handlerOf(type)(tx, facts);
      return facts;
    });
  }

  /** Facts of others enter the store, as the inbox lets them in before it hands them over. */
  async keep<T extends FactType>(tx: EntityManager, type: T, said: readonly { account: string; data: FactData<T> }[]): Promise<Fact<T>[]> {
    const facts = said.map(({ account, data }) => this.written(type, account, data));
    await tx.query(
      `INSERT INTO fact (author, stream, seq, id, type, envelope, digest, position, effective_on, recorded_at, received_at)
       SELECT author, subject, seq, id, type, envelope, digest, 1, effectiveon, time, $2
       FROM json_to_recordset($1) AS n (author text, subject text, seq bigint, id uuid, type text, envelope json, digest text,
         effectiveon date, time timestamptz)`,
      [
        JSON.stringify(facts.map((fact) => ({ ...fact, author: fact.source.slice('/isu/'.length), envelope: fact, digest: fact.id }))),
        this.clock.recordedAt(),
      ],
    );
    return facts;
  }

  async register(account = this.nextAccount(), changes: Partial<Registered> = {}): Promise<string> {
    const data = {
      group: 'commercant' as const,
      regime: 'common' as const,
      startedOn: '2013-01-01',
      fund: account.slice(0, 2),
      ...changes,
    };
    await this.hear('affiliation.registered.v1', [{ account, data }]);
    return account;
  }

  async declare(account: string, year: number, amount: string) {
    const declared = { year, amount: Money.of(amount), kind: 'declared' as const, source: 'portal' };
    return this.fresh.db.transaction((tx) => this.does.incomes.declare(tx, account, declared, { cause: null, correlation: undefined }));
  }

  async pay(account: string, amount: string, changes: Partial<Reported> = {}): Promise<Fact<'urssaf-sync.payment-reported.v1'>> {
    const [fact] = await this.hear('urssaf-sync.payment-reported.v1', [{ account, data: this.report(amount, changes) }]);
    return fact as Fact<'urssaf-sync.payment-reported.v1'>;
  }

  report(amount: string, changes: Partial<Reported> = {}): Reported {
    this.references += 1;
    const reference = `URS-${String(this.references).padStart(6, '0')}`;
    const place = { flow: 'urssaf/payments', batch: '1', line: this.references + 1, partnerReference: reference };
    return { ...place, amount, valueOn: this.clock.today().iso, means: 'transfer', ...changes };
  }

  async takeBack(payment: Fact<'urssaf-sync.payment-reported.v1'>, changes: Partial<Taken> = {}): Promise<void> {
    await this.hear('urssaf-sync.reversal-reported.v1', [{ account: payment.subject, data: this.reversalOf(payment, changes) }]);
  }

  reversalOf({ data }: { data: Reported }, changes: Partial<Taken> = {}): Taken {
    this.references += 1;
    const place = { flow: 'urssaf/payments', batch: '2', line: this.references + 1, partnerReference: `REV-${this.references}` };
    return { ...place, reverses: data.partnerReference, amount: data.amount, valueOn: this.clock.today().iso, reason: 'AM04', ...changes };
  }

  /** What this service said of an account. */
  async saidOf(account: string): Promise<Fact[]> {
    return (await this.facts.factsOf(this.fresh.db, account)).filter(({ source }) => source === '/isu/collection');
  }

  async saidOfType<T extends FactType>(account: string, type: T): Promise<Fact<T>[]> {
    return (await this.saidOf(account)).filter((fact): fact is Fact<T> => fact.type === type);
  }

  /** Closes every day that is still open, up to this one. */
  async closeDaysThrough(day: string): Promise<void> {
    const last = Day.of(day);
    for (;;) {
      const next = Day.of(await nextToClose(this.fresh.db.manager, last));
      if (next.isAfter(last)) return;
      await this.does.days.close(next, { correlation: this.newId(), askedBy: null });
      if (next.equals(last)) return;
    }
  }

  written<T extends FactType>(type: T, account: string, data: FactData<T>): Fact<T> {
    return this.pen.write({ type, stream: account, data, effectiveOn: this.clock.today().iso, time: this.clock.recordedAt() });
  }

  private handlerOf<T extends FactType>(type: T): FactHandler<T> {
    const handler = subscriptions(this.does)[type];
    if (!handler) throw new Error(`Collection does not hear ${type}.`);
    return handler as FactHandler<T>;
  }
}
