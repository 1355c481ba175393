import { price } from './calculate.js';
import { readSituation } from './reading.js';
import { PricingRefusal } from './refusal.js';

const trader = { year: 2016, status: 'commercant', stage: 'definitive', income: '26000' };
const gross = { year: 2026, status: 'commercant', stage: 'definitive', grossIncome: '40000' };
const micro = { year: 2016, status: 'micro-entrepreneur', turnover: '20000', activity: 'vente' };

function refusalOf(json: unknown): PricingRefusal {
  try {
    readSituation(json);
  } catch (error) {
    if (error instanceof PricingRefusal) return error;
    throw error;
  }
  throw new Error('this situation is accepted');
}

describe('I2 — a situation that cannot be priced is refused with what would be accepted', () => {
  it.each([
    ['nothing', null, 'not-a-situation', ''],
    ['undefined', undefined, 'not-a-situation', ''],
    ['a list', [trader], 'not-a-situation', ''],
    ['a text', 'commercant', 'not-a-situation', ''],
    ['a number', 2016, 'not-a-situation', ''],
    ['an empty object', {}, 'missing-field', 'year'],
    ['no year', { ...trader, year: undefined }, 'missing-field', 'year'],
    ['a year before the rules', { ...trader, year: 2011 }, 'unknown-year', 'year'],
    ['a year after the rules', { ...trader, year: 2027 }, 'unknown-year', 'year'],
    ['a year in text', { ...trader, year: '2016' }, 'unknown-year', 'year'],
    ['half a year', { ...trader, year: 2016.5 }, 'unknown-year', 'year'],
    ['no status', { ...trader, status: null }, 'missing-field', 'status'],
    ['an unknown status', { ...trader, status: 'salarie' }, 'unknown-status', 'status'],
    ['a status of another type', { ...trader, status: { toString: 1 } }, 'unknown-status', 'status'],
    ['no stage', { ...trader, stage: undefined }, 'missing-field', 'stage'],
    ['an unknown stage', { ...trader, stage: 'final' }, 'unknown-stage', 'stage'],
    ['no income', { ...trader, income: undefined }, 'missing-field', 'income'],
    ['an income with three decimals', { ...trader, income: '26000.123' }, 'bad-amount', 'income'],
    ['an income with a comma', { ...trader, income: '26000,12' }, 'bad-amount', 'income'],
    ['an income as a number', { ...trader, income: 26000 }, 'bad-amount', 'income'],
    ['an income in powers of ten', { ...trader, income: '1e3' }, 'bad-amount', 'income'],
    ['an income with blanks', { ...trader, income: ' 26000' }, 'bad-amount', 'income'],
    ['minus zero', { ...trader, income: '-0' }, 'bad-amount', 'income'],
    ['an income of fourteen digits', { ...trader, income: '12345678901234' }, 'bad-amount', 'income'],
    ['an income that is a list', { ...trader, income: ['26000'] }, 'bad-amount', 'income'],
    ['an income that is an object', { ...trader, income: { __proto__: null } }, 'bad-amount', 'income'],
    ['an ill-written income on a flat stage', { ...trader, stage: 'flat-first-year', income: 'x' }, 'bad-amount', 'income'],
    ['a yes written as a text', { ...trader, rsa: 'true' }, 'bad-value', 'rsa'],
    ['a turnover for a trader', { ...trader, turnover: '20000' }, 'field-not-of-status', 'turnover'],
    ['an activity for a trader', { ...trader, activity: 'vente' }, 'field-not-of-status', 'activity'],
    [
      'declared pension contributions of a trader',
      { ...trader, declaredPensionContributions: '3000' },
      'field-not-of-status',
      'declaredPensionContributions',
    ],
    [
      'negative pension contributions',
      { ...trader, status: 'profession-liberale', declaredPensionContributions: '-1' },
      'bad-amount',
      'declaredPensionContributions',
    ],
    ['a health profession that has no CURPS', { ...trader, status: 'profession-liberale', curps: 'avocat' }, 'bad-value', 'curps'],
    ['an income for a micro-entrepreneur', { ...micro, income: '20000' }, 'field-not-of-status', 'income'],
    ['a provisional stage for a micro-entrepreneur', { ...micro, stage: 'provisional' }, 'unknown-stage', 'stage'],
    ['no activity', { ...micro, activity: undefined }, 'missing-field', 'activity'],
    ['an unknown activity', { ...micro, activity: 'location' }, 'unknown-activity', 'activity'],
    ['no turnover', { ...micro, turnover: undefined }, 'missing-field', 'turnover'],
    ['a negative turnover', { ...micro, turnover: '-1' }, 'bad-amount', 'turnover'],
    ['an unknown period', { ...micro, period: '2016-Q5' }, 'bad-value', 'period'],
    ['a period of another year', { ...micro, period: '2015-Q4' }, 'date-outside-year', 'period'],
    ['a whole year in which the rate changed', { ...micro, year: 2017 }, 'rate-changes-within-period', 'period'],
    ['a start relief without the day of the start', { ...trader, acre: true }, 'missing-field', 'startedOn'],
    [
      'a start relief more than twelve months after the start',
      { ...trader, acre: true, startedOn: '2014-12-31' },
      'date-outside-year',
      'acre',
    ],
    ['a start relief of a whole micro year', { ...micro, acre: true, startedOn: '2016-01-01' }, 'missing-field', 'period'],
    [
      'a start relief of a micro-entrepreneur after its three steps',
      { ...micro, acre: true, startedOn: '2013-03-31', period: '2016-Q1' },
      'date-outside-year',
      'acre',
    ],
    ['a gross income, asked from 2025 on', { ...trader, grossIncome: '40000' }, 'field-not-of-year', 'grossIncome'],
    ['an income on the single base', { ...trader, year: 2026 }, 'field-not-of-year', 'income'],
    ['a gross income for a call of 2025', { ...gross, year: 2025, stage: 'provisional' }, 'field-not-of-year', 'grossIncome'],
    ['no gross income on the single base', { ...gross, grossIncome: undefined }, 'missing-field', 'grossIncome'],
    [
      'pension contributions, which the single base leaves out',
      { ...gross, status: 'profession-liberale', declaredPensionContributions: '3000' },
      'field-not-of-year',
      'declaredPensionContributions',
    ],
    ['an unknown section', { ...trader, status: 'profession-liberale', section: 'carmf' }, 'bad-value', 'section'],
    ['a section for a trader', { ...trader, section: 'cipav' }, 'field-not-of-status', 'section'],
    ['a conventioned income for a trader', { ...trader, conventionedIncome: '1' }, 'field-not-of-status', 'conventionedIncome'],
    ['overseas, for a liberal', { ...trader, status: 'profession-liberale', overseas: true }, 'field-not-of-status', 'overseas'],
    ['overseas, without the day of the start', { ...trader, overseas: true }, 'missing-field', 'startedOn'],
    ['overseas, after the months that are known', { ...trader, overseas: true, startedOn: '2010-01-01' }, 'figures-unknown', 'overseas'],
    ['overseas, as a text', { ...trader, overseas: 'oui' }, 'bad-value', 'overseas'],
    ['the trades register of a trader', { ...trader, offTradesRegister: true }, 'field-not-of-status', 'offTradesRegister'],
    ['a spouse’s choice without a spouse', { ...trader, spouseBase: 'shared-half' }, 'bad-value', 'spouseBase'],
    ['a spouse’s choice that does not exist', { ...trader, collaboratingSpouse: true, spouseBase: 'all' }, 'bad-value', 'spouseBase'],
    ['craft that is commercial', { ...micro, activity: 'bnc', craft: true }, 'bad-value', 'craft'],
    ['an RSA for a micro-entrepreneur', { ...micro, rsa: true }, 'field-not-of-status', 'rsa'],
    ['two incomes', { ...trader, income: { of: '1' } }, 'bad-amount', 'income'],
    ['a misspelt field', { ...trader, colaboratingSpouse: true }, 'unknown-field', 'colaboratingSpouse'],
    ['a start after the year', { ...trader, startedOn: '2017-01-01' }, 'date-outside-year', 'startedOn'],
    ['an end before the year', { ...trader, endedOn: '2015-12-31' }, 'date-outside-year', 'endedOn'],
    ['an end before the start', { ...trader, startedOn: '2016-07-01', endedOn: '2016-06-30' }, 'date-outside-year', 'endedOn'],
    [
      'a first year that did not start in the year',
      { ...trader, stage: 'flat-first-year', startedOn: '2015-12-31' },
      'date-outside-year',
      'startedOn',
    ],
    [
      'a second year that did not start the year before',
      { ...trader, stage: 'flat-second-year', startedOn: '2016-01-01' },
      'date-outside-year',
      'startedOn',
    ],
    ['30 February', { ...trader, startedOn: '2016-02-30' }, 'bad-value', 'startedOn'],
    ['a date of another type', { ...trader, startedOn: 20160701 }, 'bad-value', 'startedOn'],
  ])('I2: %s', (_, json, code, field) => {
    const refusal = refusalOf(json);
    expect([refusal.code, refusal.field]).toEqual([code, field]);
    expect(refusal.accepted).not.toBe('');
    expect(refusal.message).toMatch(/\.$/);
  });

  it('I2: hostile keys are unknown fields, whatever they are called, and are not repeated', () => {
    for (const text of ['{"__proto__":{"year":2016}}', '{"constructor":1}', '{"year":2016,"toString":1}', '{"<script>":1}']) {
      expect(refusalOf(JSON.parse(text)).code).toBe('unknown-field');
    }
    expect(refusalOf(JSON.parse('{"<script>":1}')).field).toBe('');
  });

  it('I2: nothing is inherited: a year on the prototype is a missing year', () => {
    expect(refusalOf(Object.create(trader)).code).toBe('missing-field');
  });

  it('serialises as a problem without the refused value', () => {
    expect(JSON.parse(JSON.stringify(refusalOf({ ...trader, income: '1.234' })))).toEqual({
      code: 'bad-amount',
      field: 'income',
      detail: 'Cette valeur n’est pas bien écrite.',
      accepted: 'un montant en euros écrit entre guillemets, deux décimales au plus, par exemple "26000" ou "1234.50"',
    });
  });
});

