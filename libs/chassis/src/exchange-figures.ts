import { topicOf, type Author } from '@isu/contracts';
import type { Relay, RelayHealth } from '@isu/messaging';
import type { WatchedBus } from './health/watched-bus.js';
import type { ServiceContext } from './service.js';

interface Exchanging {
  readonly context: Pick<ServiceContext, 'name' | 'db' | 'clock' | 'metrics'>;
  readonly relay: Pick<Relay, 'health'>;
  readonly bus: WatchedBus;
  readonly heard: readonly Author[];
}

interface AsideRow {
  readonly state: string;
  readonly facts: number;
}

/** What the service has to say and has not said, what it has to hear and has not heard, and what it heard and could not apply. */
export function exposeExchange(exchanging: Exchanging): void {
  exposeOutbox(exchanging);
  exposeInbox(exchanging);
}

function exposeOutbox({ context: { metrics }, relay }: Exchanging): void {
  const health = askedOnce(() => relay.health());
  const gauge = (read: (health: RelayHealth) => number) => async () => read(await health());
  metrics.gauge(
    'isu_outbox_unsent',
    gauge(({ unsent }) => unsent),
  );
  metrics.gauge(
    'isu_outbox_age_seconds',
    gauge(({ oldestUnsentAgeMs }) => Math.max(0, oldestUnsentAgeMs ?? 0) / 1_000),
  );
  metrics.gauge(
    'isu_relay_leading',
    gauge(({ leading }) => Number(leading)),
  );
  metrics.gauge(
    'isu_relay_blocked',
    gauge(({ blocked }) => Number(blocked)),
  );
}

function exposeInbox({ context, bus, heard }: Exchanging): void {
  const { metrics, db, name, clock } = context;
  metrics.gauge('isu_inbox_lag', () => {
    const byTopic = bus.lagByTopic;
    return heard.map((author) => ({ labels: { author }, value: byTopic[topicOf(author)] ?? 0 }));
  });
  metrics.gauge('isu_set_aside', async () => {
    const rows = await db.query<AsideRow[]>('SELECT state, count(*)::int AS facts FROM set_aside WHERE consumer = $1 GROUP BY state', [
      name,
    ]);
    return asideStates.map((state) => ({ labels: { state }, value: rows.find((row) => row.state === state)?.facts ?? 0 }));
  });
  const waiting = askedOnce(async () => {
    const [row] = await db.query<{ streams: number; oldestAt: Date | null }[]>(
      'SELECT count(DISTINCT (author, stream))::int AS streams, min(since) AS "oldestAt" FROM set_aside WHERE consumer = $1',
      [name],
    );
    return { streams: row?.streams ?? 0, ageMs: row?.oldestAt ? clock.now().getTime() - row.oldestAt.getTime() : 0 };
  });
  metrics.gauge('isu_set_aside_streams', async () => (await waiting()).streams);
  metrics.gauge('isu_set_aside_age_seconds', async () => Math.max(0, (await waiting()).ageMs) / 1_000);
}

const asideStates = ['retrying', 'behind', 'gap', 'parked', 'unreadable', 'fork'] as const;

/** Several figures of one look are read from one answer. */
function askedOnce<T>(ask: () => Promise<T>): () => Promise<T> {
  let asked: Promise<T> | undefined;
  return () => {
    asked ??= ask().finally(() => setImmediate(() => (asked = undefined)));
    return asked;
  };
}
