import type { Lane, Subscription } from './bus.js';
import { KafkaLanes, type FetchedLane, type KafkaLanesSettings } from './kafka-lanes.js';
import type { KafkaPace } from './kafka-settings.js';
import { raiseAlarm } from './observation.js';
import { faultFields } from './trouble.js';
import { pause } from './wakeup.js';

/** What a member of a consumer group hears from the client. */
export interface GroupMember {
  /** The group has agreed: these lanes are ours, `topic/partition`. */
  assigned(lanes: readonly string[]): void;
  take(fetched: FetchedLane): Promise<void>;
  /** The client has given up; it does nothing more. */
  crashed(fault: unknown): void;
}

/** Enters the group; resolves when lanes are assigned or the client has crashed. The answer leaves it. */
export type JoinGroup = (member: GroupMember) => Promise<{ leave(): Promise<void> }>;

/** Leaving a broker that does not answer takes as long as its connection; the group gives us up by itself later. */
const leaveWithinMs = 5_000;

/**
 * One member of a consumer group, for as long as somebody is subscribed. The client's own way to restart is not used: after a
 * crash of whatever kind a new client is made, so there is one road back, and it can be closed.
 */
export class KafkaSubscription implements Subscription {
  readonly lanes: KafkaLanes;
  /** It has lanes, or has been told that there are none for it. */
  isMember = false;
  private readonly stopping = new AbortController();
  private membership: { leave(): Promise<void> } | null = null;
  /** Counts the clients made so far: what an earlier one still says is not heard. */
  private generation = 0;
  private entering: Promise<void> = Promise.resolve();
  private failures = 0;

  constructor(
    readonly to: { consumer: string; topics: readonly string[] },
    lane: Lane,
    private readonly settings: KafkaLanesSettings & { join: JoinGroup; pace: KafkaPace },
  ) {
    this.lanes = new KafkaLanes(lane, settings);
  }

  start(): Promise<void> {
    this.entering = this.enter();
    return this.entering;
  }

  async stop(): Promise<void> {
    this.stopping.abort();
    this.lanes.close();
    await withinLimit(this.leave());
    this.isMember = false;
    await this.lanes.idle();
  }

  /** Leaves the group and enters it anew: the cure for a client that is connected and does not move. */
  async renew(why: unknown): Promise<void> {
    const membership = this.membership;
    this.crashed(why);
    if (membership) await withinLimit(membership.leave().catch(() => undefined));
  }

  /** A group that settles down lets nobody in for a while, and whoever is still entering leaves once it is in. */
  private async leave(): Promise<void> {
    await this.entering.catch(() => undefined);
    await this.membership?.leave().catch(() => undefined);
  }

  private async enter(): Promise<void> {
    const mine = ++this.generation;
    const ifCurrent = (act: () => void) => (mine === this.generation ? act() : undefined);
    this.membership = await this.settings.join({
      assigned: (lanes) =>
        ifCurrent(() => {
          this.isMember = true;
          this.failures = 0;
          this.lanes.hold(lanes);
        }),
      take: (fetched) => (mine === this.generation ? this.lanes.take(fetched) : Promise.resolve()),
      crashed: (fault) => ifCurrent(() => this.crashed(fault)),
    });
  }

  private crashed(fault: unknown): void {
    this.generation += 1;
    this.isMember = false;
    this.membership = null;
    this.lanes.hold([]);
    if (this.stopping.signal.aborted) return;
    this.failures += 1;
    const { first, last } = this.settings.pace.rejoinMs;
    const delayMs = Math.min(last, first * 2 ** (this.failures - 1));
    this.settings.log.warn(
      { consumer: this.to.consumer, failures: this.failures, delayMs, ...faultFields(fault) },
      'The Kafka client has given up; a new one is made',
    );
    if (this.failures === failuresBeforeAlarm)
      raiseAlarm(this.settings, 'consumer-out', {
        fields: { consumer: this.to.consumer, failures: this.failures },
        message: 'A consumer does not come back to its group',
      });
    this.entering = this.enterAgain(delayMs);
  }

  private async enterAgain(delayMs: number): Promise<void> {
    await pause(delayMs, this.stopping.signal);
    if (this.stopping.signal.aborted) return;
    try {
      await this.enter();
    } catch (fault) {
      this.crashed(fault);
    }
  }
}

const failuresBeforeAlarm = 5;

async function withinLimit(work: Promise<void>): Promise<void> {
  const over = new AbortController();
  await Promise.race([work, pause(leaveWithinMs, over.signal)]);
  over.abort();
}
