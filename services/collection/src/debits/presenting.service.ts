import { asLeader, heldByNobody, type Held, type OutgoingMessages } from '@isu/chassis';
import { draft, type FactDraft } from '@isu/contracts';
import type { FactStore } from '@isu/messaging';
import { clockOf, Day, Money, type BusinessClock } from '@isu/values';
import type { DataSource, EntityManager } from 'typeorm';
import { lockAccounts } from '../accounts/account.table.js';
import type { BankMessages } from '../bank-messages/bank-messages.service.js';
import { refuse } from '../refusals.js';
import type { Creditor } from '../sepa/direct-debits.js';
import { decideDebit, type BankDetailsOfDebtor, type DebitDecision } from './debit.js';
import { notDebitedMessage } from './debit-letters.js';
import { isWritable, writeDebits, type DebitToWrite } from './debit-message.js';
import { dueDatesPresentedOn, presentationDay } from './debit-parameters.js';
import { beginDebitRun, emptyRun, findDebitRun, saveDebitRun, type DebitRun } from './debit-run.table.js';
import {
  accountsToDebit,
  forgetNotDebited,
  insertDebits,
  leftByOnlinePayments,
  noteNotDebited,
  partsDue,
  type NotDebited,
  type PresentedDebit,
} from './debit.table.js';
import type { DebtorDetails } from './debtor-details.js';
import { debtorsOf, rememberUse } from './debtor.table.js';

interface Parts {
  readonly db: DataSource;
  readonly facts: FactStore;
  readonly clock: BusinessClock;
  readonly messages: OutgoingMessages;
  readonly bank: BankMessages;
  readonly details: DebtorDetails;
  /** Null where nobody has said to which account the money goes. */
  readonly creditor: Omit<Creditor, 'ics'> | null;
  /** At most so many debits in a message, and in a transaction. */
  readonly debitsAMessage?: number;
}

/** A step of a run, and what it rests on. */
interface Step {
  readonly run: DebitRun;
  readonly correlation: string;
  readonly numbers: readonly string[];
  readonly details: ReadonlyMap<string, BankDetailsOfDebtor>;
}

interface Decided {
  readonly account: string;
  readonly decision: DebitDecision;
}

/** Hands over to the bank what falls due by direct debit (F32): each due date once, whatever dies meanwhile. */
export class PresentingService {
  constructor(private readonly parts: Parts) {}

  /**
   * Presents the debits of a due date whose day of presentation has come. In transactions of a message each: the debits, what is said of
   * them, the sealed message and how far the run has come. Killed, it goes on from there; run again, it finds what has come since.
   */
  async present(dueOn: Day, correlation: string, held: Held = heldByNobody): Promise<DebitRun> {
    const { db, clock, creditor } = this.parts;
    if (creditor === null) throw refuse('creditor-account-unknown');
    const from = presentationDay('FRST', dueOn);
    if (clock.today().isBefore(from)) throw refuse('debit-day-to-come', { dueOn, from });
    const nothingToDo = async (): Promise<DebitRun | null> => {
      const known = await findDebitRun(db, dueOn);
      return known?.endedAt !== null && (await this.next(dueOn, '', 1)).length === 0 ? (known ?? emptyRun(dueOn, clock.now())) : null;
    };
    const carryOut = async (): Promise<DebitRun> => {
      let run = await beginDebitRun(db, dueOn, clock.now());
      while (run.endedAt === null) run = await this.step(run, correlation, held);
      return run;
    };
    // Where nothing is to be done, nothing is written and nobody takes the lead: most days are nobody's due date.
    const done =
      (await nothingToDo()) ?? (await asLeader(db, 'collection:debit-run', async () => (await nothingToDo()) ?? (await carryOut())));
    if (!done) throw refuse('run-under-way');
    return done;
  }

  /** The due dates of which something is to be handed over today: by the days of the bank, and where an online payment has come to nothing since. */
  async dueDatesOn(today: Day): Promise<Day[]> {
    const byTheirDays = dueDatesPresentedOn(today);
    const left = await leftByOnlinePayments(this.parts.db, today.minusMonths(1));
    return [...byTheirDays, ...left.filter((day) => !byTheirDays.some((other) => other.equals(day)))];
  }

  private async step(run: DebitRun, correlation: string, held: Held): Promise<DebitRun> {
    const { db, clock, details, debitsAMessage: limit = 5_000 } = this.parts;
    const numbers = await this.next(run.dueOn, run.doneThrough, limit);
    // Asked before the transaction: nothing waits for another service with rows locked.
    const asked = numbers.length === 0 ? new Map<string, BankDetailsOfDebtor>() : await details.of(numbers, correlation);
    return db.transaction(async (tx) => {
      await held(tx);
      const after =
        numbers.length === 0
          ? { ...run, endedAt: clockOf(tx, clock).now() }
          : await this.presentSome(tx, { run, correlation, numbers, details: asked });
      await saveDebitRun(tx, after);
      return after;
    });
  }

