import { authors, canonicalJson, checkFact, digestOf, topicOf, type Fact } from '@isu/contracts';
import { checkCursors, checkWhole, countEffects, lastSeq } from './checks.js';
import { contractCase, onlyReader, type ContractCase } from './contract-case.js';
import { partitionCount, type WireFact } from '../bus.js';
import { partitionOf } from '../partition.js';
import { hold } from './surroundings.js';
import { account, opened, reversed, type Reader, type World } from './world.js';

const topic = topicOf('collection');

/** Accounts that share a partition with the first: whoever holds one up holds up the others, unless it is done well. */
function neighbours(count: number): string[] {
  const partition = partitionOf(account(1), partitionCount);
  const found: string[] = [];
  for (let sequence = 1; found.length < count; sequence += 1) {
    if (partitionOf(account(sequence), partitionCount) === partition) found.push(account(sequence));
  }
  return found;
}

const isThere = (world: World, reader: Reader, { stream, seq, withinMs }: { stream: string; seq: number; withinMs?: number }) =>
  world.eventually(async () => hold((await lastSeq(reader, stream)) === seq, `${stream} has not come to ${seq}`), withinMs);

const stateOf = async (reader: Reader, stream: string): Promise<string> => {
  const rows = await reader.database.db.query('SELECT state FROM set_aside WHERE stream = $1 ORDER BY seq', [stream]);
  return rows.map(({ state }: { state: string }) => state).join(' ');
};

async function publishBytes(world: World, ...facts: { key: string; bytes: Uint8Array | string }[]): Promise<void> {
  await world.bus.publish(
    facts.map(({ key, bytes }): WireFact => ({ topic, key, bytes: typeof bytes === 'string' ? Buffer.from(bytes) : bytes })),
  );
}

