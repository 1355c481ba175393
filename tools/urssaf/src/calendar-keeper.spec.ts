import { owedThisEvening, type PromisedFlow } from './calendar-keeper.js';

const flow = (name: string, more: Partial<PromisedFlow>): PromisedFlow => ({
  ...{ flow: name, direction: 'in', lastNumber: 1, unacknowledged: [], completedThrough: null, awaitedThrough: null, gaps: [] },
  ...more,
});
/** On Monday 23 May 2016 the books of Saturday are awaited: Sunday is the evening that is over, and banks worked last on Friday. */
const listed = [
  flow('payments', { awaitedThrough: '2016-05-19' }),
  flow('balances', { awaitedThrough: '2016-05-21' }),
  flow('assessments', { direction: 'out' }),
  flow('schedules', { direction: 'out' }),
];
const told = (...days: readonly string[]) =>
  ['assessments', 'schedules'].flatMap((name, rank) => (days[rank] === undefined ? [] : [{ flow: name, businessDate: days[rank] }]));

describe('N5 the calendars that the simulated Urssaf keeps by itself', () => {
  it('owe the batch of the last day on which banks worked, and the books of the evening that is over', () => {
    expect(
      owedThisEvening(listed, { paymentsThrough: '2016-05-19', balancesThrough: null, told: told('2016-05-22', '2016-05-23') }),
    ).toEqual({ evening: '2016-05-22', payments: '2016-05-20', balances: '2016-05-22' });
  });

  it('owe nothing that is written already', () => {
    const kept = { paymentsThrough: '2016-05-20', balancesThrough: '2016-05-22', told: told('2016-05-22', '2016-05-22') };
    expect(owedThisEvening(listed, kept)).toEqual({ evening: '2016-05-22', payments: null, balances: null });
  });

  it.each([
    ['one flow has told only of the evening before', told('2016-05-22', '2016-05-21')],
    ['one flow has told nothing', told('2016-05-22')],
  ])('S6 keep the books back while %s: they would differ for no reason', (_, heard) => {
    expect(owedThisEvening(listed, { paymentsThrough: '2016-05-20', balancesThrough: null, told: heard })?.balances).toBeNull();
  });

  it('owe nothing before anything was promised', () => {
    expect(owedThisEvening([flow('balances', {})], { paymentsThrough: null, balancesThrough: null, told: [] })).toBeNull();
  });
});
