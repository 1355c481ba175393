import { describe, expect, it } from '@jest/globals';
import { caseNumbered } from './contract-suite/cases.js';
import { surroundings } from './contract-suite/contract-suite.suite.js';
import { embeddedBusOnTrial } from './contract-suite/embedded-bus-on-trial.js';
import { plantedBugs } from './contract-suite/planted-bugs.js';
import { ContractBroken } from './contract-suite/surroundings.js';

describe('A bug planted in messaging turns the contract red', () => {
  // At once: each waits in a world of its own for what does not come.
  it.concurrent.each(plantedBugs.map((planted) => [planted.title, planted.caughtBy, planted] as const))(
    '%s: case %s',
    async (_title, caughtBy, { bug }) => {
      const outcome = caseNumbered(caughtBy).run({ ...surroundings(embeddedBusOnTrial, 2_500), bug });
      await expect(outcome).rejects.toThrow(ContractBroken);
    },
  );
});
