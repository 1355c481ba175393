import type { FactDraft } from '@isu/contracts';
import { checkWhole, countEffects, imprint, lastSeq } from './checks.js';
import { contractCase, onlyReader, type ContractCase } from './contract-case.js';
import { hold, seededRandom, Signal } from './surroundings.js';
import { account, opened, reversed, type World } from './world.js';

/** A load drawn from a seed: transactions of one to fifty facts over the accounts, written by four writers at once. */
export async function load(world: World, { facts, accounts, seed }: { facts: number; accounts: number; seed: number }): Promise<void> {
  const random = seededRandom(seed);
  const pick = (): FactDraft => (random() < 0.5 ? opened : reversed)(account(1 + Math.floor(random() * accounts)));
  const batches: FactDraft[][] = [];
  for (let drawn = 0; drawn < facts; drawn += batches.at(-1)?.length ?? 0) {
    const size = Math.min(facts - drawn, 1 + Math.floor(random() * 50));
    batches.push(Array.from({ length: size }, pick));
  }
  const writer = async () => {
    for (let batch = batches.pop(); batch; batch = batches.pop()) await world.write(batch);
  };
  await Promise.all([writer(), writer(), writer(), writer()]);
}

const everyoneIsWhole = (world: World, withinMs?: number) =>
  world.eventually(async () => {
    for (const reader of world.readers) await checkWhole(world, reader);
  }, withinMs);

export const deliveryCases: readonly ContractCase[] = [
  contractCase(
    '1',
    '10 000 facts of 200 accounts reach three readers: every cursor at the last number, effects once and in order (I3, R4, R7)',
    {
      readers: ['benefits', 'urssaf-sync', 'affiliation'],
      seed: 20_160_520,
      tell: async (world) => {
        await load(world, { facts: 10_000, accounts: 200, seed: 1 });
        await everyoneIsWhole(world, Math.max(2 * world.surroundings.patienceMs, 30_000));
      },
    },
  ),

  contractCase('2', 'a slow transaction with a lower outbox id is not lost, and one that is undone leaves nothing (R4, R7)', {
    tell: async (world) => {
      const [slow, fast, undone] = [account(1), account(2), account(3)];
      const reader = onlyReader(world);
      const [isWritten, mayCommit] = [new Signal(), new Signal()];
      const slowWriter = world.write([opened(slow)], () => {
        isWritten.give();
        return mayCommit.given;
      });
      await isWritten.given;
      await world.write([opened(undone)], () => Promise.reject(new Error('undone'))).catch(() => undefined);
      await world.write([opened(fast)]);
      await world.eventually(async () => hold((await lastSeq(reader, fast)) === 1, 'the faster fact has not come'));
      hold((await countEffects(reader)) === 1, 'something came that was not committed');
      mayCommit.give();
      await slowWriter;
      await world.eventually(async () => hold((await lastSeq(reader, slow)) === 1, 'the slower fact has not come'));
      await world.write([reversed(slow), opened(undone)]);
      await everyoneIsWhole(world);
    },
  }),

  contractCase(
    '3a',
    'a relay killed before sending, or between sending and marking: its successor sends all, effects do not double (I10, R7)',
    {
      tell: async (world) => {
        for (const failpoint of ['committed-before-relay', 'published-before-marking'] as const) {
          const died = world.dieAt(failpoint);
          await world.write([opened(account(1)), opened(account(2)), reversed(account(1))]);
          await died;
          await killRelays(world);
          world.startRelay();
          await everyoneIsWhole(world);
        }
      },
    },
  ),

  contractCase(
    '3b',
    'a consumer killed before its commit, or between its commit and that of the bus: nothing lost, nothing doubled (I3, I10)',
    {
      tell: async (world) => {
        const reader = onlyReader(world);
        for (const failpoint of ['consumed-before-commit', 'committed-before-offset'] as const) {
          const died = world.dieAt(failpoint);
          await world.write([opened(account(1)), opened(account(2)), reversed(account(1))]);
          await died;
          void reader.consumer.stop();
          await world.testBus.current.crash();
          await cutConnections(world, reader.database.url);
          await world.restart(reader);
          await everyoneIsWhole(world);
        }
      },
    },
  ),

  contractCase('4', 'of two relays one works; when its connection is cut the other goes on, in order (I10, R7)', {
    tell: async (world) => {
      const first = world.relay;
      await world.eventually(async () => hold((await first.health()).leading, 'the first relay does not lead'));
      const second = world.startRelay();
      await load(world, { facts: 500, accounts: 20, seed: 4 });
      // Which of the two is of no matter: on a busy machine the first may have lost its connection meanwhile.
      hold((await leadersAmong([first, second])) <= 1, 'both relays lead');
      await cutRelays(world);
      await load(world, { facts: 500, accounts: 20, seed: 5 });
      await everyoneIsWhole(world);
      await world.eventually(async () => hold((await leadersAmong([first, second])) === 1, 'not one relay leads'));
    },
  }),

  contractCase('5', 'the whole topic delivered again from the start changes nothing (I3, R11)', {
    tell: async (world) => {
      const reader = onlyReader(world);
      await load(world, { facts: 1_000, accounts: 50, seed: 6 });
      await everyoneIsWhole(world);
      const before = await imprint(reader);
      await reader.consumer.stop();
      await world.testBus.current.rewind(reader.name);
      await world.restart(reader);
      await world.write([opened(account(999))]);
      await world.eventually(async () => hold((await lastSeq(reader, account(999))) === 1, 'the reader has not come to the end again'));
      await world.eventually(() => hold((world.bus.health().lag[reader.name] ?? 0) === 0, 'the reader is behind'));
      await reader.database.owner.query('DELETE FROM effect WHERE stream = $1', [account(999)]);
      await reader.database.owner.query('DELETE FROM fact WHERE stream = $1', [account(999)]);
      await reader.database.owner.query('DELETE FROM inbox_cursor WHERE stream = $1', [account(999)]);
      hold((await imprint(reader)) === before, 'delivering again changed something');
    },
  }),
];

/** The connections of the relays end; PostgreSQL gives their lock away. */
export const cutRelays = (world: World): Promise<void> =>
  world.surroundings.administer(
    `SELECT pg_terminate_backend(l.pid) FROM pg_locks l JOIN pg_database d ON d.oid = l.database
      WHERE l.locktype = 'advisory' AND l.granted AND d.datname = '${databaseOf(world.collection.url)}'`,
  );

/** They are stopped so that what lives of them ends; the one that died holds nothing any more. */
const leadersAmong = async (relays: readonly Pick<World['relay'], 'health'>[]): Promise<number> =>
  (await Promise.all(relays.map((relay) => relay.health()))).filter(({ leading }) => leading).length;

async function killRelays(world: World): Promise<void> {
  void world.relay.stop();
  await cutRelays(world);
}

export const cutConnections = (world: World, url: string): Promise<void> =>
  world.surroundings.administer(
    `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '${databaseOf(url)}' AND pid <> pg_backend_pid()`,
  );

export const databaseOf = (url: string): string => new URL(url).pathname.slice(1);