export const troubleCases: readonly ContractCase[] = [
  contractCase(
    '6',
    'a handler that throws holds up its own account; others of the partition pass within 2 s, then it recovers in order (I3, R7)',
    {
      tell: async (world) => {
        const reader = onlyReader(world);
        const [first, second, third, fine] = neighbours(4) as [string, string, string, string];
        const faults = new Map<string, unknown>([
          [first, new Error('no')],
          [second, new TypeError('not a function')],
          [third, 'a rejected word'],
        ]);
        reader.interfere = async (facts) => {
          const bad = facts.find(({ subject }) => faults.has(subject));
          if (bad) throw faults.get(bad.subject);
        };
        await world.write([first, second, third, fine].flatMap((stream) => [opened(stream), reversed(stream)]));
        await isThere(world, reader, { stream: fine, seq: 2, withinMs: 2_000 });
        hold((await countEffects(reader)) === 2, 'the effects are not just those of the account that went on');
        for (const stream of [first, second, third]) {
          await world.eventually(async () =>
            hold(/^(retrying|parked) behind$/.test(await stateOf(reader, stream)), `${stream} is not set aside in order`),
          );
        }
        faults.clear();
        await world.eventually(() => checkWhole(world, reader));
      },
    },
  ),

  contractCase(
    '7',
    'what always fails is parked with its cause, what follows waits behind it, an alert rings; repaired it drains in order, given up it moves on (I10)',
    {
      tell: async (world) => {
        const reader = onlyReader(world);
        const [repaired, dropped] = [account(1), account(2)];
        let broken = true;
        reader.interfere = async (facts) => {
          if (broken && facts.some(({ seq }) => seq === 1)) throw new Error('the scale has no line for this year');
        };
        await world.write([opened(repaired), opened(dropped)]);
        await world.eventually(
          async () => hold((await reader.consumer.parking.list({ state: 'parked' })).length === 2, 'nothing is parked'),
          15_000,
        );
        await world.write([reversed(repaired), reversed(dropped)]);
        await world.eventually(async () => hold((await stateOf(reader, dropped)) === 'parked behind', 'what follows does not wait behind'));
        hold(world.alarms.filter((alarm) => alarm === 'parked').length === 2, 'no alarm was raised');
        const [parked] = await reader.consumer.parking.list({ stream: repaired });
        hold(parked?.attempts === 8 && String(parked.error).includes('the scale has no line'), 'the cause or the tries were not kept');

        const [lost] = await reader.consumer.parking.list({ stream: dropped });
        await reader.consumer.parking.giveUp({ origin: lost?.origin ?? '', by: 'operator-7', reason: 'the account was merged' });
        await isThere(world, reader, { stream: dropped, seq: 2 });
        const [audit] = await reader.database.db.query('SELECT decided_by, reason, cursor_before::int, cursor_after::int FROM given_up');
        hold(audit.decided_by === 'operator-7' && audit.cursor_before === 0 && audit.cursor_after === 1, 'the decision was not kept');
        hold((await countEffects(reader, dropped)) === 1, 'the fact given up had an effect, or the next one had none');

        broken = false;
        await reader.consumer.parking.retry(parked?.origin ?? '');
        await isThere(world, reader, { stream: repaired, seq: 2 });
        hold((await countEffects(reader, repaired)) === 2, 'the repaired stream did not drain');
        await checkCursors(reader);
      },
    },
  ),

  contractCase(
    '7b',
    'numbers that their author cannot give any more are given up by somebody, and what waited behind the hole goes on (I10)',
    {
      tell: async (world) => {
        const reader = onlyReader(world);
        const stream = account(1);
        world.askAuthor = () => Promise.resolve([]);
        await forgetOnTheWay(world, [opened(stream), reversed(stream)]);
        await world.write([reversed(stream), reversed(stream)]);
        await world.eventually(() => hold(world.alarms.includes('gap-persists'), 'a hole that stays raised no alarm'), 15_000);
        const [head] = await reader.consumer.parking.list({ state: 'gap' });
        await reader.consumer.parking.giveUp({ origin: head?.origin ?? '', by: 'operator-7', reason: 'the author has lost them' });
        await isThere(world, reader, { stream, seq: 4 });
        hold((await countEffects(reader, stream)) === 2, 'what waited behind the hole was not applied');
        const [audit] = await reader.database.db.query('SELECT cursor_before::int AS before, cursor_after::int AS after FROM given_up');
        hold(audit.before === 0 && audit.after === 2, 'the numbers given up were not kept');
      },
    },
  ),

  contractCase('8', 'what is no fact of ours is kept as received and alarmed, and its partition goes on', {
    tell: async (world) => {
      const reader = onlyReader(world);
      const [stream, other] = neighbours(2) as [string, string];
      const [fact] = await world.collection.db.transaction((tx) => world.facts.publish(tx, [opened(other)]).then((facts) => facts));
      const { seq: _seq, ...withoutSeq } = fact as Fact;
      const newcomer: Fact = { ...(fact as Fact), subject: stream, position: '900000' };
      const strange = [
        { key: stream, bytes: Uint8Array.of(0xff, 0xfe, 0x00, 0x7b) },
        { key: stream, bytes: '{"specversion"' },
        { key: other, bytes: canonicalJson(withoutSeq) },
        { key: stream, bytes: canonicalJson({ ...newcomer, data: { openedOn: 'vendredi' } }) },
        { key: other, bytes: canonicalJson({ ...newcomer, subject: account(77) }) },
        { key: 'compte à vérifier', bytes: canonicalJson({ ...newcomer, subject: 'compte à vérifier' }) },
        { key: stream, bytes: JSON.stringify(newcomer, null, 1) },
        { key: stream, bytes: canonicalJson({ ...newcomer, source: `/isu/${authors[0]}`, type: 'affiliation.ended.v1' }) },
      ];
      await publishBytes(world, ...strange);
      const kept = "SELECT encode(raw, 'hex') AS raw FROM set_aside WHERE state = 'unreadable'";
      await world.eventually(async () => hold((await reader.database.db.query(kept)).length === strange.length, 'not all was kept'));
      const raws = new Set((await reader.database.db.query(kept)).map(({ raw }: { raw: string }) => raw));
      hold(
        strange.every(({ bytes }) => raws.has(Buffer.from(bytes as string).toString('hex'))),
        'bytes were not kept as received',
      );
      hold(world.alarms.filter((alarm) => alarm === 'unreadable').length === strange.length, 'not every one raised an alarm');
      await world.write([reversed(other)]);
      await isThere(world, reader, { stream: other, seq: 2 });
    },
  }),

  contractCase(
    '9',
    'a hole in the numbers is asked for, filled and applied in order; an unknown type moves the cursor without alarm (R7, I10)',
    {
      tell: async (world) => {
        const reader = onlyReader(world);
        const stream = account(1);
        const askAuthor = world.askAuthor;
        world.askAuthor = () => Promise.reject(new Error('the author is away'));
        await forgetOnTheWay(world, [opened(stream), reversed(stream)]);
        await world.write([reversed(stream), reversed(stream)]);
        await world.eventually(async () => hold((await stateOf(reader, stream)) === 'gap behind', 'the hole was not seen'));
        hold((await countEffects(reader)) === 0, 'a fact was applied across a hole');
        world.askAuthor = askAuthor;
        await world.eventually(() => checkWhole(world, reader));
        world.alarms.length = 0;
        await world.write([{ ...opened(stream), type: 'collection.something-newer.v1' as never }, reversed(stream)]);
        await isThere(world, reader, { stream, seq: 6 });
        await checkWhole(world, reader);
        hold(world.alarms.length === 0, 'an unknown type raised an alarm');
      },
    },
  ),

  contractCase(
    '9b',
    'a known number with other content is a fork: set aside, alarmed, nothing overwritten; so is a fact that follows another past (I1)',
    {
      tell: async (world) => {
        const reader = onlyReader(world);
        const stream = account(1);
        const [, second] = (await world.write([opened(stream), reversed(stream)])) as [Fact, Fact];
        await isThere(world, reader, { stream, seq: 2 });
        const rewritten = checkFact({ ...second, id: '01900000-0000-7000-8000-00000000000f' });
        const follower = checkFact({ ...second, seq: 3, position: '900001', previous: digestOf(rewritten) });
        await publishBytes(world, { key: stream, bytes: canonicalJson(rewritten) }, { key: stream, bytes: canonicalJson(follower) });
        await world.eventually(async () => hold((await stateOf(reader, stream)) === 'fork fork', 'the forks were not set aside'));
        await publishBytes(world, { key: stream, bytes: canonicalJson(rewritten) });
        await world.write([reversed(stream)]);
        await isThere(world, reader, { stream, seq: 3 });
        hold(world.alarms.filter((alarm) => alarm === 'fork').length === 2, 'a fork rings once, however often it comes');
        const [kept] = await reader.database.db.query('SELECT id FROM fact WHERE stream = $1 AND seq = 2', [stream]);
        hold(kept.id === second.id, 'the first version was overwritten');
        hold((await countEffects(reader)) === 3, 'a fork had an effect');
      },
    },
  ),

  contractCase(
    '15',
    'a fact of 256 KiB passes, a larger one is refused where it is written, an empty batch is nothing, one hot account keeps its order (I3)',
    {
      tell: async (world) => {
        const reader = onlyReader(world);
        const large = (size: number) => ({
          ...opened(account(1)),
          type: 'collection.something-newer.v1' as never,
          data: { text: 'é'.repeat(size) } as never,
        });
        await world.write([large(130_000)]);
        const refused = await world.write([large(140_000)]).then(
          () => false,
          (fault: unknown) => fault instanceof RangeError,
        );
        hold(refused, 'a fact over the limit was written');
        await world.bus.publish([]);
        hold((await world.write([])).length === 0, 'no draft, no fact');
        const hot = Array.from({ length: 1_500 }, () => reversed(account(2)));
        const others = Array.from({ length: 240 }, (_, index) => opened(account(100 + index)));
        await Promise.all([world.write(hot), world.write(others)]);
        await world.eventually(() => checkWhole(world, reader));
      },
    },
  ),
];

/** Writes facts whose outbox rows are marked before anybody sends them: the bus never sees them. */
async function forgetOnTheWay(world: World, drafts: Parameters<World['write']>[0]): Promise<void> {
  await world.write(drafts, (tx) => tx.query('UPDATE outbox SET sent_at = now() WHERE sent_at IS NULL').then(() => undefined));
}
