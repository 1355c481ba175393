import { factsOf } from './surcharges.spec-kit.js';
import { knownSurcharges } from './known-surcharges.js';
import { reviewSurcharges } from './notification.js';
import { Day } from '@isu/values';

const flowsWhole = (through: string) => ({
  'flow/urssaf/payments': { lastNumber: 1, completedThrough: through, openGaps: [], givenUp: [], vector: { 'urssaf-sync': 1 } },
});

const knownOn = (day: string, history: ReturnType<typeof factsOf>) =>
  knownSurcharges(history.facts, { flows: flowsWhole(day), day: Day.of(day), isSetAside: false });
const review = (day: string, history: ReturnType<typeof factsOf>) => {
  const { charge, cancel, remit, holds, nextLookOn } = reviewSurcharges(knownOn(day, history));
  return {
    charge: charge.map(({ code, base, rate, months, from, amount }) => `${code} ${base} ${rate} ${months} ${from} ${amount}`),
    cancel: cancel.map(({ code, amount }) => `${code} ${amount}`),
    remit: remit.map(({ code, amount }) => `${code} ${amount}`),
    holds: holds.map(({ code }) => code),
    nextLookOn: nextLookOn?.iso ?? null,
  };
};
const nothing = { charge: [], cancel: [], remit: [], holds: [] };

