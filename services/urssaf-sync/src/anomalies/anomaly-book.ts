import { draft, type AnomalyType, type Fact } from '@isu/contracts';
import type { FactStore } from '@isu/messaging';
import type { BusinessClock } from '@isu/values';
import type { EntityManager } from 'typeorm';
import { v7 } from 'uuid';
import { describeOpened, findOpenSubjects, findOpen, type Origin } from './anomaly.table.js';
import type { Correction } from './correction.js';

/** A difference that was found, before anybody has heard of it. */
export interface Found {
  readonly account: string;
  readonly type: AnomalyType;
  /** In French, at most 140 characters: agents read it. */
  readonly cause: string;
  readonly origin: Exclude<Origin, 'line'>;
  /** What of the account it is about: open once at a time. */
  readonly subject: string;
  readonly details?: Readonly<Record<string, unknown>>;
  /** The correcting fact that the rule which found it proposes. */
  readonly correction?: Correction | null;
}

/** What settles one that is open. */
export interface Closing {
  readonly id: string;
  /** In French, at most 140 characters: agents read it. */
  readonly settledBy: string;
  readonly correlation: string;
  /** The fact that settled it, where one did. */
  readonly cause?: string | null;
}

interface Parts {
  readonly facts: FactStore;
  readonly clock: BusinessClock;
  readonly newId?: () => string;
}

const longestCause = 140;

/** Opens and closes anomalies: a fact on the account, which every service shows, and a row of the worklist. */
export class AnomalyBook {
  constructor(private readonly parts: Parts) {}

  /**
   * One hand at a time: the same difference is not opened twice, nor closed twice. Whoever also touches money, rows of anomalies or streams of
   * accounts takes money first, then this, then the rest: in another order two hands would wait for each other for ever.
   */
  async lock(tx: EntityManager): Promise<void> {
    await tx.query(`SELECT pg_advisory_xact_lock(hashtextextended('urssaf-sync anomalies', 0))`);
  }

  /** Those that are not open yet. How many were opened. */
  async open(tx: EntityManager, found: readonly Found[], correlation: string): Promise<number> {
    await this.lock(tx);
    const open = await findOpenSubjects(tx, found.map(({ account }) => account)); // prettier-ignore
    const fresh = found.filter((one) => !open.has(keyOf(one))).map((one) => ({ ...one, id: this.parts.newId?.() ?? v7() }));
    const effectiveOn = this.parts.clock.today().iso;
    await this.parts.facts.publish(
      tx,
      fresh.map(({ id, account, type, cause }) =>
        draft({
          ...{ stream: account, type: 'urssaf-sync.anomaly-opened.v1', effectiveOn, correlation },
          data: { anomalyId: id, type, cause: cause.slice(0, longestCause) },
        }),
      ),
    );
    await describeOpened(tx, fresh);
    return fresh.length;
  }

  /** Closes those that are still open, with what settled each. How many were closed. */
  async close(tx: EntityManager, closings: readonly Closing[]): Promise<number> {
    if (closings.length === 0) return 0;
    await this.lock(tx);
    const open = new Map((await findOpen(tx, closings.map(({ id }) => id))).map(({ id, account }) => [id, account])); // prettier-ignore
    const effectiveOn = this.parts.clock.today().iso;
    const settled = closings.flatMap(({ id, ...closing }) => {
      const account = open.get(id);
      return account === undefined ? [] : [{ id, account, ...closing }];
    });
    await this.parts.facts.publish(
      tx,
      settled.map(({ id, account, settledBy, correlation, cause = null }) =>
        draft({
          ...{ stream: account, type: 'urssaf-sync.anomaly-closed.v1', effectiveOn, correlation, cause },
          data: { anomalyId: id, settledBy: settledBy.slice(0, longestCause) },
        }),
      ),
    );
    return settled.length;
  }
}

export const keyOf = ({ account, origin, subject }: Pick<Found, 'account' | 'origin' | 'subject'>): string =>
  `${account} ${origin} ${subject}`;

/** Of open ones, those that a fact settles, in the same words each. */
export function settledByFacts<One extends { readonly id: string }>(
  open: readonly One[],
  factOf: (one: One) => Pick<Fact, 'id' | 'correlation'> | undefined,
  settledBy: string,
): Closing[] {
  return open.flatMap((one) => {
    const fact = factOf(one);
    return fact ? [{ id: one.id, settledBy, correlation: fact.correlation, cause: fact.id }] : [];
  });
}
