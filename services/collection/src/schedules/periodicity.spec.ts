import { Day } from '@isu/values';
import type { Account } from '../accounts/account.js';
import { nothingTold } from '../accounts/told.js';
import { changePeriodicity } from './periodicity.js';

const account: Account = {
  ...{ account: '1300001234517', group: 'commercant', regime: 'common', periodicity: 'monthly-5', dayChangedIn: null },
  ...{ startedOn: Day.of('2013-01-01'), endedOn: null, told: nothingTold, openedOn: Day.of('2013-01-01') },
};
const today = Day.of('2016-05-20');

describe('CSS R. 133-26, R. 133-27 — when another periodicity counts from', () => {
  it.each([
    ['F33 the quarterly date at least 30 days after: 20 May + 30 = 19 June, so 5 August', '2016-05-20', '2016-08-05'],
    ['F33 on the thirtieth day it still counts: 6 July + 30 = 5 August', '2016-07-06', '2016-08-05'],
    ['F33 a day later it does not: 6 August + … so 7 November, the 5th being a Saturday', '2016-07-07', '2016-11-07'],
    ['the first date of the next year, when none is left', '2016-11-20', '2017-02-06'],
  ])('%s', (_, day, from) => {
    expect(changePeriodicity(account, 'quarterly', Day.of(day)).from.iso).toBe(from);
  });

  it('F33 changes the day from the second month after the request', () => {
    const { from, account: changed } = changePeriodicity(account, 'monthly-20', today);
    expect([from.iso, changed.periodicity, changed.dayChangedIn]).toEqual(['2016-07-01', 'monthly-20', 2016]);
  });

  it('refuses a second change of day in the same civil year, not in the next', () => {
    const changed = changePeriodicity(account, 'monthly-20', today).account;
    expect(() => changePeriodicity(changed, 'monthly-5', Day.of('2016-11-20'))).toThrow(
      expect.objectContaining({ code: 'day-already-changed' }),
    );
    expect(changePeriodicity(changed, 'monthly-5', Day.of('2017-01-02')).account.periodicity).toBe('monthly-5');
  });

  it('comes back from quarterly payments without that counting as a change of day', () => {
    const { account: changed } = changePeriodicity({ ...account, periodicity: 'quarterly', dayChangedIn: 2016 }, 'monthly-20', today);
    expect(changed).toMatchObject({ periodicity: 'monthly-20', dayChangedIn: 2016 });
  });

  it('refuses it to a micro-entrepreneur, who pays with each declaration', () => {
    expect(() => changePeriodicity({ ...account, regime: 'micro-social' }, 'quarterly', today)).toThrow(
      expect.objectContaining({ code: 'periodicity-of-micro-entrepreneur', status: 422 }),
    );
  });
});
