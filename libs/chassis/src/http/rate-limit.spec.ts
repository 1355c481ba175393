import { FakeClock } from '@isu/testing';
import { Refusal } from '../problems/refusal.js';
import { RateLimit } from './rate-limit.js';

describe('a door that can be tried', () => {
  const refusedAfter = (limit: RateLimit, asker: string): string | undefined => {
    try {
      limit.take(asker);
      return undefined;
    } catch (error) {
      return (error as Refusal).headers['retry-after'];
    }
  };

  it('takes five at once, then one every twelve seconds, and says how long to wait', () => {
    const clock = new FakeClock('2016-05-20');
    const limit = new RateLimit({ burst: 5, perMinute: 5, clock });
    expect(Array.from({ length: 6 }, () => refusedAfter(limit, 'a'))).toEqual([
      undefined,
      undefined,
      undefined,
      undefined,
      undefined,
      '12',
    ]);
    clock.pass({ seconds: 12 });
    expect([refusedAfter(limit, 'a'), refusedAfter(limit, 'a')]).toEqual([undefined, '12']);
  });

  it('counts each asker apart, and forgets nothing when the wall clock steps back', () => {
    const clock = new FakeClock('2016-05-20');
    const limit = new RateLimit({ burst: 1, perMinute: 1, clock });
    expect(refusedAfter(limit, 'a')).toBeUndefined();
    expect(refusedAfter(limit, 'b')).toBeUndefined();
    clock.pass({ seconds: -10_800 });
    expect(refusedAfter(limit, 'a')).toBe('60');
  });
});
