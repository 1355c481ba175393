import { topicOf } from '@isu/contracts';
import type { WireFact } from '../bus.js';
import { checkWhole } from './checks.js';
import { contractCase, onlyReader, type ContractCase } from './contract-case.js';
import { hold } from './surroundings.js';
import { account, opened, reversed } from './world.js';

export const newsCases: readonly ContractCase[] = [
  contractCase('17', 'each who listens hears what is published from then on, and nothing of before; readers miss nothing by it (F30)', {
    tell: async (world) => {
      await world.write([opened(account(1))]);
      await world.eventually(() => checkWhole(world, onlyReader(world)));
      const [first, second]: [WireFact[], WireFact[]] = [[], []];
      const listeners = [
        await world.bus.listen([topicOf('collection')], (fact) => first.push(fact)),
        await world.bus.listen([topicOf('collection')], (fact) => second.push(fact)),
      ];
      await world.eventually(async () => {
        await world.write([opened(account(2))]);
        for (const heard of [first, second]) hold(keysOf(heard).has(account(2)), 'news did not come to each who listens');
      });
      hold(!keysOf(first).has(account(1)) && !keysOf(second).has(account(1)), 'what was said before was told again');

      await listeners[0]?.stop();
      const before = first.length;
      await world.write([reversed(account(2))]);
      await world.eventually(() =>
        hold(keysOf(second.slice(-1)).has(account(2)) && textOf(second.at(-1)).includes('reversed'), 'news stopped'),
      );
      hold(first.length === before, 'who had stopped listening was told');
      await world.eventually(() => checkWhole(world, onlyReader(world)));
      await listeners[1]?.stop();
    },
  }),
];

const keysOf = (heard: readonly WireFact[]): Set<string> => new Set(heard.map(({ key }) => key));
const textOf = (fact: WireFact | undefined): string => Buffer.from(fact?.bytes ?? []).toString();