describe('F104, N6 — what is told of surcharges, 1 000 € due on 5 February 2016', () => {
  const due = () => factsOf().asks('2016-Q1', '2016-02-05', '1000');

  it('F104 1 000 € late by 3 months: 50.00 € and 12.00 €, two dated lines', () => {
    expect(review('2016-05-05', due())).toEqual({
      ...nothing,
      charge: ['majoration-initiale 1000 0.05 1 2016-02-05 50', 'majoration-mensuelle 1000 0.004 3 2016-02-05 12'],
      nextLookOn: '2016-05-06',
    });
  });

  it('tells nothing for a month, in which the person can still earn the automatic remission', () => {
    expect(review('2016-03-05', due())).toEqual({ ...nothing, nextLookOn: '2016-03-06' });
    expect(review('2016-03-06', due()).charge).toHaveLength(2);
  });

  it('tells only what has begun since the last time', () => {
    const told = due().charges('2016-03-06', { initial: '50', monthly: ['2', '8'] });
    expect(review('2016-04-05', told)).toEqual({ ...nothing, nextLookOn: '2016-04-06' });
    expect(review('2016-04-06', told).charge).toEqual(['majoration-mensuelle 1000 0.004 1 2016-04-05 4']);
  });

  it('stops at the value date: paid on 5 May and known in July, three months and no more', () => {
    const paid = due().pays('1000', '2016-05-05');
    expect(review('2016-07-10', paid)).toEqual({
      ...nothing,
      charge: ['majoration-initiale 1000 0.05 1 2016-02-05 50', 'majoration-mensuelle 1000 0.004 3 2016-02-05 12'],
      nextLookOn: null,
    });
  });

  it('asks nothing for a month on some cents: 0,50 € left × 0,4 % is nothing, and counts with those after it: 3 months, 0,01 €', () => {
    const paid = () => due().pays('999.50', '2016-02-05');
    expect(review('2016-07-10', paid()).charge).toEqual([]);
    const nearly = () => due().pays('999.50', '2016-02-20');
    expect(review('2016-03-06', nearly()).charge).toEqual([
      'majoration-initiale 1000 0.05 1 2016-02-05 50',
      'majoration-mensuelle 1000 0.004 1 2016-02-05 4',
    ]);
    expect(review('2016-05-06', nearly()).charge.at(-1)).toBe('majoration-mensuelle 0.50 0.004 3 2016-03-05 0.01');
  });

  it('F72 F104 who paid in time is not late by what is taken back in May, since the year settles lower: 1 000 paid on the day, 800 owed', () => {
    const settled = () => due().pays('1000', '2016-02-05').asksAgain('2016-05-20', '800').releases('200', '2016-05-20');
    expect(review('2016-07-10', settled())).toEqual({ ...nothing, nextLookOn: null });
  });

  it('D. 133-4 nor by what another contribution of the same due date takes; what was late is late by the same months', () => {
    const inTime = due().pays('1000', '2016-02-05').releases('200', '2016-05-20').placesAgain('200', '2016-05-20');
    expect(review('2016-07-10', inTime)).toEqual({ ...nothing, nextLookOn: null });
    const late = due().pays('1000', '2016-03-20').releases('200', '2016-05-20').placesAgain('200', '2016-05-20');
    expect(review('2016-07-10', late).charge).toEqual([
      'majoration-initiale 1000 0.05 1 2016-02-05 50',
      'majoration-mensuelle 1000 0.004 2 2016-02-05 8',
    ]);
  });

  it('cancels what the money, received before, made void: the third month of 4 €, or everything', () => {
    const told = () => due().charges('2016-04-06', { initial: '50', monthly: ['3', '12'] });
    expect(review('2016-04-20', told().pays('1000', '2016-04-05'))).toEqual({
      ...nothing,
      cancel: ['majoration-mensuelle 4'],
      nextLookOn: null,
    });
    expect(review('2016-04-20', told().pays('1000', '2016-02-05'))).toEqual({
      ...nothing,
      cancel: ['majoration-initiale 50', 'majoration-mensuelle 12'],
      nextLookOn: null,
    });
    // 400 € had come in time: 600 × 5 % = 30 and 600 × 0.4 % × 3 = 7.20 stay, 20 and 4.80 go.
    expect(review('2016-04-20', told().pays('400', '2016-02-05')).cancel).toEqual(['majoration-initiale 20', 'majoration-mensuelle 4.80']);
  });

  it('keeps what was asked at the due date as its base, when a later calendar asks for less', () => {
    const lowered = due()
      .charges('2016-03-06', { initial: '50', monthly: ['2', '8'] })
      .asksAgain('2016-03-20', '600');
    expect(review('2016-04-06', lowered)).toMatchObject({ charge: ['majoration-mensuelle 600 0.004 1 2016-04-05 2.40'], cancel: [] });
  });

  it('R. 243-19-1 charges and gives up at once what was settled within the month, the first time alone', () => {
    const first = due().pays('1000', '2016-03-05');
    expect(review('2016-03-10', first)).toMatchObject({
      charge: ['majoration-initiale 1000 0.05 1 2016-02-05 50', 'majoration-mensuelle 1000 0.004 1 2016-02-05 4'],
      remit: ['majoration-initiale 50', 'majoration-mensuelle 4'],
    });
    const again = due().asks('2015-Q4', '2015-11-05', '1000').pays('1000', '2015-11-20', '2015-Q4').pays('1000', '2016-03-05');
    expect(review('2016-03-10', again).remit).toEqual(['majoration-initiale 50', 'majoration-mensuelle 4']);
    expect(review('2016-03-10', again).charge).toHaveLength(4);
  });

  it('N6 holds while the flow is short or money is in transit, and looks again the next day', () => {
    const known = knownSurcharges(due().facts, { flows: {}, day: Day.of('2016-05-05'), isSetAside: true });
    const { charge, holds, nextLookOn } = reviewSurcharges(known);
    expect([charge, holds.map(({ code }) => code), nextLookOn?.iso]).toEqual([[], ['flow-never-seen', 'message-set-aside'], '2016-05-06']);
    expect(review('2016-05-05', due().reports('1000', '2016-05-04'))).toMatchObject({ charge: [], holds: ['payment-in-transit'] });
  });

  it('D. 133-1 leaves 40 € alone; and 40.99 € of surcharges wait until they are 41 €', () => {
    expect(review('2016-05-05', factsOf().asks('2016-Q1', '2016-02-05', '40.99'))).toMatchObject(nothing);
    // 700 × 5 % = 35 and 700 × 0.4 % × 2 = 5.60: 40.60, then 43.40 in the third month.
    const small = factsOf().asks('2016-Q1', '2016-02-05', '700');
    expect(review('2016-03-06', small)).toMatchObject({ charge: [], holds: ['below-threshold'], nextLookOn: '2016-04-06' });
    expect(review('2016-04-06', small).charge).toHaveLength(2);
  });

  it('carries a debit that failed for want of funds: nothing if it is paid at the next due date, everything from the first if not', () => {
    const failed = () =>
      factsOf().asks('2016-02', '2016-02-05', '1000').asks('2016-03', '2016-03-07', '1000').debited('2016-02', '1000', 'AM04');
    expect(review('2016-03-07', failed())).toMatchObject({ charge: [], holds: ['carried'], nextLookOn: '2016-03-08' });
    expect(review('2016-04-10', failed().pays('1000', '2016-03-07', '2016-02').pays('1000', '2016-03-07', '2016-03'))).toMatchObject(
      nothing,
    );
    expect(review('2016-03-08', failed().pays('1000', '2016-03-07', '2016-03')).charge[0]).toBe(
      'majoration-initiale 1000 0.05 1 2016-02-05 50',
    );
  });

  it('runs from the next due date when the debit failed through the chain of banks', () => {
    const ours = factsOf().asks('2016-02', '2016-02-05', '1000').asks('2016-03', '2016-03-07', '1000').debited('2016-02', '1000', 'FF01');
    expect(review('2016-04-20', ours.pays('1000', '2016-03-07', '2016-03')).charge).toEqual([
      'majoration-initiale 1000 0.05 1 2016-03-07 50',
      'majoration-mensuelle 1000 0.004 2 2016-03-07 8',
    ]);
  });
});
