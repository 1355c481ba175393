import { clockOf } from './act-clock.js';
import type { BusinessClock } from './business-clock.js';
import { Day } from './day.js';

/** A clock on which a minute passes at every question, from half past eleven at night on. */
const passing = (): BusinessClock => {
  let minutes = 23 * 60 + 30;
  const instant = () => new Date(Date.UTC(2016, 4, 20, 0, (minutes += 1)));
  return { now: instant, recordedAt: () => instant().toISOString(), today: () => Day.of(instant().toISOString().slice(0, 10)) };
};
const transaction = () => ({ queryRunner: { isTransactionActive: true } });
const reads = (clock: BusinessClock) => [clock.today().iso, clock.now().toISOString(), clock.recordedAt()];

describe('I7 — one act has one instant', () => {
  it('stands still for an act, however often it is asked, and goes on for the next', () => {
    const [clock, act] = [passing(), transaction()];
    const first = reads(clockOf(act, clock));
    for (let asked = 0; asked < 40; asked += 1) expect(reads(clockOf(act, clock))).toEqual(first);
    expect(reads(clockOf(transaction(), clock))).not.toEqual(first);
  });

  it('gives day and instant of one reading, wherever midnight falls between its questions', () => {
    const clock = passing();
    for (let asked = 0; asked < 40; asked += 1) {
      const [day, now, recordedAt] = reads(clockOf(transaction(), clock));
      expect([now?.slice(0, 10), recordedAt?.slice(0, 10)]).toEqual([day, day]);
    }
  });

  it('outside a transaction each question is its own', () => {
    const [clock, reading] = [passing(), { queryRunner: { isTransactionActive: false } }];
    expect(reads(clockOf(reading, clock))).not.toEqual(reads(clockOf(reading, clock)));
    expect(reads(clockOf({}, clock))).toHaveLength(3);
  });
});
