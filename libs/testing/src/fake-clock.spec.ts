import { expect, it } from '@jest/globals';
import { FakeClock } from './fake-clock.js';

it('records an instant on the business day with the wall time of day', () => {
  const clock = new FakeClock('2016-05-20', '2026-11-22T09:30:00.250Z');
  expect(clock.recordedAt()).toBe('2016-05-20T09:30:00.250Z');
  expect(clock.now().toISOString()).toBe('2026-11-22T09:30:00.250Z');
});

it('stands still until it is moved, and changes its business day at midnight', () => {
  const clock = new FakeClock('2016-12-31');
  expect([clock.recordedAt(), clock.recordedAt()]).toEqual(['2016-12-31T10:00:00.000Z', '2016-12-31T10:00:00.000Z']);
  clock.pass({ seconds: 14 * 3600 });
  expect(clock.recordedAt()).toBe('2017-01-01T00:00:00.000Z');
  clock.pass({ days: 2, ms: 1 });
  expect(clock.today().iso).toBe('2017-01-03');
});

it('moves the business day alone', () => {
  const clock = new FakeClock('2016-05-20');
  clock.setDay('2014-02-01');
  expect([clock.today().iso, clock.now().toISOString()]).toEqual(['2014-02-01', '2016-05-20T10:00:00.000Z']);
});
