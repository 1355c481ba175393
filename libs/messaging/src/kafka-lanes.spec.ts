import { describe, expect, it } from '@jest/globals';
import { eventually, FakeClock, silentLogger } from '@isu/testing';
import type { DeliveredFact, Lane } from './bus.js';
import { noFailpoints } from './failpoints.js';
import { KafkaLanes, type FetchedLane } from './kafka-lanes.js';

const topic = 'isu.collection';
const name = `${topic}/0`;
const facts = (count: number): DeliveredFact[] =>
  Array.from({ length: count }, (_, index) => ({ topic, partition: 0, offset: String(index), key: 'a', bytes: new Uint8Array() }));

/** What the client would hand over, noting what is done with it. */
function fetched(count: number, hands: Partial<FetchedLane> = {}) {
  const done: string[] = [];
  const lane: FetchedLane = {
    topic,
    partition: 0,
    facts: facts(count),
    isCurrent: () => true,
    settle: async ({ offset }) => void done.push(`settled ${offset}`),
    beat: async () => void done.push('beat'),
    pause: () => {
      done.push('paused');
      return () => void done.push('resumed');
    },
    ...hands,
  };
  return { lane, done };
}

function lanesOf(lane: Lane, { runLength = 2, beatEveryMs = 1_000 } = {}): KafkaLanes {
  const lanes = new KafkaLanes(lane, {
    consumer: 'benefits',
    clock: new FakeClock('2016-05-20'),
    log: silentLogger,
    failpoints: noFailpoints,
    runLength,
    beatEveryMs,
  });
  lanes.hold([name]);
  return lanes;
}

const all: Lane = async (run) => ({ done: run.length });

describe('The lanes of one member of a Kafka group', () => {
  it('settles run by run, and lives for the group in between', async () => {
    const { lane, done } = fetched(5);
    await lanesOf(all).take(lane);
    expect(done).toEqual(['settled 1', 'beat', 'settled 3', 'beat', 'settled 4', 'beat']);
  });

  it('lives for the group during a run that takes long, and meets afterwards what a beat has met', async () => {
    let beats = 0;
    const { lane, done } = fetched(2, { beat: () => Promise.reject(new Error(`rebalancing ${String((beats += 1))}`)) });
    const slow: Lane = async (run) => {
      await eventually(() => beats >= 3);
      return { done: run.length };
    };
    await expect(lanesOf(slow, { beatEveryMs: 5 }).take(lane)).rejects.toThrow('rebalancing');
    expect(done).toEqual(['settled 1']);
  });

  it('commits what is done and makes only this lane wait when it asks for time', async () => {
    const { lane, done } = fetched(5);
    const lanes = lanesOf(async () => ({ done: 1, retryInMs: 5 }));
    await lanes.take(lane);
    expect([done, lanes.paused]).toEqual([['settled 0', 'paused'], [name]]);
    await eventually(() => done.includes('resumed'));
    expect(lanes.paused).toEqual([]);
  });

  it('never throws what a lane threw: the client would stop all the others', async () => {
    const { lane, done } = fetched(2);
    const lanes = lanesOf(() => Promise.reject(new TypeError('not a function')));
    await lanes.take(lane);
    expect(done).toEqual(['paused']);
    lanes.close();
    expect(done).toEqual(['paused', 'resumed']);
  });

  it('passes on what the client threw, so that it can enter its group again', async () => {
    const { lane } = fetched(2, { settle: () => Promise.reject(new Error('the group is rebalancing')) });
    await expect(lanesOf(all).take(lane)).rejects.toThrow('rebalancing');
  });

  it('begins no further run once the lane is lost, or the member is closed', async () => {
    let runs = 0;
    const { lane, done } = fetched(4, { isCurrent: () => runs++ === 0 });
    await lanesOf(all).take(lane);
    expect(done).toEqual(['settled 1', 'beat']);
    const closed = fetched(4);
    const lanes = lanesOf(all);
    lanes.close();
    await lanes.take(closed.lane);
    expect(closed.done).toEqual([]);
  });

  it('does not take a lane that waits for one that is forgotten', async () => {
    const lanes = lanesOf(async () => ({ done: 0, retryInMs: 60_000 }));
    expect(lanes.still(0)).toEqual([name]);
    await lanes.take(fetched(1).lane);
    expect(lanes.still(0)).toEqual([]);
    lanes.close();
  });
});
