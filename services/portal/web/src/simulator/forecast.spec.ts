import { canForecast, forecastOf, monthsOf } from './forecast.js';
import { noAnswers } from './question.js';

const answers = { ...noAnswers(2016), status: 'commercant', basis: 'income', income: '26 000' } as const;
const steady = { periodicity: 'monthly-5', last: '26 000', beforeLast: '26000' } as const;

describe('N8 — the cash calendar of the simulator', () => {
  it('shows three incomes: 18 200, 26 000 and 33 800 €', () => {
    expect(forecastOf(answers, steady)?.map(({ income }) => income.toString())).toEqual(['18200', '26000', '33800']);
  });

  it('who earns the same every year pays 12 087 € in the first', () => {
    const expected = forecastOf(answers, steady)?.[1];
    const firstYear = expected?.flows.filter(({ on }) => on.year === 2016).map(({ amount }) => amount.cents) ?? [];
    expect(firstYear.reduce((sum, cents) => sum + cents, 0)).toBe(1_208_700);
  });

  it('the months of the picture add up to the total of the table', () => {
    const calendars = forecastOf(answers, { ...steady, last: '31000' }) ?? [];
    const months = monthsOf(calendars, 2016);
    expect(months).toHaveLength(24);
    calendars.forEach(({ total }, rank) => {
      const cents = months.reduce((sum, { euros }) => sum + Math.round((euros[rank] ?? 0) * 100), 0);
      expect(cents).toBe(total.cents);
    });
  });

  it('waits for the three incomes', () => {
    expect(forecastOf(answers, { ...steady, last: '' })).toBeNull();
  });

  it('is not offered to micro-entrepreneurs, nor across the single base of 2025', () => {
    expect(canForecast(answers)).toBe(true);
    expect(canForecast({ ...answers, year: 2024 })).toBe(false);
    expect(canForecast({ ...answers, status: 'micro-entrepreneur' })).toBe(false);
  });
});
