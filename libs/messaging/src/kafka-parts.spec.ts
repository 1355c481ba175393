import { describe, expect, it } from '@jest/globals';
import { RefusedByBus } from './bus.js';
import { kindOf } from './kafka-faults.js';
import { lagOf, standingOf } from './kafka-lag.js';
import { inPortions, leadersFor, unanswered } from './kafka-topics.js';

const topic = 'isu.collection';
const fact = (key: string, size: number) => ({ topic, key, bytes: new Uint8Array(size) });

describe('What is handed to Kafka, and what it answers', () => {
  it('cuts a batch into pieces that a broker takes, in the order in which it came', () => {
    const portions = inPortions([fact('a', 500_000), fact('b', 400_000), fact('c', 100_000), fact('d', 1_048_576), fact('e', 1)]);
    expect(portions.map((portion) => portion.map(({ key }) => key).join(''))).toEqual(['ab', 'c', 'd', 'e']);
    expect(inPortions([])).toEqual([]);
  });

  it('refuses for good a fact of more than 1 MiB, before anything is sent', () => {
    expect(() => inPortions([fact('a', 1), fact('b', 1_048_577)])).toThrow(RefusedByBus);
  });

  it('takes nothing for sent that no broker has confirmed: left out of the answer, or answered with an error (R4)', () => {
    const sent = [
      { topic, partition: 3 },
      { topic, partition: 5 },
    ];
    const ok = { topicName: topic, partition: 3, errorCode: 0 };
    expect(unanswered(sent, [ok])).toEqual({ topic, partition: 5 });
    expect(unanswered(sent, [ok, { topicName: topic, partition: 5, errorCode: 6 }])).toEqual({ topic, partition: 5 });
    expect(unanswered(sent, [ok, { topicName: topic, partition: 5, errorCode: 0 }])).toBeUndefined();
  });

  it('waits for a leader of every partition, and rises when there are more or fewer than promised', () => {
    const spec = { topic, partitions: 2 };
    expect(leadersFor(undefined, spec)).toBe(false);
    expect(leadersFor({ partitions: [{ leader: 1 }, { leader: -1 }] }, spec)).toBe(false);
    expect(leadersFor({ partitions: [{ leader: 1 }, { leader: 2 }] }, spec)).toBe(true);
    expect(() => leadersFor({ partitions: [{ leader: 1 }] }, spec)).toThrow('has 1 partitions and was promised 2');
  });

  it('finds the name that the broker gave to an error, however deep the client has wrapped it', () => {
    const broker = Object.assign(new Error('x'), { type: 'UNKNOWN_TOPIC_OR_PARTITION' });
    expect(kindOf(new Error('y', { cause: new Error('z', { cause: broker }) }))).toBe('UNKNOWN_TOPIC_OR_PARTITION');
    expect(kindOf('a word')).toBeUndefined();
  });
});

describe('How far a consumer is behind', () => {
  it('counts from its offset, or from the first fact kept: what the broker dropped for its age waits for nobody', () => {
    expect(lagOf({ first: '0', end: '10', committed: '4' })).toBe(6);
    expect(lagOf({ first: '7', end: '10', committed: '4' })).toBe(3);
    expect(lagOf({ first: '0', end: '10', committed: null })).toBe(10);
    expect(lagOf({ first: '0', end: '3', committed: '9' })).toBe(0);
  });

  it('joins the ends of the lanes with the offsets of the group, under our own names', () => {
    const ends = [
      {
        topic: `x.${topic}`,
        partitions: [
          { partition: 0, low: '0', high: '5' },
          { partition: 1, low: '2', high: '4' },
        ],
      },
    ];
    const committed = [
      {
        topic: `x.${topic}`,
        partitions: [
          { partition: 0, offset: '3' },
          { partition: 1, offset: '-1' },
        ],
      },
    ];
    expect([...standingOf(ends, committed, (name) => name.slice(2))]).toEqual([
      [`${topic}/0`, { first: '0', end: '5', committed: '3' }],
      [`${topic}/1`, { first: '2', end: '4', committed: null }],
    ]);
  });
});
