import type { Author } from '@isu/contracts';
import type { BusinessClock } from '@isu/values';
import type pg from 'pg';
import type { DataSource } from 'typeorm';
import { retryDelayMs, type ConsumerPace } from './consumer-pace.js';
import { lockCursors } from './cursors.js';
import { answerOf, read, type Arrival } from './delivery.js';
import { ForkFound, type Inbox } from './inbox.js';
import { Leadership } from './leadership.js';
import { raiseAlarm, type Observer } from './observation.js';
import type { Peers } from './peers.js';
import {
  clearOvertaken,
  hasAsides,
  recordFailedTry,
  removeAsides,
  waitingHeads,
  waitingRun,
  waitsForSomebody,
  type WaitingHead,
} from './set-aside.js';
import { causeText, faultFields, isPassingTrouble } from './trouble.js';
import { Wakeup } from './wakeup.js';

export interface RetryWorkerSettings extends Observer {
  consumer: string;
  inbox: Inbox;
  db: DataSource;
  connection: pg.ClientConfig;
  peers: Peers;
  clock: BusinessClock;
  pace: ConsumerPace;
}

/** An author is asked for so many missing facts at a time. */
const factsPerQuestion = 500;

/**
 * Looks after the streams that wait: fills gaps from their author, tries failed facts again, and lets what waited behind them
 * follow in order. One worker of a consumer works at a time; two would only repeat each other, for the cursor decides.
 */
export class RetryWorker {
  private readonly wakeup = new Wakeup();
  private running: Promise<void> | null = null;
  private stopping = false;
  private leadership: Leadership | null = null;
  /** Authors that did not answer in this look: asked once, not once for every stream that waits for them. */
  private readonly silent = new Set<Author>();

  constructor(private readonly settings: RetryWorkerSettings) {}

  start(): void {
    this.running ??= this.run();
  }

  nudge(): void {
    this.wakeup.nudge();
  }

  async stop(): Promise<void> {
    this.stopping = true;
    this.wakeup.nudge();
    await this.running;
  }

  private async run(): Promise<void> {
    const { consumer, log, pace } = this.settings;
    while (!this.stopping) {
      try {
        if (await this.leads()) await this.look();
      } catch (fault) {
        log.warn({ consumer, ...faultFields(fault) }, 'The retry worker could not work; it starts again');
      }
      if (!this.stopping) await this.wakeup.wait(pace.retryPollMs);
    }
    await this.leadership?.resign();
  }

  private async leads(): Promise<boolean> {
    if (this.leadership?.isHeld) return true;
    this.leadership = await Leadership.tryTake(this.settings.connection, `retries of ${this.settings.consumer}`);
    return this.leadership !== null;
  }

  private async look(): Promise<void> {
    const { db, consumer } = this.settings;
    // Most of the time nothing is, and one question says so.
    if (!(await hasAsides(db, consumer))) return;
    const forks = await db.transaction((tx) => clearOvertaken(tx, consumer));
    if (forks > 0)
      raiseAlarm(this.settings, 'fork', { fields: { consumer, forks }, message: 'What was set aside differs from what was applied' });
    this.silent.clear();
    for (const head of await waitingHeads(db, consumer)) {
      if (this.stopping) return;
      if (this.isDue(head)) await this.moveOn(head);
    }
  }

  private isDue({ author, seq, lastSeq, state, nextTryAt }: WaitingHead): boolean {
    const timeHasCome = nextTryAt === null || isOver(nextTryAt, this.settings);
    const isNext = seq === lastSeq + 1;
    if (!isNext) return timeHasCome && !this.silent.has(author);
    return !waitsForSomebody(state) && (state !== 'retrying' || timeHasCome);
  }

  /** Brings one stream as far as it goes. */
  private async moveOn(due: WaitingHead): Promise<void> {
    for (
      let head: WaitingHead | undefined = due;
      head && !this.stopping;
      [head] = await waitingHeads(this.settings.db, this.settings.consumer, head)
    ) {
      if (head.seq > head.lastSeq + 1) {
        if (!(await this.fillGap(head))) return;
      } else if (waitsForSomebody(head.state) || !(await this.tryRun(head))) return;
    }
  }

  /** Asks the author for what is missing below the head. True when the cursor came nearer. */
  private async fillGap(head: WaitingHead): Promise<boolean> {
    const { author, stream, lastSeq, seq } = head;
    try {
      const toSeq = Math.min(seq - 1, lastSeq + factsPerQuestion);
      const texts = await this.ask(author, () => this.settings.peers.factsOf(author, stream, lastSeq + 1, toSeq));
      const answers = texts.map((text, index) => answerOf(author, stream, { text, number: lastSeq + 1 + index }));
      if (answers.length > 0) await this.takeIn(answers);
      const [after] = await waitingHeads(this.settings.db, this.settings.consumer, head);
      if (!after || after.lastSeq > lastSeq || after.seq < seq) return true;
      throw new Error(`${author} does not give the facts from ${lastSeq + 1} to ${seq - 1}`);
    } catch (fault) {
      await this.postponeGap(head, fault);
      return false;
    }
  }

