import { resendFrom } from '../outbox.js';
import { pause } from '../wakeup.js';
import { checkWhole, countEffects } from './checks.js';
import { contractCase, onlyReader, type ContractCase } from './contract-case.js';
import { cutConnections, databaseOf, load } from './delivery-cases.js';
import { hold, seededRandom } from './surroundings.js';
import { account, opened, type World } from './world.js';
import { topicOf } from '@isu/contracts';

/** Long enough for every lane to have given up its quick tries several times over; the contract's 20 s change nothing but the count. */
const awayMs = 1_500;

const everyoneIsWhole = (world: World) =>
  world.eventually(async () => {
    for (const reader of world.readers) await checkWhole(world, reader);
  });

const unsent = async (world: World): Promise<number> => {
  const [{ n }] = await world.collection.db.query('SELECT count(*)::int AS n FROM outbox WHERE sent_at IS NULL');
  return n;
};

export const outageCases: readonly ContractCase[] = [
  contractCase('10', 'the database of a reader goes away: its lanes wait, nothing is set aside, nothing is lost (I10)', {
    readers: ['benefits', 'urssaf-sync'],
    tell: async (world) => {
      const [reader, other] = world.readers as [World['readers'][0], World['readers'][0]];
      await load(world, { facts: 200, accounts: 20, seed: 10 });
      await world.surroundings.administer(`ALTER DATABASE ${databaseOf(reader.database.url)} CONNECTION LIMIT 0`);
      await cutConnections(world, reader.database.url);
      await load(world, { facts: 500, accounts: 20, seed: 11 });
      await world.eventually(() => checkWhole(world, other));
      await world.eventually(() => hold(world.bus.health().pausedLanes.length > 0, 'no lane is reported as waiting'));
      await pause(awayMs);
      await world.surroundings.administer(`ALTER DATABASE ${databaseOf(reader.database.url)} CONNECTION LIMIT -1`);
      await everyoneIsWhole(world);
      hold(world.alarms.length === 0, 'a database that was away raised an alarm about facts');
    },
  }),

  contractCase(
    '11',
    'the bus goes away: writers are not held up, the outbox grows, then drains; a bus that forgot everything is filled again (I10, R7)',
    {
      tell: async (world) => {
        const reader = onlyReader(world);
        await load(world, { facts: 200, accounts: 20, seed: 12 });
        await everyoneIsWhole(world);
        await world.testBus.current.away();
        await load(world, { facts: 300, accounts: 20, seed: 13 });
        hold((await unsent(world)) === 300, 'the outbox does not hold what could not be sent');
        await pause(awayMs);
        await world.testBus.current.back();
        await everyoneIsWhole(world);

        await reader.consumer.stop();
        await load(world, { facts: 100, accounts: 20, seed: 14 });
        await world.eventually(async () => hold((await unsent(world)) === 0, 'the outbox does not drain'));
        await world.testBus.current.wipe();
        await world.restart(reader);
        const resend = { author: world.author, topic: topicOf(world.author), position: 1n, at: world.clock.now() };
        await world.collection.db.transaction((tx) => resendFrom(tx, resend));
        await everyoneIsWhole(world);
      },
    },
  ),

  contractCase(
    '12',
    'consumers join and leave under load, one, three, one: nothing lost, order held, and one that was stopped catches up (R7)',
    {
      seed: 12,
      tell: async (world) => {
        const first = onlyReader(world);
        const stopped = await world.addReader('urssaf-sync');
        await stopped.consumer.stop();
        const loading = load(world, { facts: 3_000, accounts: 60, seed: 15 });
        const second = await world.addReader(first.name, { database: first.database });
        const third = await world.addReader(first.name, { database: first.database });
        await loading;
        await second.consumer.stop();
        const more = load(world, { facts: 1_000, accounts: 60, seed: 16 });
        await third.consumer.stop();
        await more;
        await world.eventually(() => checkWhole(world, first));
        hold((await countEffects(stopped)) === 0, 'a consumer that was stopped went on');
        await world.restart(stopped);
        await world.eventually(() => checkWhole(world, stopped));
      },
    },
  ),

  contractCase('12b', 'a consumer that is new hears all that was ever said, and asks nobody for it (R4, R7)', {
    tell: async (world) => {
      await load(world, { facts: 300, accounts: 60, seed: 19 });
      await everyoneIsWhole(world);
      let asked = 0;
      world.askAuthor = () => Promise.resolve(((asked += 1), []));
      const late = await world.addReader('urssaf-sync');
      await world.eventually(() => checkWhole(world, late));
      hold(asked === 0, 'the author had to be asked');
    },
  }),

  contractCase(
    '13',
    'stopped under load, the work in hand is finished within 10 s and nothing runs afterwards; the next start goes on (I10)',
    {
      seed: 13,
      tell: async (world) => {
        const reader = onlyReader(world);
        await load(world, { facts: 1_500, accounts: 60, seed: 17 });
        const startedAt = performance.now();
        await reader.consumer.stop();
        await world.relay.stop();
        hold(performance.now() - startedAt < 10_000, 'the stop took longer than 10 s');
        const atStop = await countEffects(reader);
        await world.write([opened(account(500))]);
        await pause(300);
        hold((await countEffects(reader)) === atStop, 'something ran after the stop');
        world.relay = world.startRelay();
        await world.restart(reader);
        await everyoneIsWhole(world);
      },
    },
  ),

  contractCase('14', 'the carrier breaks under load: it says that it is not well, and consumption resumes by itself (I10)', {
    tell: async (world) => {
      const reader = onlyReader(world);
      const random = seededRandom(14);
      const loading = load(world, { facts: 1_000, accounts: 60, seed: 18 });
      await pause(random() * 50);
      await world.testBus.current.away();
      await world.eventually(() => hold(!world.bus.health().connected, 'the bus says that it is well'));
      await loading;
      await world.testBus.current.back();
      await world.eventually(() => hold(world.bus.health().connected, 'the bus does not recover'));
      await world.eventually(() => checkWhole(world, reader));
    },
  }),
];