  private next(dueOn: Day, after: string, limit: number): Promise<string[]> {
    const firstOnly = this.parts.clock.today().isBefore(presentationDay('RCUR', dueOn));
    return accountsToDebit(this.parts.db, { dueOn, after, limit, firstOnly });
  }

  private async presentSome(tx: EntityManager, step: Step): Promise<DebitRun> {
    const { run, numbers } = step;
    const decided = await this.decide(tx, step);
    const toWrite = decided.flatMap(({ account, decision }): DebitToWrite[] => {
      const its = step.details.get(account);
      return decision.kind === 'debit' && its ? [{ account, debit: decision, details: its }] : [];
    });
    const [writable, unwritable] = [toWrite.filter(isWritable), toWrite.filter((each) => !isWritable(each))];
    const notDebited = [
      ...decided.flatMap(({ account, decision }) => (decision.kind === 'not-debited' ? [{ account, ...decision }] : [])),
      ...unwritable.map(({ account, debit: { amount } }) => ({ account, obstacle: 'unwritable' as const, amount })),
    ].map(({ account, obstacle, amount }): NotDebited => ({ account, dueOn: run.dueOn, obstacle, amount }));
    if (writable.length > 0) await this.write(tx, step, writable);
    await this.tellNotDebited(tx, step, notDebited);
    return {
      ...run,
      doneThrough: numbers.at(-1) ?? run.doneThrough,
      seen: run.seen + numbers.length,
      presented: run.presented + writable.length,
      amount: run.amount.plus(Money.sum(writable.map(({ debit }) => debit.amount))),
      messages: run.messages + (writable.length > 0 ? 1 : 0),
    };
  }

  /** On what stands once the accounts are locked: what was paid or ended since they were chosen counts. */
  private async decide(tx: EntityManager, { run: { dueOn }, numbers, details }: Step): Promise<Decided[]> {
    const accounts = await lockAccounts(tx, numbers);
    const [due, debtors] = [await partsDue(tx, numbers, dueOn), await debtorsOf(tx, numbers)];
    const today = clockOf(tx, this.parts.clock).today();
    return numbers.flatMap((number) => {
      const [account, debtor] = [accounts.get(number), debtors.get(number)];
      if (!account || !debtor) return [];
      const its = { account, debtor, details: details.get(number), due: due.get(number) ?? [], dueOn, today };
      return [{ account: number, decision: decideDebit(its) }];
    });
  }

  private async write(tx: EntityManager, { run, correlation }: Step, debits: readonly DebitToWrite[]): Promise<void> {
    const { clock, creditor, bank, facts } = this.parts;
    if (creditor === null) throw refuse('creditor-account-unknown');
    const messageId = `ISU-PRLV-${run.dueOn.iso.replaceAll('-', '')}-${String(run.messages + 1).padStart(4, '0')}`;
    const written = await writeDebits(debits, { messageId, createdAt: clockOf(tx, clock).recordedAt().slice(0, 19), creditor });
    await bank.keep(tx, { messageId, dueOn: run.dueOn, count: written.count, total: written.total }, written.content);
    const presented = debits.map(({ account, debit, details }): PresentedDebit => {
      const { kind: _, ...its } = debit;
      const where = { messageId, partId: written.partOf.get(debit.endToEnd) ?? '' };
      return { ...its, account, dueOn: run.dueOn, rum: details.rum ?? '', ...where, presentedOn: clockOf(tx, clock).today() };
    });
    await insertDebits(tx, presented);
    await rememberUse(tx, debits.map(({ account, details }) => ({ account, rum: details.rum ?? '', version: details.version }))); // prettier-ignore
    await forgetNotDebited(tx, debits.map(({ account }) => account), run.dueOn); // prettier-ignore
    await facts.publish(tx, presented.map((debit) => debitPresented(debit, correlation))); // prettier-ignore
  }

  private async tellNotDebited(tx: EntityManager, { run, correlation }: Step, notes: readonly NotDebited[]): Promise<void> {
    const { clock, messages } = this.parts;
    const fresh = await noteNotDebited(tx, notes, clockOf(tx, clock).today());
    const written = { writtenOn: clockOf(tx, clock).today(), correlation };
    await messages.write(tx, fresh.flatMap((note) => notDebitedMessage(note, { ...written, dueOn: run.dueOn }) ?? [])); // prettier-ignore
  }
}

function debitPresented(
  { account, endToEnd, messageId, collectOn, amount, sequence, rum, parts, presentedOn }: PresentedDebit,
  correlation: string,
): FactDraft {
  return draft({
    ...{ stream: account, type: 'collection.debit-presented.v1', effectiveOn: presentedOn.iso, correlation },
    data: {
      ...{ endToEnd, message: messageId, collectOn: collectOn.iso, amount: amount.toString(), sequence, rum },
      instalments: parts.map((part) => ({ instalment: part.instalment, amount: part.amount.toString() })),
    },
  });
}
