import { describe, expect, it } from '@jest/globals';
import { FakeClock } from '@isu/testing';
import type { Bus, BusHealth, Lane } from '@isu/messaging';
import { WatchedBus } from './watched-bus.js';

const consumer = 'benefits';
const stalledAfterMs = 60_000;
const topics = ['isu.collection'];

/** A consumer that has facts before it, and whose lane the test moves by hand. */
async function behind(clock: FakeClock) {
  const hands: { lane?: Lane } = {};
  const health: BusHealth = { connected: true, pausedLanes: [], lastProgressAt: null, lag: { [consumer]: 5 }, lagByTopic: {} };
  const bus: Pick<Bus, 'subscribe' | 'health'> = {
    subscribe: async (_to, lane) => {
      hands.lane = lane;
      return { stop: async () => undefined };
    },
    health: () => health,
  };
  const watched = new WatchedBus(bus as Bus, consumer, clock);
  await watched.subscribe({ consumer, topics }, async () => ({ done: 1 }));
  const move = () => hands.lane?.([], new AbortController().signal);
  return { watched, move };
}

describe('A consumer that is connected and does not move', () => {
  it('is in trouble a minute after it last moved, and no more once it moves', async () => {
    const clock = new FakeClock('2016-05-20');
    const { watched, move } = await behind(clock);
    expect(watched.trouble(stalledAfterMs)).toBeUndefined();
    clock.pass({ seconds: 59 });
    await move();
    clock.pass({ seconds: 59 });
    expect(watched.trouble(stalledAfterMs)).toBeUndefined();
    clock.pass({ seconds: 1 });
    expect(watched.trouble(stalledAfterMs)).toBe('consumer not moving');
    await move();
    expect(watched.trouble(stalledAfterMs)).toBeUndefined();
  });

  it('is seen within a minute also after the clock was set back: what it did later than now is no excuse', async () => {
    const clock = new FakeClock('2016-05-20');
    const { watched, move } = await behind(clock);
    await move();
    expect(watched.trouble(stalledAfterMs)).toBeUndefined();
    clock.pass({ seconds: -3 * 3_600 });
    expect(watched.trouble(stalledAfterMs)).toBeUndefined();
    clock.pass({ seconds: 60 });
    expect(watched.trouble(stalledAfterMs)).toBe('consumer not moving');
  });
});
