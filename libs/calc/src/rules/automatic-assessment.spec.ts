import { Day, Money } from '@isu/values';
import { price } from '../calculate.js';
import { readSituation } from '../reading.js';
import type { AssessedSituation } from '../situation.js';
import { assessedAutomatically, penalBase, undeclaredEndBase } from './automatic-assessment.js';

const undeclared = (more: object = {}) => ({
  noticeOn: Day.of('2016-10-01'),
  earlierIncomes: [] as Money[],
  taxIncome: null as Money | null,
  consecutiveYears: 1,
  ...more,
});
const euros = (...amounts: number[]) => amounts.map((amount) => Money.euros(amount));
const baseOf = (more: object) => {
  const { base, retained } = penalBase(undeclared(more));
  return [base.toString(), retained];
};

describe('CSS R. 242-14 — taxation d’office, PASS 2016 = 38 616 €', () => {
  it('a trader of whom nothing is known: 19 308 × 1.25 = 24 135, and 11 227 in all', () => {
    const situation = readSituation({
      year: 2016,
      status: 'commercant',
      stage: 'provisional',
      income: '0',
      rsa: true,
    }) as AssessedSituation;
    const { penal, breakdown } = assessedAutomatically(situation, undeclared(), price);
    expect(penal.base.toString()).toBe('24135');
    expect(Object.fromEntries(breakdown.lines.map(({ code, amount }) => [code, amount.toString()]))).toEqual({
      maladie: '1569',
      'indemnites-journalieres': '169',
      'allocations-familiales': '519',
      'retraite-base': '4260',
      'retraite-complementaire': '1689',
      'invalidite-deces': '314',
      'csg-crds': '2612',
      cfp: '95',
    });
    expect(breakdown.total.toString()).toBe('11227');
  });

  it('no exemption either: neither ACCRE nor the start overseas takes anything off the 11 227', () => {
    const trader = { year: 2016, status: 'commercant', stage: 'provisional', income: '20000', startedOn: '2016-01-01' };
    for (const relief of [{ acre: true }, { overseas: true }]) {
      const situation = readSituation({ ...trader, ...relief }) as AssessedSituation;
      expect(assessedAutomatically(situation, undeclared(), price).breakdown.total.toString()).toBe('11227');
    }
  });

  it.each([
    ['the second year in a row: 19 308 × 1.50', { consecutiveYears: 2 }, ['28962', 'half-pass']],
    ['a notice of 1 January 2012: 36 372 / 2 × 1.25 = 22 732.50', { noticeOn: Day.of('2012-01-01') }, ['22733', 'half-pass']],
    ['the third: 19 308 × 1.75', { consecutiveYears: 3 }, ['33789', 'half-pass']],
    ['the mean of 30 000 and 20 000 is higher: 25 000 × 1.25', { earlierIncomes: euros(30000, 20000) }, ['31250', 'mean-income']],
    ['a loss counts as nil: (50 000 + 0) / 2 × 1.25', { earlierIncomes: euros(50000, -20000) }, ['31250', 'mean-income']],
    ['one year known: 22 000 × 1.25', { earlierIncomes: euros(22000) }, ['27500', 'mean-income']],
    ['the tax office knows 20 000: 26 000 × 1.25', { taxIncome: Money.euros(20000) }, ['32500', 'tax-income']],
    ['on the floor: a mean of 19 308', { earlierIncomes: euros(19308) }, ['24135', 'half-pass']],
    ['one euro above: 19 309 × 1.25 = 24 136.25', { earlierIncomes: euros(19309) }, ['24136', 'mean-income']],
    [
      'after 10 May 2017 the tax office leaves the comparison: 39 228 / 2 × 1.25 = 24 517.50',
      { noticeOn: Day.of('2017-05-11'), taxIncome: Money.euros(90000) },
      ['24518', 'half-pass'],
    ],
    [
      'on 10 May 2017 it still counts: 90 000 × 1.30 × 1.25',
      { noticeOn: Day.of('2017-05-10'), taxIncome: Money.euros(90000) },
      ['146250', 'tax-income'],
    ],
  ])('%s', (_, more, base) => expect(baseOf(more)).toEqual(base));

  it('I6: says its expression, and that the increase by rank is a default', () => {
    const { expression, parameters } = penalBase(undeclared());
    expect(expression).toBe('round(38616 * 0.5 * 1.25)');
    expect(parameters.find(({ name }) => name === 'taxation-office.lecture')).toMatchObject({ value: 'by-rank', status: 'unsure' });
  });
});

describe('CSS R. 131-2 — an activity that ended, and whose incomes were never declared', () => {
  const ended = (noticeOn: string, lastKnownIncome: Money | null) =>
    undeclaredEndBase({ ...undeclared(), noticeOn: Day.of(noticeOn), lastKnownIncome });

  it('until 10 May 2017, as in any year: 39 228 / 2 × 1.25 = 24 517.50', () => {
    const base = ended('2017-05-10', Money.euros(18000));
    expect(base.kind === 'penal' && base.penal.base.toString()).toBe('24518');
  });

  it('from 11 May 2017, the last known income as it is', () => {
    expect(ended('2017-05-11', Money.euros(18000))).toMatchObject({ kind: 'last-known', base: Money.euros(18000) });
  });

  it('from 11 May 2017, the flat income of a start where none was ever known', () => {
    expect(ended('2017-05-11', null).kind).toBe('flat');
  });
});
