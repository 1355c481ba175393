import { Day } from '@isu/values';
import { endOfDayInParis, parisDay, parisInstant, parisTimeOfDayMs } from './paris.js';
import { MovableClock, systemClock } from './system-clock.js';

const hour = 3_600_000;

describe('the days of Paris', () => {
  it.each([
    ['in winter the day begins at 23:00 UTC', '2016-01-14T22:59:59.999Z', '2016-01-14'],
    ['in winter the day begins at 23:00 UTC', '2016-01-14T23:00:00.000Z', '2016-01-15'],
    ['in summer at 22:00 UTC', '2016-07-14T21:59:59.999Z', '2016-07-14'],
    ['in summer at 22:00 UTC', '2016-07-14T22:00:00.000Z', '2016-07-15'],
    ['the year too', '2015-12-31T23:00:00.000Z', '2016-01-01'],
  ])('%s: %s is %s', (_, instant, day) => expect(parisDay(new Date(instant))).toBe(day));

  it.each([
    ['an ordinary morning of winter', '2016-01-15', 9 * hour, '2016-01-15T08:00:00.000Z'],
    ['an ordinary morning of summer', '2016-05-20', 9 * hour, '2016-05-20T07:00:00.000Z'],
    ['before the night of 27 March skips an hour', '2016-03-27', 1.5 * hour, '2016-03-27T00:30:00.000Z'],
    ['in the hour that does not exist: the hour after', '2016-03-27', 2.5 * hour, '2016-03-27T01:30:00.000Z'],
    ['after it', '2016-03-27', 3.5 * hour, '2016-03-27T01:30:00.000Z'],
    ['after the night of 30 October has doubled an hour', '2016-10-30', 3.5 * hour, '2016-10-30T02:30:00.000Z'],
  ])('%s', (_, day, timeOfDay, instant) => expect(parisInstant(day, timeOfDay).toISOString()).toBe(instant));

  it('I7 — a day ends with its last millisecond, however long it was', () => {
    expect(endOfDayInParis('2016-05-20')).toBe('2016-05-20T21:59:59.999Z');
    expect(endOfDayInParis('2016-03-27')).toBe('2016-03-27T21:59:59.999Z');
    expect(endOfDayInParis('2016-10-30')).toBe('2016-10-30T22:59:59.999Z');
  });
});

describe('the business clock', () => {
  it('without ISU_TODAY is the clock of Paris, and records the real instant', () => {
    const clock = systemClock();
    expect(clock.today().iso).toBe(parisDay(clock.now()));
    expect(Math.abs(Date.parse(clock.recordedAt()) - clock.now().getTime())).toBeLessThan(1_000);
  });

  it('with ISU_TODAY lives that day, at the time of day of the wall', () => {
    const clock = systemClock('2016-05-20');
    expect(clock.today().iso).toBe('2016-05-20');
    const recorded = new Date(clock.recordedAt());
    expect(parisDay(recorded)).toBe('2016-05-20');
    expect(Math.abs(parisTimeOfDayMs(recorded) - parisTimeOfDayMs(clock.now()))).toBeLessThan(60_000);
  });

  it('of a seeding stands where it was moved to, and comes back', () => {
    const clock = new MovableClock();
    clock.moveTo(Day.of('2013-02-05'));
    expect([clock.today().iso, parisDay(new Date(clock.recordedAt()))]).toEqual(['2013-02-05', '2013-02-05']);
    clock.release();
    expect(clock.today().iso).toBe(parisDay(clock.now()));
  });
});
