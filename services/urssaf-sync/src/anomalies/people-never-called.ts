import { daily, type Job } from '@isu/chassis';
import type { Fact } from '@isu/contracts';
import { Day } from '@isu/values';
import type { EntityManager } from 'typeorm';
import { settledByFacts, type AnomalyBook } from './anomaly-book.js';
import { findOpenOf } from './anomaly.table.js';

type Sql = Pick<EntityManager, 'query'>;
type Schedule = Fact<'collection.schedule-issued.v1'>;

/** D. 2014-1690: the first call is sent within sixty days of the affiliation. */
const calledWithinDays = 60;
const subject = 'call';
const settledBy = 'Réglé par constat : la personne est appelée';

interface NeverCalled {
  readonly account: string;
  readonly affiliatedOn: string;
  readonly startedOn: string;
}

/** S4: whoever was affiliated and is called for nothing sixty days later is an anomaly, closed by itself with the first schedule. */
export class PeopleNeverCalled {
  constructor(private readonly book: AnomalyBook) {}

  /** Each person is looked at once, on the evening of the sixtieth day. How many are called for nothing. */
  async watch(tx: EntityManager, { today, correlation }: { today: Day; correlation: string }): Promise<number> {
    await this.book.lock(tx);
    const never = await findNeverCalled(tx, today.plusDays(-calledWithinDays).iso);
    return this.book.open(
      tx,
      never.map(({ account, affiliatedOn, startedOn }) => ({
        ...{ account, type: 'conflict' as const, origin: 'transit' as const, subject, details: { affiliatedOn, startedOn } },
        cause: `Affiliation connue depuis le ${Day.of(affiliatedOn).print()} et aucun appel de cotisations n’a suivi en ${String(calledWithinDays)} jours`,
      })),
      correlation,
    );
  }

  /** A first version of a year's schedule: what comes after it was called before. */
  async called(tx: EntityManager, facts: readonly Schedule[]): Promise<void> {
    const first = facts.filter(({ data: { version } }) => version === 1);
    if (first.length === 0) return;
    const open = await findOpenOf(tx, 'transit', first.map(({ subject: account }) => account)); // prettier-ignore
    const uncalled = open.filter((one) => one.subject === subject);
    await this.book.close(
      tx,
      settledByFacts(uncalled, ({ account }) => first.find((fact) => fact.subject === account), settledBy),
    );
  }

  /** A schedule may be issued while its lack is being found, by a hand that saw nothing to close: what our copy says now settles it. */
  async settle(tx: EntityManager): Promise<number> {
    await this.book.lock(tx);
    return this.book.close(tx, (await findCalled(tx)).map((one) => ({ ...one, settledBy }))); // prettier-ignore
  }
}

/**
 * Of those whose sixty days began on that day (affiliated, and the activity begun), who was called for nothing since. A micro-entrepreneur pays what is
 * declared and is called for nothing else; after an end or a merger nothing is to be called.
 */
async function findNeverCalled(tx: Sql, from: string): Promise<NeverCalled[]> {
  return tx.query(
    `SELECT f.stream AS account, ${day('f')}::text AS "affiliatedOn", f.effective_on::text AS "startedOn" FROM fact f
      WHERE f.type = 'affiliation.registered.v1' AND greatest(${day('f')}, f.effective_on) = $1::date AND f.envelope->'data'->>'regime' = 'common'
        AND NOT EXISTS (SELECT FROM fact c WHERE c.author = 'collection' AND c.stream = f.stream AND c.type = 'collection.schedule-issued.v1' AND ${day('c')} >= ${day('f')})
        AND NOT EXISTS (SELECT FROM fact a WHERE a.author = 'affiliation' AND a.stream = f.stream AND a.seq > f.seq
          AND (a.type IN ('affiliation.ended.v1', 'affiliation.account-merged.v1')
            OR a.type = 'affiliation.status-changed.v1' AND a.envelope->'data'->>'regime' = 'micro-social'))
      ORDER BY f.stream`,
    [from],
  ) as Promise<NeverCalled[]>;
}

/** Open ones whose person has been called since, each with the first schedule that does. */
async function findCalled(tx: Sql): Promise<{ id: string; cause: string; correlation: string }[]> {
  return tx.query(
    `SELECT DISTINCT ON (a.id) a.id, c.id AS cause, c.envelope->>'correlation' AS correlation
       FROM anomaly a JOIN fact c ON c.author = 'collection' AND c.stream = a.account
        AND c.type = 'collection.schedule-issued.v1' AND ${day('c')} >= (a.details->>'affiliatedOn')::date
      WHERE a.closed_at IS NULL AND a.origin = 'transit' AND a.subject = $1 ORDER BY a.id, c.seq`,
    [subject],
  ) as Promise<{ id: string; cause: string; correlation: string }[]>;
}

/** The day on which a fact was said; as the index `fact_registered` has it. */
const day = (fact: string): string => `(${fact}.recorded_at AT TIME ZONE 'Europe/Paris')::date`;

export const neverCalledWatchJob = (people: PeopleNeverCalled): Job => ({
  name: 'people-never-called-watch',
  title: 'Affiliés que personne n’appelle',
  calendar: daily,
  run: async (turn) => {
    let opened = (turn.checkpoint as { opened: number } | null)?.opened;
    if (opened === undefined)
      await turn.step(async (tx) => {
        opened = await people.watch(tx, { today: turn.date, correlation: turn.correlation });
        return { checkpoint: { opened }, done: opened };
      });
    const found = opened ?? 0;
    await turn.step(async (tx) => {
      await people.settle(tx);
      return { checkpoint: { opened: found }, done: found };
    });
    return { 'anomalies ouvertes': found };
  },
});
