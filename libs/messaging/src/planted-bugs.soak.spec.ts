import { afterEach, describe, expect, it } from '@jest/globals';
import { plantInClient } from '@isu/kafka';
import { brokerOfTheRun } from './contract-suite/broker-of-the-run.suite.js';
import { caseNumbered } from './contract-suite/cases.js';
import { surroundings } from './contract-suite/contract-suite.suite.js';
import { kafkaBusOnTrial } from './contract-suite/kafka-bus-on-trial.js';
import { plantedBugs } from './contract-suite/planted-bugs.js';
import { ContractBroken, type PlantedBug } from './contract-suite/surroundings.js';

/** Long enough for the case to come true without the bug. */
const patienceMs = 12_000;

const outcomeOf = (number: string, bug?: PlantedBug) =>
  caseNumbered(number).run({ ...surroundings((_server, around) => kafkaBusOnTrial(brokerOfTheRun(), around), patienceMs), bug });

describe('A bug planted in messaging turns the contract red on Kafka too', () => {
  it.each(plantedBugs.map((planted) => [planted.title, planted.caughtBy, planted] as const))(
    '%s: case %s',
    async (_title, caughtBy, { bug }) => {
      await expect(outcomeOf(caughtBy, bug)).rejects.toThrow(ContractBroken);
    },
    120_000,
  );
});

describe('A mistake made with the client turns the contract red', () => {
  let takeOut: () => void = () => undefined;
  afterEach(() => {
    takeOut();
  });

  it.each([
    ['begins at the end', '12b'],
    ['settles by itself', '10'],
  ] as const)(
    '%s: case %s',
    async (bug, caughtBy) => {
      await outcomeOf(caughtBy);
      takeOut = plantInClient(bug);
      await expect(outcomeOf(caughtBy)).rejects.toThrow(ContractBroken);
    },
    120_000,
  );
});
