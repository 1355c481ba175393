import { priced } from './priced.js';
import { isAnswered, noAnswers, questionsFor, type Answers } from './question.js';

const answers = (given: Partial<Answers>): Answers => ({ ...noAnswers(2016), ...given });

const linesOf = (given: Partial<Answers>) => {
  const outcome = priced(answers(given));
  if (outcome.kind === 'refused') throw new Error(outcome.says);
  return { total: outcome.explained.total, lines: outcome.explained.lines.map(({ amount }) => amount) };
};

describe('the simulator', () => {
  it('F45, F77 — 26 000 € of income makes 12 087 € for a commerçant, each line shown', () => {
    expect(linesOf({ status: 'commercant', basis: 'income', income: '26 000' })).toEqual({
      total: '12087',
      lines: ['1690', '182', '559', '4589', '1820', '338', '2814', '95'],
    });
  });

  it('F46, F73 — a commerçant in the first year owes 3 234 €, without typing any income', () => {
    const starter = answers({ status: 'commercant', basis: 'flat-first-year' });
    expect(questionsFor(starter)).toEqual(['status', 'basis']);
    expect(linesOf(starter).total).toBe('3234');
  });

  it('F79 — an artisan owes the same without the training contribution: 12 087 − 95 − 0 on this line', () => {
    expect(linesOf({ status: 'artisan', basis: 'income', income: '26000' }).lines.at(-1)).toBe('0');
  });

  it('F83 — a micro-entrepreneur who sold for 10 000 € owes 1 340 € of micro-social', () => {
    expect(linesOf({ status: 'micro-entrepreneur', activity: 'vente', income: '10000' }).lines[0]).toBe('1340');
  });

  it('N7 — the gross income is asked for by the law itself since 2025, and answered', () => {
    expect(priced(answers({ year: 2025, status: 'commercant', basis: 'income', income: '26000' })).kind).toBe('priced');
  });

  it('says in words why the law does not answer', () => {
    const outcome = priced(answers({ year: 2022, status: 'micro-entrepreneur', activity: 'vente', income: '10000' }));
    expect(outcome).toMatchObject({ kind: 'refused', says: expect.stringContaining('Attendu') });
  });
});

describe('F47 — no step is left without an answer', () => {
  it.each<[string, Partial<Answers>, boolean]>([
    ['an amount as people type it', { status: 'artisan', income: '26 000,50' }, true],
    ['a loss', { status: 'artisan', income: '-3 000' }, true],
    ['nothing', { status: 'artisan', income: '' }, false],
    ['a word', { status: 'artisan', income: 'beaucoup' }, false],
    ['a negative turnover', { status: 'micro-entrepreneur', income: '-1' }, false],
  ])('the income: %s', (_, given, isEnough) => {
    expect(isAnswered('income', answers(given))).toBe(isEnough);
  });

  it('a micro-entrepreneur is asked what they sell, nobody else is', () => {
    expect(questionsFor(answers({ status: 'micro-entrepreneur' }))).toEqual(['status', 'activity', 'income']);
    expect(questionsFor(answers({ status: 'artisan' }))).toEqual(['status', 'basis', 'income']);
  });
});
