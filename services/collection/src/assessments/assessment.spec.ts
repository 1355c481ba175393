import { Day, Money } from '@isu/values';
import type { Account } from '../accounts/account.js';
import type { Income } from '../incomes/income.js';
import { KnownIncomes } from '../incomes/known-incomes.js';
import { nothingTold } from '../accounts/told.js';
import { assess, basisOf, differences } from './assessment.js';
import { explanationOf, linesOf, type Basis } from './pricing.js';

const startedOn = (day: string, changes: Partial<Account> = {}): Account => ({
  ...{ account: '1300001234517', group: 'commercant', regime: 'common', periodicity: 'monthly-5', dayChangedIn: null },
  ...{ startedOn: Day.of(day), endedOn: null, openedOn: Day.of(day), told: nothingTold, ...changes },
});

const incomeOf = (year: number, euros: number): Income => ({
  ...{
    fact: '01890000-0000-7000-8000-000000000001',
    account: '1300001234517',
    year,
    kind: 'declared',
    source: 'portal',
    corrects: null,
    grounds: null,
  },
  ...{ amount: Money.euros(euros), declaredOn: Day.of(`${year + 1}-05-20`) },
});
const known = (...years: number[]) => new KnownIncomes(years.map((year) => incomeOf(year, 20_000)));

const stageIn2016 = (account: Account, year: number, incomes: ReturnType<typeof known>): string => {
  const basis = basisOf(account, incomes, { year, currentYear: 2016 });
  return basis === null ? 'waits' : `${basis.stage}${basis.income ? ` on ${basis.income.year}` : ''}`;
};

describe('CSS L. 131-6-2 — at which stage a year is, in May 2016', () => {
  it.each([
    ['F71 the first civil year of activity is flat', '2016-03-01', { year: 2016, known: [] }, 'flat-first-year'],
    ['F71 so is the second, while the first income is unknown', '2015-03-01', { year: 2016, known: [] }, 'flat-second-year'],
    ['the second is adjusted on the first once that is declared', '2015-03-01', { year: 2016, known: [2015] }, 'adjusted on 2015'],
    ['F69 the third is never flat: it waits for an income', '2014-03-01', { year: 2016, known: [] }, 'waits'],
    ['F69 the third is called on the second as soon as it is known', '2014-03-01', { year: 2016, known: [2014, 2015] }, 'adjusted on 2015'],
    ['before that, on the year before the last', '2014-03-01', { year: 2016, known: [2014] }, 'provisional on 2014'],
    ['F54 the last year goes before the year before it', '2010-01-01', { year: 2016, known: [2014, 2015] }, 'adjusted on 2015'],
    ['a year with its own income is definitive, the first one too', '2015-03-01', { year: 2015, known: [2015] }, 'definitive on 2015'],
    ['a past year without its own income gets nothing provisional any more', '2010-01-01', { year: 2015, known: [2014] }, 'waits'],
    ['nothing is owed before the start', '2016-03-01', { year: 2015, known: [] }, 'waits'],
    ['a year whose rules are not known waits', '2010-01-01', { year: 2040, known: [2039] }, 'waits'],
  ])('%s', (_, start, { year, known: years }, stage) => {
    expect(stageIn2016(startedOn(start), year, known(...years))).toBe(stage);
  });

  it('assesses nothing on a micro-entrepreneur, nor after the end of the activity', () => {
    expect(stageIn2016(startedOn('2016-01-01', { regime: 'micro-social' }), 2016, known())).toBe('waits');
    expect(stageIn2016(startedOn('2010-01-01', { endedOn: Day.of('2015-06-30') }), 2016, known(2015))).toBe('waits');
  });
});

const flat: Basis = { stage: 'flat-first-year', income: null };

describe('what a stage costs in 2016', () => {
  it.each([
    ['flat first year, whole: 3 234 €', startedOn('2016-01-01'), flat, '3234'],
    ['flat first year from 1 July, 184 days of 366: 1 679 €', startedOn('2016-07-01'), flat, '1679'],
    ['flat second year: 4 550 €', startedOn('2015-07-01'), { stage: 'flat-second-year', income: null } as const, '4550'],
    [
      'provisional on 20 000 € of 2014: 9 320 €',
      startedOn('2010-01-01'),
      { stage: 'provisional', income: incomeOf(2014, 20_000) } as const,
      '9320',
    ],
    [
      'adjusted on 26 000 € of 2015: 12 087 €',
      startedOn('2010-01-01'),
      { stage: 'adjusted', income: incomeOf(2015, 26_000) } as const,
      '12087',
    ],
    [
      'definitive on 30 000 € of 2016: 13 932 €',
      startedOn('2010-01-01'),
      { stage: 'definitive', income: incomeOf(2016, 30_000) } as const,
      '13932',
    ],
  ])('%s', (_, account, basis, total) => {
    expect(Money.sum(linesOf(account, 2016, basis).map(({ amount }) => Money.of(amount))).toString()).toBe(total);
    expect(explanationOf(account, 2016, basis).total.toString()).toBe(total);
  });

  it('brings the income of an incomplete first year to a whole one: 10 000 € in 184 days of 365 make 19 837 € (19 836,96)', () => {
    const adjusted = linesOf(startedOn('2015-07-01'), 2016, { stage: 'adjusted', income: incomeOf(2015, 10_000) });
    expect(adjusted.find(({ code }) => code === 'maladie')?.base).toBe('19837');
    const definitive = linesOf(startedOn('2015-07-01'), 2015, { stage: 'definitive', income: incomeOf(2015, 10_000) });
    expect(definitive.find(({ code }) => code === 'maladie')?.base).toBe('10000');
  });
});

describe('a new version', () => {
  const account = startedOn('2010-01-01');
  const basis: Basis = { stage: 'adjusted', income: incomeOf(2015, 26_000) };
  const first = assess(account, 2016, { basis, inForce: undefined })!;
  const inForce = { ...first, accountingDay: '2016-05-20' };

  it('is the first where nothing was in force, and names its income', () => {
    expect([first.version, first.stage, first.incomeFact, first.rules]).toEqual([1, 'adjusted', basis.income?.fact, '2016.1']);
  });

  it('is not made when lines and stage are the same', () => {
    expect(assess(account, 2016, { basis, inForce })).toBeNull();
  });

  it('is made when the same amounts become definitive: people must know that it is the last word', () => {
    const definitive: Basis = { stage: 'definitive', income: incomeOf(2016, 26_000) };
    expect(assess(account, 2016, { basis: definitive, inForce })).toMatchObject({ version: 2, stage: 'definitive', lines: first.lines });
  });

  it('waits for the gross income that the law of 2026 retains, where only the net one of 2024 is known', () => {
    expect(assess(account, 2026, { basis: { stage: 'definitive', income: incomeOf(2026, 26_000) }, inForce: undefined })).toBeNull();
  });

  it('changes, code by code, what it adds and takes off', () => {
    const line = (code: string, amount: string) => ({ code, base: '1', rate: '1', amount });
    expect(
      differences([line('a', '100'), line('b', '50')], [line('a', '130'), line('d', '5')]).map(
        ({ code, amount }) => `${code} ${amount.toString()}`,
      ),
    ).toEqual(['a 30', 'd 5', 'b -50']);
  });
});
