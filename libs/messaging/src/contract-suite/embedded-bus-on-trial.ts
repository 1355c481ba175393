import pg from 'pg';
import { EmbeddedBus } from '../embedded-bus.js';
import type { Turbulence } from '../embedded-reader.js';
import { busMigrations } from '../migrations.js';
import { pause } from '../wakeup.js';
import { seededRandom, type BusSurroundings, type Surroundings, type TestBus } from './surroundings.js';

/** Delays up to 5 ms, short runs, and one run in ten delivered twice. */
function turbulenceOf(seed: number): Turbulence {
  const random = seededRandom(seed);
  return {
    delay: () => (random() < 0.3 ? pause(random() * 5) : Promise.resolve()),
    take: (limit) => 1 + Math.floor(random() * limit),
    repeats: () => random() < 0.1,
  };
}

/** The embedded bus on a database of its own, with the hands that break it. */
export async function embeddedBusOnTrial(
  { database, administer }: Pick<Surroundings, 'database' | 'administer'>,
  { clock, log, failpoints, seed }: BusSurroundings,
): Promise<TestBus> {
  const own = await database(busMigrations, 'bus');
  const name = new URL(own.url).pathname.slice(1);
  const settings = {
    connection: { connectionString: own.url },
    clock,
    log,
    failpoints,
    pollMs: 50,
    turbulence: seed === null ? undefined : turbulenceOf(seed),
  };
  const open = () =>
    EmbeddedBus.open(
      Object.fromEntries(Object.entries(settings).filter(([, value]) => value !== undefined)) as typeof settings & {
        turbulence: Turbulence;
      },
    );
  const cut = () => administer(`SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '${name}'`);
  let bus = await open();
  return {
    get bus() {
      return bus;
    },
    async away() {
      await administer(`ALTER DATABASE ${name} CONNECTION LIMIT 0`);
      await cut();
    },
    back: () => administer(`ALTER DATABASE ${name} CONNECTION LIMIT -1`),
    async wipe() {
      const connection = new pg.Client({ connectionString: own.url });
      await connection.connect();
      await connection.query('DELETE FROM log; UPDATE head SET next = 0; DELETE FROM cursor');
      await connection.end();
    },
    async rewind(consumer) {
      await own.db.query('UPDATE cursor SET position = 0 WHERE consumer = $1', [consumer]);
    },
    async crash() {
      // Whoever hangs in a failpoint hangs for good; its connections end as those of a dead process do.
      void bus.close();
      await cut();
      bus = await open();
    },
    async close() {
      await bus.close();
      await own.close();
    },
  };
}
