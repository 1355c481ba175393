import { describe, expect, it } from '@jest/globals';
import { eventually, FakeClock } from '@isu/testing';
import type { Lane } from './bus.js';
import { noFailpoints } from './failpoints.js';
import { nameOf } from './kafka-lanes.js';
import { usualKafkaPace, type KafkaPace } from './kafka-settings.js';
import { KafkaSubscription, type GroupMember } from './kafka-subscription.js';
import { KafkaWatch, type AskOffsets } from './kafka-watch.js';
import type { Logger } from './observation.js';

const lane = { topic: 'isu.collection', partition: 0 };
const to = { consumer: 'benefits', topics: [lane.topic] };
/** Every lane counts as stuck that has not moved since the last look. */
const pace: KafkaPace = { ...usualKafkaPace, lookEveryMs: 5, stuckAfterMs: 0, rejoinMs: { first: 1, last: 1 } };
const standing = (committed: string) => new Map([[nameOf(lane), { first: '0', end: '5', committed }]]);
/** In hand until the member is stopped. */
const long: Lane = (_facts, signal) => new Promise((resolve) => signal.addEventListener('abort', () => resolve({ done: 0 })));

/** One member of a group that is given one lane, whose client then does what the test makes it do: nothing, as a rule. */
async function watched(ask: AskOffsets) {
  const alarms: string[] = [];
  const members: GroupMember[] = [];
  const log: Logger = { info: () => undefined, warn: () => undefined, error: ({ alarm }) => void alarms.push(String(alarm)) };
  const shared = { consumer: to.consumer, clock: new FakeClock('2016-05-20'), log, failpoints: noFailpoints, runLength: 2, beatEveryMs: 5 };
  const join = async (member: GroupMember) => {
    members.push(member);
    member.assigned([nameOf(lane)]);
    return { leave: () => Promise.resolve() };
  };
  const subscription = new KafkaSubscription(to, long, { ...shared, pace, join });
  await subscription.start();
  const watch = new KafkaWatch({ log }, pace, ask);
  await watch.add(subscription);
  return { alarms, members, watch };
}

describe('A consumer that is connected, sends its signs of life, and does not move', () => {
  it('is found by the offsets of the broker: the alarm lane-stuck rings, and its client is replaced', async () => {
    const { alarms, members, watch } = await watched(async () => standing('3'));
    await eventually(() => members.length >= 2);
    expect(alarms[0]).toBe('lane-stuck');
    await watch.close();
  });

  it('is left alone while a run is in hand: it is told, but what works is not cut off', async () => {
    let committed = '5';
    const { alarms, members, watch } = await watched(async () => standing(committed));
    const fact = { ...lane, offset: '3', key: 'a', bytes: new Uint8Array() };
    const hands = { isCurrent: () => true, settle: async () => undefined, beat: async () => undefined, pause: () => () => undefined };
    const running = members[0]?.take({ ...lane, ...hands, facts: [fact] });
    committed = '3';
    await eventually(() => alarms.length >= 3);
    expect([new Set(alarms), members.length]).toEqual([new Set(['lane-stuck']), 1]);
    await watch.close();
    await running;
  });

  it('is no matter where nothing waits for it', async () => {
    let looks = 0;
    const { alarms, members, watch } = await watched(async () => ((looks += 1), standing('5')));
    await eventually(() => looks >= 5);
    expect([alarms, members.length]).toEqual([[], 1]);
    expect(watch.health()).toMatchObject({ connected: true, lag: { benefits: 0 } });
    await watch.close();
  });

  it('counts as away from its broker as soon as a look finds none, and is back with the next answer', async () => {
    let away = true;
    const { watch } = await watched(() => (away ? Promise.reject(new Error('no broker')) : Promise.resolve(standing('5'))));
    expect(watch.health().connected).toBe(false);
    away = false;
    await eventually(() => watch.health().connected);
    await watch.close();
  });
});
