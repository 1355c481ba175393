import { describe, expect, it } from '@jest/globals';
import { caseNumbered } from './contract-suite/cases.js';
import { contractSuite, surroundings } from './contract-suite/contract-suite.suite.js';
import { embeddedBusOnTrial } from './contract-suite/embedded-bus-on-trial.js';
import { plantedBugs } from './contract-suite/planted-bugs.js';
import { ContractBroken } from './contract-suite/surroundings.js';

contractSuite('embedded', embeddedBusOnTrial, 10_000);

describe('A bug planted in messaging turns the contract red', () => {
  it.each(plantedBugs.map((planted) => [planted.title, planted.caughtBy, planted] as const))(
    '%s: case %s',
    async (_title, caughtBy, { bug }) => {
      const outcome = caseNumbered(caughtBy).run({ ...surroundings(embeddedBusOnTrial, 2_500), bug });
      await expect(outcome).rejects.toThrow(ContractBroken);
    },
  );
});