describe('F45 F46 — a situation as it is read', () => {
  it('F46: a flat year needs no income, and one that is given changes nothing', () => {
    const flat = { year: 2016, status: 'commercant', stage: 'flat-first-year' };
    expect(price(readSituation(flat)).total.toString()).toBe('3234');
    expect(price(readSituation({ ...flat, income: '90000' })).total.toString()).toBe('3234');
  });

  it('refuses the flat second year of 2012: its start of 2011 was under the family-allowance base, which is not priced', () => {
    const flat = readSituation({ year: 2012, status: 'commercant', stage: 'flat-second-year' });
    expect(() => price(flat)).toThrow(expect.objectContaining({ code: 'not-in-force' }));
  });

  it('null and false say as much as nothing', () => {
    const said = { ...trader, rsa: null, turnover: null, incomeTaxOption: false, acre: false, startedOn: null };
    expect(readSituation(said)).toEqual(readSituation(trader));
  });

  it('who started before the year is a member for the whole of it', () => {
    expect(readSituation({ ...trader, startedOn: '2010-03-01', endedOn: '2017-03-01' }).term).toEqual(readSituation(trader).term);
  });

  it('1 July to 31 December 2016 are 184 days of 366', () => {
    const { days, daysOfYear } = readSituation({ ...trader, startedOn: '2016-07-01' }).term;
    expect([days, daysOfYear]).toEqual([184, 366]);
  });
});
