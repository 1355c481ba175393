import { describe, expect, it } from '@jest/globals';
import { silentLogger } from '@isu/testing';
import { saidOnce } from './kafka-words.js';

describe('What the Kafka client says, in our log', () => {
  it('is written once, however often it is said, and without anything but words', () => {
    const lines: unknown[] = [];
    const say = saidOnce({ ...silentLogger, warn: (fields) => void lines.push(fields) });
    const away = {
      namespace: 'Connection',
      label: 'ERROR',
      log: { message: 'Connection error', error: 'connect ECONNREFUSED', stack: 's' },
    };
    for (let times = 0; times < 100; times += 1) say(away);
    say({ ...away, log: { message: 'Response without match' } });
    expect(lines).toEqual([
      { namespace: 'Connection', label: 'ERROR', says: 'connect ECONNREFUSED' },
      { namespace: 'Connection', label: 'ERROR', says: 'Response without match' },
    ]);
  });
});
