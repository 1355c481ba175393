import { Day, Quarter } from '@isu/values';
import { movesFor, type Payer } from './conduct.js';
import { turnoverOf } from './declaring.js';
import { formalitiesOf } from './formalities.js';
import { inventedPerson } from './person.js';

const thousand = Array.from({ length: 1_000 }, (_, at) => inventedPerson(11, at + 1, 2015));

describe('how somebody meets a due date of 1 003.01 €, Tuesday 5 May 2015', () => {
  const instalment = { account: '1200000000176', id: '2015-05', dueOn: '2015-05-05', amount: '1003.01' };
  const payer = (payment: Payer['payment']): Payer => ({
    ...{ payment, means: 'transfer', stoppedFrom: '2015-05-01', incidentMonth: '2015-05' },
  });
  const moves = (payment: Payer['payment'], more: object = {}) =>
    movesFor(payer(payment), { ...instalment, ...more }).map(({ on, record }) => `${record.type} ${record.amount} ${on.iso}`);

  it.each<[Payer['payment'], string, string[]]>([
    ['on-time', 'whole, on its day', ['payment 1003.01 2015-05-05']],
    ['late', '24 days later, Friday 29 May', ['payment 1003.01 2015-05-29']],
    ['partial', 'half of it, rounded to the cent', ['payment 501.51 2015-05-05']],
    ['stopped', 'nothing from the day on which they stop', []],
    ['overpaid', 'twice in the month of the incident', ['payment 1003.01 2015-05-05', 'payment 1003.01 2015-05-05']],
    [
      'debit-returned',
      'five days later it comes back: Sunday 10 May, so Monday 11',
      ['payment 1003.01 2015-05-05', 'reversal 1003.01 2015-05-11'],
    ],
  ])('%s: %s', (payment, _, expected) => {
    expect(moves(payment)).toEqual(expected);
  });

  it('pays nothing of what is nil, and nothing befalls who pays in another month', () => {
    expect(moves('on-time', { amount: '0' })).toEqual([]);
    expect(moves('overpaid', { dueOn: '2015-06-05', id: '2015-06' })).toEqual(['payment 1003.01 2015-06-05']);
  });

  it('names each payment once for ever: told again, it is the same', () => {
    const names = movesFor(payer('overpaid'), instalment).map(({ record }) => record.reference);
    expect(names).toEqual(['1200000000176-2015-05', '1200000000176-2015-05-bis']);
  });
});

describe('the turnovers of somebody who began on 10 February 2013', () => {
  const person = { ...inventedPerson(11, 1, 2015), startedOn: '2013-02-10', endsOn: '2014-05-20', register: 'none' as const };
  const sells = {
    ...person,
    turnover: (quarter: string) => (quarter === '2013-Q1' ? '1000' : '3000'),
    tellsTurnover: (quarter: string) => quarter !== '2013-Q4',
  };
  const told = (year: number, number: number) => turnoverOf({ person: sells }, Quarter.of(year, number), Day.of('2013-01-02'));

  it('are told from the quarter after the first one, with which it counts: 1 000 + 3 000', () => {
    expect([told(2013, 1), told(2013, 2), told(2013, 3)]).toEqual([
      undefined,
      { period: '2013-Q2', activity: 'bnc', amount: '4000' },
      { period: '2013-Q3', activity: 'bnc', amount: '3000' },
    ]);
  });

  it('are nil where they were over before anything was sold', () => {
    expect(turnoverOf({ person: sells }, Quarter.of(2013, 2), Day.of('2014-01-02'))?.amount).toBe('0');
  });

  it('are never told of some quarters, nor of those after the end', () => {
    expect([told(2013, 4), told(2014, 2)?.amount, told(2014, 3)]).toEqual([undefined, '3000', undefined]);
  });
});

describe('what happens in invented lives', () => {
  const said = thousand.map((person, at) => ({
    person,
    formalities: formalitiesOf(person, { through: '2025-12-31', spouse: thousand[at + 1] }),
  }));

  it('comes after their beginning, in the order of days, and nothing after the end', () => {
    for (const { person, formalities } of said) {
      const days = formalities.map(({ on }) => on);
      expect(days).toEqual([...days].sort());
      expect(days.every((on) => on >= person.startedOn && on <= person.endsOn)).toBe(true);
      const end = formalities.findIndex(({ line }) => line.type === 'cessation');
      expect([-1, formalities.length - 1]).toContain(end);
    }
  });

  it('is of every kind, each under a reference of its own that fits the centre’s 40 characters', () => {
    const lines = said.flatMap(({ formalities }) => formalities.map(({ line }) => line));
    expect(new Set(lines.map(({ type }) => type))).toEqual(new Set(['acre-request', 'modification', 'spouse', 'cessation']));
    expect(new Set(lines.map(({ reference }) => reference)).size).toBe(lines.length);
    expect(Math.max(...lines.map(({ reference }) => reference.length))).toBeLessThanOrEqual(40);
  });

  it('a longer life begins like the shorter one: what was told through 2018 is told again through 2025', () => {
    for (const { person, formalities } of said.slice(0, 200)) {
      const shorter = formalitiesOf(person, { through: '2018-12-31', spouse: thousand[person.rank] });
      expect(formalities.slice(0, shorter.length)).toEqual(shorter);
    }
  });

  it('incomes are told in May by about 85 in 100, by the summer by 10, never by 5', () => {
    const days = thousand.map((person) => person.declaresOn(2015));
    const share = (day: string | null) => days.filter((told) => told === day).length;
    expect(share('2016-05-12')).toBeGreaterThan(800);
    expect(share('2016-07-20')).toBeGreaterThan(60);
    expect(share(null)).toBeGreaterThan(20);
    expect(share('2016-05-12') + share('2016-07-20') + share(null)).toBe(1_000);
  });
});
