import { describe, expect, it } from '@jest/globals';
import { freshDatabase, startPostgres } from '@isu/testing';
import pg from 'pg';
import { caseNumbered, contractCases } from './contract-suite/cases.js';
import { embeddedBusOnTrial } from './contract-suite/embedded-bus-on-trial.js';
import { plantedBugs } from './contract-suite/planted-bugs.js';
import { ContractBroken, type BusSurroundings, type Surroundings, type TestBus } from './contract-suite/surroundings.js';

type MakeBus = (server: Pick<Surroundings, 'database' | 'administer'>, surroundings: BusSurroundings) => Promise<TestBus>;

const server: Pick<Surroundings, 'database' | 'administer'> = {
  database: (migrations, schema) => freshDatabase(migrations, { schema }),
  administer: async (sql) => {
    const client = new pg.Client((await startPostgres()).url);
    await client.connect();
    await client.query(sql).finally(() => client.end());
  },
};

function surroundings(makeBus: MakeBus, patienceMs: number): Surroundings {
  return { ...server, makeBus: (around) => makeBus(server, around), patienceMs };
}

/** The same facts, the same load, the same checks in SQL, whatever carries them. */
function contractSuite(name: string, makeBus: MakeBus): void {
  describe(`The contract of messaging, on the ${name} bus`, () => {
    it.each(contractCases.map((one) => [one.number, one.title, one] as const))('%s. %s', async (_number, _title, one) => {
      await one.run(surroundings(makeBus, 10_000));
    });
  });
}

contractSuite('embedded', embeddedBusOnTrial);

describe('A bug planted in messaging turns the contract red', () => {
  it.each(plantedBugs.map((planted) => [planted.title, planted.caughtBy, planted] as const))(
    '%s: case %s',
    async (_title, caughtBy, { bug }) => {
      const outcome = caseNumbered(caughtBy).run({ ...surroundings(embeddedBusOnTrial, 2_500), bug });
      await expect(outcome).rejects.toThrow(ContractBroken);
    },
  );
});
