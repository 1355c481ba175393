import type { BusinessClock } from '@isu/values';
import { lagByTopic, type Lane, type LaneProgress, type Subscription } from './bus.js';
import { laneName, type CursorMove, type EmbeddedLog, type LaneLag, type LaneName, type Stretch } from './embedded-log.js';
import type { Failpoints } from './failpoints.js';
import { Gathering, notBegun } from './gathering.js';
import { raiseAlarm, type Logger } from './observation.js';
import { faultFields } from './trouble.js';
import type { RightOfWay } from './right-of-way.js';
import { Turnstile } from './turnstile.js';
import { Wakeup } from './wakeup.js';

/** What a test may make of a bus that promises little: seeded, it delays lanes, hands over less, and delivers again. */
export interface Turbulence {
  /** Before a lane runs. */
  delay(lane: string): Promise<void>;
  /** How many facts to hand over, at most `limit`. */
  take(limit: number): number;
  /** True: what was settled just now is delivered once more, as after a crash before the offset was committed. */
  repeats(lane: string): boolean;
}

export const calm: Turbulence = { delay: () => Promise.resolve(), take: (limit) => limit, repeats: () => false };

export interface ReaderSettings {
  store: EmbeddedLog;
  clock: BusinessClock;
  log: Logger;
  failpoints: Failpoints;
  turbulence: Turbulence;
  way: RightOfWay;
  pollMs: number;
  runLength: number;
  lanesAtOnce: number;
  isConnected: () => boolean;
}

/** A member that broke its word and threw: its lane waits this long. */
const afterThrowMs = 1_000;

interface Member {
  readonly lane: Lane;
  readonly abort: AbortController;
  readonly working: Set<Promise<unknown>>;
}

/** All subscriptions of one consumer: one loop a partition, each run handed to one member. */
export class ReaderGroup {
  lastProgressAt: Date | null = null;
  private readonly members: Member[] = [];
  private readonly loops = new Map<string, { wakeup: Wakeup; ended: Promise<void> }>();
  private readonly paused = new Set<string>();
  private readonly lags = new Map<string, number>();
  private readonly turnstile: Turnstile;
  private readonly reads: Gathering<{ lane: LaneName; limit: number }, ReadonlyMap<string, Stretch>>;
  private readonly moves: Gathering<CursorMove>;
  private stopping = false;

  constructor(
    readonly consumer: string,
    private readonly settings: ReaderSettings,
  ) {
    this.turnstile = new Turnstile(settings.lanesAtOnce);
    const { store } = settings;
    this.reads = new Gathering(
      (asked) =>
        store.read(
          consumer,
          asked.map(({ lane }) => lane),
          Math.max(...asked.map(({ limit }) => limit)),
        ),
      sideBySide,
    );
    this.moves = new Gathering((moves) => store.moveCursors(consumer, moves), sideBySide);
  }

  get pausedLanes(): string[] {
    return [...this.paused].map((lane) => `${this.consumer} ${lane}`);
  }

  get lag(): number {
    return [...this.lags.values()].reduce((sum, lag) => sum + lag, 0);
  }

  get lagByTopic(): Readonly<Record<string, number>> {
    return lagByTopic([...this.loops.keys()].map((lane) => [lane, this.lags.get(lane) ?? 0]));
  }

  join(lane: Lane, lanes: readonly LaneName[]): Subscription {
    const member: Member = { lane, abort: new AbortController(), working: new Set() };
    this.members.push(member);
    for (const name of lanes) this.open(name);
    return { stop: () => this.leave(member) };
  }

  /** Facts were added there. */
  wake(lanes: readonly LaneName[]): void {
    for (const lane of lanes) this.loops.get(laneName(lane))?.wakeup.nudge();
  }

  /** What the poll saw: the lanes that are not at their end. */
  behind(lanes: readonly LaneLag[]): void {
    this.lags.clear();
    for (const lane of lanes) this.lags.set(laneName(lane), lane.lag);
    this.wake(lanes);
  }

  async stop(): Promise<void> {
    this.stopping = true;
    for (const member of [...this.members]) member.abort.abort();
    for (const { wakeup } of this.loops.values()) wakeup.nudge();
    await Promise.all([...this.loops.values()].map(({ ended }) => ended));
  }

