import { calendarOf, singlePaymentSlot, type OwedLine } from '@isu/calc';
import { Day, Money } from '@isu/values';
import { replan, type Plan } from './replan.js';
import type { Instalment } from './schedule.js';

const owed = (euros: number, year = 2016, code = 'maladie'): OwedLine => ({ year, code, amount: Money.euros(euros) });

/** Twelve payments of 100 € of sickness, what is paid of each by month. */
const twelveOf100 = (paidByMonth: Readonly<Record<string, number>> = {}): Instalment[] =>
  calendarOf(2016, 'monthly-5').map(({ id, dueOn }) => {
    const paid = Money.euros(paidByMonth[id.slice(5)] ?? 0);
    return { id, dueOn, schedule: 2016, means: 'direct-debit', lines: [{ year: 2016, code: 'maladie', amount: Money.euros(100), paid }] };
  });

/** Declared on 20 May: the first payment that may change is the one of 6 June. */
const planOn20May = (instalments: Instalment[], changes: Partial<Plan>): Plan => ({
  ...{ year: 2016, instalments, owed: [owed(1200)], from: Day.of('2016-06-04'), changed: new Set<number>(), slots: null },
  afterwards: () => singlePaymentSlot(2016, 'monthly-5', Day.of('2016-06-04')),
  ...changes,
});

const printed = (instalments: readonly Instalment[]): string[] =>
  instalments.map(
    ({ id, lines }) => `${id} ${lines.map(({ year, amount, paid }) => `${year}: ${amount.toString()} (${paid.toString()})`).join(', ')}`,
  );

const months = (from: number, to: number, rest: string): string[] =>
  Array.from({ length: to - from + 1 }, (_, index) => `2016-${String(from + index).padStart(2, '0')} ${rest}`);

describe('CSS R. 131-5, R. 133-26 — the calendar cut again', () => {
  it('leaves every line as it is when nothing has changed', () => {
    const before = twelveOf100({ '01': 100, '02': 40 });
    expect(replan(planOn20May(before, {}))).toEqual(before);
  });

  it('F54 spreads a supplement of 700 € over the seven payments still to come: 100 + 100 each', () => {
    const after = replan(planOn20May(twelveOf100(), { owed: [owed(1900)] }));
    expect(printed(after)).toEqual([...months(1, 5, '2016: 100 (0)'), ...months(6, 12, '2016: 200 (0)')]);
  });

  it('F72 asks the regularisation of 2015 in lines of its own, those of 2016 untouched: 701 € = 6 × 100 and 101', () => {
    const after = replan(planOn20May(twelveOf100(), { owed: [owed(1200), owed(701, 2015)] }));
    expect(printed(after).slice(5)).toEqual([...months(6, 11, '2015: 100 (0), 2016: 100 (0)'), '2016-12 2015: 101 (0), 2016: 100 (0)']);
  });

  it('F33 keeps a payment made whole in advance, and cuts 1 900 − 500 − 100 = 1 300 € over the six others: 5 × 216 and 220', () => {
    const after = replan(planOn20May(twelveOf100({ '10': 100 }), { owed: [owed(1900)] }));
    expect(printed(after).slice(5)).toEqual([
      ...months(6, 9, '2016: 216 (0)'),
      '2016-10 2016: 100 (100)',
      '2016-11 2016: 216 (0)',
      '2016-12 2016: 220 (0)',
    ]);
  });

  it('keeps 40 € paid in advance where they were paid: 1 900 − 500 − 40 = 1 360 € more, 6 × 194 and 196', () => {
    const after = replan(planOn20May(twelveOf100({ '09': 40 }), { owed: [owed(1900)] }));
    expect(printed(after)[8]).toBe('2016-09 2016: 234 (40)');
    expect(printed(after)[11]).toBe('2016-12 2016: 196 (0)');
  });

  it('asks nothing more, then takes off what is unpaid, latest due first: 400 € owed of 500 asked, May falls to nothing', () => {
    const after = replan(planOn20May(twelveOf100({ '01': 100, '02': 100, '03': 100 }), { owed: [owed(400)] }));
    expect(printed(after)).toEqual([...months(1, 3, '2016: 100 (100)'), '2016-04 2016: 100 (0)', ...months(5, 12, '')]);
  });

  it('leaves what was paid beyond what is owed where it was paid: it shows as too much paid', () => {
    const after = replan(planOn20May(twelveOf100({ '01': 100, '02': 100, '03': 100 }), { owed: [owed(250)] }));
    expect(printed(after)).toEqual([...months(1, 3, '2016: 100 (100)'), ...months(4, 12, '')]);
  });

  it('asks in one payment, on 5 January, what no date of the year is left for', () => {
    const from = Day.of('2017-01-04');
    const after = replan(
      planOn20May(twelveOf100(), { owed: [owed(1500)], from, afterwards: () => singlePaymentSlot(2016, 'monthly-5', from) }),
    );
    expect([printed(after)[12], after[12]?.dueOn.iso, after[12]?.means]).toEqual(['2016-R1 2016: 300 (0)', '2017-01-05', 'transfer']);
  });

  it('F33 cuts what remains by another calendar: 500 € over August and November, June and July as they were', () => {
    const slots = calendarOf(2016, 'quarterly').slice(2);
    const after = replan(planOn20May(twelveOf100(), { from: Day.of('2016-08-05'), slots }));
    expect(printed(after)).toEqual([...months(1, 7, '2016: 100 (0)'), '2016-Q3 2016: 250 (0)', '2016-Q4 2016: 250 (0)']);
  });

  it('F33 keeps the paid part of a date that the new calendar has not: 30 € of September stay, 470 € remain for the quarters', () => {
    const slots = calendarOf(2016, 'quarterly').slice(2);
    const after = replan(planOn20May(twelveOf100({ '09': 30 }), { from: Day.of('2016-08-05'), slots }));
    expect(printed(after).slice(7)).toEqual(['2016-Q3 2016: 235 (0)', '2016-09 2016: 30 (30)', '2016-Q4 2016: 235 (0)']);
  });

  it('R5 lowers the contribution that went down, not its neighbour of the same due date', () => {
    const both = twelveOf100().map((instalment) => ({
      ...instalment,
      lines: [...instalment.lines, { year: 2016, code: 'retraite-base', amount: Money.euros(50), paid: Money.zero }],
    }));
    // 12 × 100 and 12 × 50 asked; by December only sickness is owed less, by 300 €.
    const all = { from: Day.of('2017-01-04'), owed: [owed(900), owed(600, 2016, 'retraite-base')] };
    const after = replan(planOn20May(both, all));
    const totals = (code: string) =>
      Money.sum(after.flatMap(({ lines }) => lines.filter((line) => line.code === code).map(({ amount }) => amount)));
    expect([totals('maladie').toString(), totals('retraite-base').toString()]).toEqual(['900', '600']);
  });
});
