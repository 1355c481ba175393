import { setTimeout as pause } from 'node:timers/promises';
import { affiliateTraders } from '@isu/distributed';
import pg from 'pg';
import type { Figure, Section } from '../section.js';
import { withEmptySystem } from '../systems/embedded-process.js';
import { withKafkaProcesses } from '../systems/kafka-processes.js';
import type { MeasuredSystem } from '../systems/measured-system.js';
import { residentMb } from '../systems/memory.js';
import { MeasuringUrssaf } from '../systems/payments.js';

/** Who is away: it reads everything that the others write. */
const reader = 'benefits';
/** What comes in meanwhile, as on a day on which calls fall due: half of 2.8 million contributors within eight hours. */
const paymentsASecond = 50;
const linesABatch = 1_000;
const paymentsAPerson = 90;
const lookEveryMs = 200;
const giveUpAfterMs = 900_000;

interface CaughtUp {
  readonly waiting: number;
  readonly firstMs: number;
  readonly wholeMs: number;
  readonly peakMb: number;
}

/** A reader that was away comes back: how fast it catches up with what has come in meanwhile, on both buses. */
export const backlog: Section = {
  name: 'backlog',
  title: 'benefits comes back after having been away while 50 payments a second came in',
  measure: async ({ tell, quick, backlogMinutes }) => {
    const payments = quick ? 1_000 : Math.round(backlogMinutes * 60 * paymentsASecond);
    const measured = (of: string) => async (system: MeasuredSystem) =>
      figures(await comeBack(system, payments, (text) => tell(`${of}: ${text}`)), { of, payments });
    tell('embedded: starting');
    const embedded = await withEmptySystem(measured('embedded'));
    tell('Kafka: starting a broker, a server and the services');
    const kafka = await withKafkaProcesses(1, measured('Kafka'));
    return [...embedded, ...kafka];
  },
};

async function comeBack(system: MeasuredSystem, payments: number, tell: (text: string) => void): Promise<CaughtUp> {
  const people = Math.ceil(payments / paymentsAPerson);
  tell(`affiliating ${String(people)} people`);
  const urssaf = new MeasuringUrssaf(system.client, system.folder, await affiliateTraders(system.client, people));
  const copies = await Copies.open(system.databaseUrl());
  try {
    await until(async () => (await copies.missing()) === 0);
    await system.stopService(reader);
    tell(`${String(payments)} payments while ${reader} is away`);
    for (let sent = 0; sent < payments; sent += linesABatch) await urssaf.send(urssaf.next(Math.min(linesABatch, payments - sent)).batch);
    await until(async () => (await copies.posted()) >= payments && (await copies.unsent()) === 0);
    tell(`${reader} comes back`);
    return await watchReturn(system, copies);
  } finally {
    await copies.close();
  }
}

async function watchReturn(system: MeasuredSystem, copies: Copies): Promise<CaughtUp> {
  const waiting = await copies.missing();
  const startedAt = performance.now();
  let [firstMs, peakMb] = [Number.NaN, 0];
  const returned = system.startService(reader);
  await until(async () => {
    const missing = await copies.missing();
    if (Number.isNaN(firstMs) && missing < waiting) firstMs = performance.now() - startedAt;
    peakMb = Math.max(peakMb, ...system.pidsOf(reader).map(residentMb));
    return missing === 0;
  });
  const wholeMs = performance.now() - startedAt;
  await returned;
  return { waiting, firstMs, wholeMs, peakMb };
}

async function until(isSo: () => Promise<boolean>): Promise<void> {
  const limit = performance.now() + giveUpAfterMs;
  while (!(await isSo())) {
    if (performance.now() > limit) throw new Error('What was waited for has not come in time.');
    await pause(lookEveryMs);
  }
}

function figures({ waiting, firstMs, wholeMs, peakMb }: CaughtUp, { of, payments }: { of: string; payments: number }): Figure[] {
  return [
    {
      name: `${of}, facts that waited`,
      value: waiting,
      unit: '',
      note: `${String(payments)} payments: ${(payments / paymentsASecond / 60).toFixed(1)} minutes at ${String(paymentsASecond)}/s`,
    },
    { name: `${of}, first of them taken in`, value: firstMs / 1_000, unit: 's', note: 'from the start of the service' },
    { name: `${of}, all of them taken in`, value: wholeMs / 1_000, unit: 's', note: 'from the start of the service' },
    {
      name: `${of}, catch-up rate`,
      value: (waiting * 1_000) / (wholeMs - firstMs),
      unit: '/s',
      limit: { at: 'least', value: 2 * paymentsASecond },
      note: 'facts, from the first to the last; what comes in is two facts a payment',
    },
    { name: `${of}, memory meanwhile`, value: peakMb, unit: 'MB', note: 'the peak of its process' },
  ];
}

/** What collection and the reader hold, by the databases themselves. */
class Copies {
  private constructor(private readonly client: pg.Client) {}

  static async open(databaseUrl: string): Promise<Copies> {
    const client = new pg.Client({ connectionString: databaseUrl });
    await client.connect();
    return new Copies(client);
  }

  close(): Promise<void> {
    return this.client.end();
  }

  /** Facts of others that collection holds and the reader does not. */
  missing(): Promise<number> {
    const held = (schema: string) => `(SELECT count(*) FROM ${schema}.fact WHERE author <> '${reader}')`;
    return this.number(`SELECT (${held('collection')} - ${held(reader)})::int AS n`);
  }

  posted(): Promise<number> {
    return this.number(
      `SELECT count(*)::int AS n FROM collection.fact WHERE author = 'collection' AND type = 'collection.payment-posted.v1'`,
    );
  }

  unsent(): Promise<number> {
    const unsentOf = (schema: string) => `(SELECT count(*) FROM ${schema}.outbox WHERE sent_at IS NULL)`;
    return this.number(`SELECT (${unsentOf('collection')} + ${unsentOf('urssaf_sync')})::int AS n`);
  }

  private async number(sql: string): Promise<number> {
    const { rows } = await this.client.query<{ n: number }>(sql);
    return rows[0]?.n ?? Number.NaN;
  }
}