  private async ask<T>(author: Author, question: () => Promise<T>): Promise<T> {
    try {
      return await question();
    } catch (fault) {
      this.silent.add(author);
      throw fault;
    }
  }

  private async takeIn(arrivals: readonly Arrival[]): Promise<void> {
    const { db, inbox, pace, clock } = this.settings;
    const answers = arrivals.map(read);
    try {
      await db.transaction((tx) => inbox.settle(tx, answers));
      return;
    } catch (fault) {
      if (isPassingTrouble(fault)) throw fault;
    }
    for (const answer of answers) {
      try {
        await db.transaction((tx) => inbox.settle(tx, [answer]));
      } catch (fault) {
        if (isPassingTrouble(fault)) throw fault;
        const nextTryAt = new Date(clock.now().getTime() + retryDelayMs(pace, 1));
        const failure = { isFork: fault instanceof ForkFound, attempts: 1, nextTryAt, error: causeText(fault) };
        await db.transaction((tx) => inbox.setAsideFailed(tx, answer, failure));
        return;
      }
    }
  }

  /** A gap is never parked: however long its author was away, the stream goes on by itself when it is back (I10). */
  private async postponeGap(head: WaitingHead, fault: unknown): Promise<void> {
    const { db, consumer, clock, pace } = this.settings;
    const attempts = head.attempts + 1;
    const nextTryAt = new Date(clock.now().getTime() + retryDelayMs(pace, attempts));
    await recordFailedTry(db, { consumer, origin: head.origin }, { attempts, state: head.state, nextTryAt, error: causeText(fault) });
    const fields = { consumer, author: head.author, missing: head.seq - 1 - head.lastSeq, attempts, ...faultFields(fault) };
    if (attempts === pace.triesBeforeAlarm)
      raiseAlarm(this.settings, 'gap-persists', { fields, message: 'An author does not give missing facts' });
    else this.settings.log.warn(fields, 'Missing facts could not be had yet');
  }

  /** Applies what stands next, as a set, else one by one up to the first that fails. True when all went well. */
  private async tryRun(head: WaitingHead): Promise<boolean> {
    const { db, consumer, pace } = this.settings;
    const run = await waitingRun(db, consumer, { head, limit: pace.factsPerRun });
    try {
      await this.settleAsides(head, run);
      return true;
    } catch (fault) {
      if (isPassingTrouble(fault)) throw fault;
      if (run.length === 1) return this.recordFailure(head, run[0], fault);
    }
    for (const arrival of run) {
      try {
        await this.settleAsides(head, [arrival]);
      } catch (fault) {
        if (isPassingTrouble(fault)) throw fault;
        return this.recordFailure(head, arrival, fault);
      }
    }
    return true;
  }

  /** The cursor is locked first, as lanes do: whoever comes second waits instead of meeting in a circle. */
  private async settleAsides(head: WaitingHead, run: readonly Arrival[]): Promise<void> {
    const { db, consumer, inbox } = this.settings;
    await db.transaction(async (tx) => {
      await lockCursors(tx, consumer, [head]);
      await removeAsides(
        tx,
        consumer,
        run.map(({ origin }) => origin),
      );
      await inbox.settle(tx, run.map(read));
    });
  }

  private async recordFailure(head: WaitingHead, arrival: Arrival | undefined, fault: unknown): Promise<false> {
    const { db, consumer, clock, pace, log } = this.settings;
    if (!arrival) return false;
    const attempts = (arrival.origin === head.origin ? head.attempts : 0) + 1;
    const parked = attempts >= pace.triesBeforeAlarm;
    const nextTryAt = parked ? null : new Date(clock.now().getTime() + retryDelayMs(pace, attempts));
    await recordFailedTry(
      db,
      { consumer, origin: arrival.origin },
      { attempts, state: parked ? 'parked' : 'retrying', nextTryAt, error: causeText(fault) },
    );
    const correlation = read(arrival).fact?.correlation;
    const fields = { consumer, origin: arrival.origin, correlation, attempts, ...faultFields(fault) };
    if (parked)
      raiseAlarm(this.settings, 'parked', {
        fields,
        message: 'A fact is parked: its handler fails every time; its stream waits for somebody',
      });
    else log.warn(fields, 'A fact set aside failed again');
    return false;
  }
}

/** What lies further ahead than any wait was written by a clock that has been set right since: nothing is held up for its sake. */
function isOver(nextTryAt: Date, { clock, pace }: Pick<RetryWorkerSettings, 'clock' | 'pace'>): boolean {
  const leftMs = nextTryAt.getTime() - clock.now().getTime();
  return leftMs <= 0 || leftMs > Math.max(...pace.retryDelaysMs);
}