  private async leave(member: Member): Promise<void> {
    member.abort.abort();
    const index = this.members.indexOf(member);
    if (index >= 0) this.members.splice(index, 1);
    await Promise.allSettled([...member.working]);
    for (const { wakeup } of this.loops.values()) wakeup.nudge();
  }

  private open(lane: LaneName): void {
    const name = laneName(lane);
    const known = this.loops.get(name);
    if (known) known.wakeup.nudge();
    else {
      const wakeup = new Wakeup();
      this.loops.set(name, { wakeup, ended: this.loop(lane, wakeup) });
    }
  }

  private async loop(lane: LaneName, wakeup: Wakeup): Promise<void> {
    wakeup.nudge();
    for (;;) {
      // Woken by a publication, by the poll of the bus, or by a member that comes or goes.
      await wakeup.wait(idleMs);
      while (!this.stopping && (await this.turnstile.pass(() => this.settings.way.pass(() => this.runOnce(lane)))))
        await this.pauseIfAsked(lane, wakeup);
      if (this.stopping) return;
    }
  }

  private readonly retryInMs = new Map<string, number>();

  private async pauseIfAsked(lane: LaneName, wakeup: Wakeup): Promise<void> {
    const name = laneName(lane);
    const ms = this.retryInMs.get(name);
    if (ms === undefined) return;
    this.retryInMs.delete(name);
    this.paused.add(name);
    const until = performance.now() + ms;
    while (!this.stopping && performance.now() < until) await wakeup.wait(until - performance.now());
    this.paused.delete(name);
  }

  /** Reads, hands over, moves the cursor. False when there is nothing to do for now. */
  private async runOnce(lane: LaneName): Promise<boolean> {
    const { turbulence, runLength, isConnected } = this.settings;
    const member = this.members[lane.partition % this.members.length];
    if (!member || this.stopping || !isConnected()) return false;
    // A member that leaves waits for what it was given, from the moment it is given.
    const work = this.deliver(lane, member, turbulence.take(runLength));
    member.working.add(work);
    try {
      return await work;
    } catch (fault) {
      this.settings.log.warn(
        { consumer: this.consumer, lane: laneName(lane), ...faultFields(fault) },
        'The embedded bus could not read or move a cursor',
      );
      return false;
    } finally {
      member.working.delete(work);
    }
  }

  private async deliver(lane: LaneName, member: Member, limit: number): Promise<boolean> {
    const { failpoints, turbulence, clock } = this.settings;
    const name = laneName(lane);
    await turbulence.delay(name);
    const stretch = await this.read(lane, limit, member.abort.signal);
    if (!stretch || member.abort.signal.aborted) return false;
    const { done, retryInMs } = await this.handOver(stretch, member);
    if (retryInMs !== undefined) this.retryInMs.set(name, retryInMs);
    const last = stretch.facts[done - 1];
    if (!last) return retryInMs !== undefined;
    await failpoints.reach('committed-before-offset');
    this.lastProgressAt = clock.now();
    if (turbulence.repeats(name)) return true;
    await this.moves.join([{ lane, from: stretch.from, to: String(BigInt(last.offset) + 1n) }], unstoppable);
    // A read that was not filled has seen the end; whoever adds facts after it wakes the lane.
    return stretch.facts.length >= limit || done < stretch.facts.length;
  }

  private async read(lane: LaneName, limit: number, signal: AbortSignal): Promise<Stretch | null> {
    const read = await this.reads.join([{ lane, limit }], signal);
    const stretch = read === notBegun ? undefined : read.get(laneName(lane));
    return stretch ? { from: stretch.from, facts: stretch.facts.slice(0, limit) } : null;
  }

  private async handOver({ facts }: Stretch, member: Member): Promise<LaneProgress> {
    try {
      return await member.lane(facts, member.abort.signal);
    } catch (fault) {
      raiseAlarm(this.settings, 'lane-broken', {
        fields: { consumer: this.consumer, ...faultFields(fault) },
        message: 'A lane threw; it is tried again',
      });
      return { done: 0, retryInMs: afterThrowMs };
    }
  }
}

/** How lanes share their reads and moves: one of each at a time for all that come meanwhile, a second where one takes long. */
const sideBySide = { itemsAtOnce: 64, transactionsAtOnce: 2, patienceMs: 250 };
/** What was settled is said to be settled, whoever leaves. */
const unstoppable = new AbortController().signal;

/** Only a backstop: the bus polls for all lanes at once and wakes those that are behind. */
const idleMs = 60_000;
