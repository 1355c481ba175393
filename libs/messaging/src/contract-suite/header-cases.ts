import { canonicalJson, topicOf } from '@isu/contracts';
import type { DeliveredFact, Headers } from '../bus.js';
import { contractCase, onlyReader, type ContractCase } from './contract-case.js';
import { checkWhole } from './checks.js';
import { hold } from './surroundings.js';
import { account, opened } from './world.js';

const written = '00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01';

export const headerCases: readonly ContractCase[] = [
  contractCase(
    '16',
    'headers travel beside the bytes: the trace of a writer reaches the reader, and no byte of the fact tells of it (R11)',
    {
      tell: async (world) => {
        const heard: DeliveredFact[] = [];
        const listener = await world.bus.subscribe({ consumer: 'listener', topics: [topicOf('collection')] }, async (facts) => {
          heard.push(...facts);
          return { done: facts.length };
        });
        const [traced] = await world.write([opened(account(1))], (tx) => tx.query('UPDATE outbox SET traceparent = $1', [written]));
        const [untraced] = await world.write([opened(account(2))]);
        await world.eventually(() => checkWhole(world, onlyReader(world)));
        const strangers: Headers = { 'x-strange': 'à vérifier', traceparent: 'nothing of the kind' };
        await world.bus.publish([{ topic: topicOf('collection'), key: account(3), bytes: Buffer.from('{}'), headers: strangers }]);

        await world.eventually(() => {
          hold(headersOf(heard, account(1))?.['traceparent'] === written, 'the trace was lost on the way');
          hold(headersOf(heard, account(2))?.['traceparent'] === undefined, 'a trace came from nowhere');
          hold(headersOf(heard, account(3))?.['x-strange'] === strangers['x-strange'], 'a header was changed');
          hold(world.alarms.includes('unreadable'), 'what is no fact was not kept, for its headers');
        });
        for (const fact of [traced, untraced])
          hold(bytesOf(heard, String(fact?.subject)) === (fact && canonicalJson(fact)), 'the bytes are not those that were written');
        await listener.stop();
      },
    },
  ),
];

const of = (heard: readonly DeliveredFact[], stream: string) => heard.find(({ key }) => key === stream);
const headersOf = (heard: readonly DeliveredFact[], stream: string): Headers | undefined => of(heard, stream)?.headers;
const bytesOf = (heard: readonly DeliveredFact[], stream: string): string => Buffer.from(of(heard, stream)?.bytes ?? []).toString();
