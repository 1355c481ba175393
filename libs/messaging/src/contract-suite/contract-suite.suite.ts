import { describe, it } from '@jest/globals';
import { freshDatabase, startPostgres } from '@isu/testing';
import pg from 'pg';
import { contractCases } from './cases.js';
import type { BusSurroundings, Surroundings, TestBus } from './surroundings.js';

export type MakeBus = (server: Pick<Surroundings, 'database' | 'administer'>, surroundings: BusSurroundings) => Promise<TestBus>;

const server: Pick<Surroundings, 'database' | 'administer'> = {
  database: (migrations, schema) => freshDatabase(migrations, { schema }),
  administer: async (sql) => {
    const client = new pg.Client((await startPostgres()).url);
    await client.connect();
    await client.query(sql).finally(() => client.end());
  },
};

export function surroundings(makeBus: MakeBus, patienceMs: number): Surroundings {
  return { ...server, makeBus: (around) => makeBus(server, around), patienceMs };
}

/** No measure: on a machine that others use, the longest case takes a minute and more. */
const limitMs = 180_000;

/** The same facts, the same load, the same checks in SQL, whatever carries them. */
export function contractSuite(name: string, makeBus: MakeBus, patienceMs: number, cases = contractCases): void {
  describe(`The contract of messaging, on the ${name} bus`, () => {
    it.each(cases.map((one) => [one.number, one.title, one] as const))(
      '%s. %s',
      (_number, _title, one) => one.run(surroundings(makeBus, patienceMs)),
      limitMs,
    );
  });
}
