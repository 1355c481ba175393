import { Day } from '@isu/values';
import { coveredUntil, type DependantReason } from './household.js';

const until = (reason: DependantReason, birthDate: string, from: string) =>
  coveredUntil({ reason, birthDate: Day.of(birthDate), from: Day.of(from) }).iso;

describe('the household (collection.md 1.5)', () => {
  it.each<[string, DependantReason, readonly [string, string], string]>([
    ['a child, to 31 December of the year of eighteen', 'child', ['2008-03-01', '2016-05-20'], '2026-12-31'],
    ['a child of that very year', 'child', ['1998-01-01', '2016-12-31'], '2016-12-31'],
    ['an adult already covered on 31 December 2015, to the end of 2019', 'adult-before-2016', ['1970-01-01', '2015-12-31'], '2019-12-31'],
  ])('%s', (_, reason, [birthDate, from], last) => expect(until(reason, birthDate, from)).toBe(last));

  it.each<[string, string, () => unknown]>([
    ['a child past the year of eighteen', 'dependant-of-age', () => until('child', '1997-12-31', '2016-01-01')],
    ['an adult since 1 January 2016', 'adult-in-own-name', () => until('adult-before-2016', '1970-01-01', '2016-01-01')],
    ['before the birth', 'dependant-not-born', () => until('child', '2016-05-20', '2016-05-19')],
  ])('I8 refuses %s', (_, code, act) => expect(act).toThrow(expect.objectContaining({ code })));
});
