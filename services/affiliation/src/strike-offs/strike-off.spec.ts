import { AccountNumber, Day } from '@isu/values';
import { openStrikeOff, stop, strikeOff, tellPerson, type KnownIncome } from './strike-off.js';

const account = AccountNumber.make('12', 1).toString();
const declared = (year: number, amount: string): KnownIncome => ({ year, kind: 'declared', amount });
const open = (incomes: readonly KnownIncome[], { today = '2016-05-20', startedOn = '2009-04-01' } = {}) =>
  openStrikeOff({ account, startedOn, incomes, reason: 'Courriers revenus' }, { id: account, today: Day.of(today) });

describe('F61 — ex-officio striking off (CSS L. 133-6-7-1; collection.md 1.6)', () => {
  it('in May 2016 looks at 2013 and 2014: the declaration of 2015 is due on 9 June', () => {
    expect(open([declared(2012, '9000'), declared(2013, '0')])).toMatchObject({ state: 'bodies', lastIncomeYear: 2012 });
    expect(() => open([declared(2014, '1')])).toThrow(expect.objectContaining({ code: 'still-declaring' }));
    expect(open([declared(2013, '9000')], { today: '2016-06-10' }).lastIncomeYear).toBe(2013);
    expect(() => open([declared(2013, '9000')], { today: '2016-06-09' })).toThrow(expect.objectContaining({ code: 'still-declaring' }));
  });

  it('a loss is an income that was declared; a taxation ex officio and an estimate are none', () => {
    expect(() => open([declared(2014, '-5000')])).toThrow(expect.objectContaining({ code: 'still-declaring' }));
    const others = [
      { year: 2014, kind: 'ex-officio', amount: '19308' },
      { year: 2014, kind: 'estimated', amount: '5000' },
    ];
    expect(open(others).lastIncomeYear).toBeNull();
  });

  it('needs two whole years of activity: begun on 1 January 2013 yes, in 2014 no', () => {
    expect(open([], { startedOn: '2013-01-01' }).state).toBe('bodies');
    expect(() => open([], { startedOn: '2014-01-01' })).toThrow(expect.objectContaining({ code: 'too-young-to-strike-off' }));
  });

  it('leaves the bodies 15 days (20 May + 15 = 4 June), then the person one month (6 June → 6 July), then decides', () => {
    const procedure = open([declared(2012, '9000')]);
    expect(procedure.bodiesUntil).toBe('2016-06-04');
    expect(() => tellPerson(procedure, 'RAR 1', Day.of('2016-06-04'))).toThrow(expect.objectContaining({ code: 'bodies-may-answer' }));
    const told = tellPerson(procedure, 'RAR 1', Day.of('2016-06-06'));
    expect(told).toMatchObject({ state: 'person', personUntil: '2016-07-06' });
    expect(() => strikeOff(told, '2009-04-01', Day.of('2016-07-06'))).toThrow(expect.objectContaining({ code: 'person-may-answer' }));
    expect(strikeOff(told, '2009-04-01', Day.of('2016-07-07'))).toMatchObject({ state: 'decided', endedOn: '2012-12-31' });
  });

  it('without any known income, takes effect on the day of the start', () => {
    const told = tellPerson(open([]), 'RAR 1', Day.of('2016-06-06'));
    expect(strikeOff(told, '2009-04-01', Day.of('2016-07-07')).endedOn).toBe('2009-04-01');
  });

  it('I8 is not decided before the person was told, nor told twice', () => {
    expect(() => strikeOff(open([]), '2009-04-01', Day.of('2017-01-01'))).toThrow(expect.objectContaining({ code: 'person-not-told' }));
    const told = tellPerson(open([]), 'RAR 1', Day.of('2016-06-06'));
    expect(() => tellPerson(told, 'RAR 2', Day.of('2016-06-07'))).toThrow(expect.objectContaining({ code: 'person-already-told' }));
  });

  it('one answer stops it', () => {
    expect(stop(open([]), 'réponse de la personne', Day.of('2016-05-25'))).toMatchObject({ state: 'stopped', closedOn: '2016-05-25' });
  });
});
