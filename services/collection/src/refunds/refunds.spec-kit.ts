import { Ledger } from '@isu/ledger';
import { sequentialIds, silentLogger } from '@isu/testing';
import { Day, Iban, Money } from '@isu/values';
import type { EntityManager } from 'typeorm';
import type { Collection } from '../collection.spec-kit.js';
import type { BankDetailsOfDebtor } from '../debits/debit.js';
import { RefundRunService } from './refund-run.service.js';

const ourIban = Iban.of('FR7630006000011234567890189');
const someIban = 'DE89370400440532013000';
const correlation = '01890000-0000-7000-8000-0000000000f5';

/** What affiliation answers and what the bank is sent, around a collection on a real database. */
export class BankOfSpec {
  /** By account, the version of the bank details; nobody has any before they are given. */
  readonly versions = new Map<string, number>();
  readonly sent: { messageId: string; executeOn: string; count: number; total: string; content: string }[] = [];
  private failing = 0;
  private readonly service: RefundRunService;

  constructor(private readonly collection: Collection) {
    const { fresh, facts, clock, does } = collection;
    this.service = new RefundRunService({
      ...{ db: fresh.db, facts, clock, ledger: new Ledger(clock), refunds: does.refunds, log: silentLogger, atATime: 2 },
      debtor: { name: 'Urssaf pour le RSI', iban: ourIban },
      details: { of: (accounts) => Promise.resolve(new Map(accounts.flatMap((account) => this.detailsOf(account)))) },
      bank: { keep: (tx, message, content) => this.keep(tx, message, content) },
    });
  }

  has(account: string, version = 1): this {
    this.versions.set(account, version);
    return this;
  }

  /** The next messages are lost with the transaction that keeps them, as when the process is killed there. */
  failsOnce(): this {
    this.failing = 1;
    return this;
  }

  /** A day's run, step by step, each in a transaction. */
  run(day: string) {
    this.collection.on(day);
    const step = <A>(work: (tx: EntityManager) => Promise<A>): Promise<A> => this.collection.fresh.db.transaction(work);
    return this.service.runFor({ correlation, step });
  }

  private detailsOf(account: string): [string, BankDetailsOfDebtor][] {
    const version = this.versions.get(account);
    return version === undefined
      ? []
      : [[account, { version, name: 'Chloé Dupont', iban: someIban, rum: null, ics: null, signedOn: null }]];
  }

  private keep(
    _: EntityManager,
    { messageId, dueOn, count, total }: { messageId: string; dueOn: Day; count: number; total: Money },
    content: string,
  ) {
    if (this.failing > 0) {
      this.failing -= 1;
      return Promise.reject(new Error('killed'));
    }
    this.sent.push({ messageId, executeOn: dueOn.iso, count, total: total.toString(), content });
    return Promise.resolve(sequentialIds(9)());
  }
}
