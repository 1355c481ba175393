import { Day } from '@isu/values';
import fc from 'fast-check';
import type { ExplainedBreakdown, ExplainedLine } from './breakdown.js';
import { explain, price } from './calculate.js';
import { cents } from './evaluator.spec-kit.js';
import { readSituation } from './reading.js';
import { pricedYears } from './revisions.js';
import type { Term } from './situation.js';

/** Steps of rounding, the hours of a year of SMIC, and the bounds of `max`: what a text fixes once and for all. */
const constants = ['0', '1', '0.01', '0.0001', '1820'];

/**
 * The numbers of an expression that nothing else of the answer accounts for: neither a declared fact, nor a parameter in force (its pieces, for a
 * scale), nor a rate of the line (the sum of several parameters), nor another line, nor days.
 */
function unexplained(line: ExplainedLine, { lines }: ExplainedBreakdown, term: Term): string[] {
  // A relief overseas takes off the CSG-CRDS of the contributions at its limit: what they use is told by their own lines.
  const telling = line.code === 'csg-crds' && line.relief?.code === 'outre-mer' ? lines : [line];
  const known = new Set([
    ...constants,
    ...line.derivation.facts.map(({ amount }) => `${amount.abs()}`),
    ...telling.flatMap(({ derivation }) => derivation.parameters).flatMap(({ value }) => value.split(/[ :/]/)),
    ...telling.flatMap(({ rate, parts }) => [rate, ...(parts ?? []).map((part) => part.rate)]).flatMap((rate) => `${rate}`.split('/')),
    ...lines.map(({ amount }) => `${amount.abs()}`),
    `${term.days}`,
    `${term.daysOfYear}`,
  ]);
  return (line.derivation.expression.match(/\d+(?:\.\d+)?/g) ?? []).filter((number) => !known.has(number));
}

/** What is wrong with one line, in words: asked of some hundred thousand lines, it must cost little where nothing is. */
function faultsOf(line: ExplainedLine, explained: ExplainedBreakdown, term: Term): string[] {
  const { expression, sentence, bounds } = line.derivation;
  const told = `${sentence} ${bounds.map(({ label }) => label).join()}`;
  return [
    ...(cents(expression) === BigInt(line.amount.cents) ? [] : [`${line.code}: ${expression} is not ${line.amount}`]),
    ...unexplained(line, explained, term).map((number) => `${line.code}: nothing tells of ${number}`),
    ...(/undefined|NaN|\[object/.test(told) ? [`${line.code}: ${told}`] : []),
  ];
}

describe('I6 N2 — the derivation of a line, evaluated alone, gives its amount to the cent', () => {
  it('N2: the evaluator reads the arithmetic as written', () => {
    expect(cents('round(max(0, -5000 + 108) * 0.08) + 2 * (3 - 1) / 4')).toBe(100n);
    expect(cents('round(0.02824975, 0.0001) * 10000')).toBe(28200n);
    expect(cents('-round(2.5)')).toBe(-300n);
  });

  const incomes = fc.oneof(
    fc.integer({ min: -20_000, max: 60_000 }).map((euros) => `${euros}`),
    fc.integer({ min: 0, max: 30_000_000 }).map((amount) => `${Math.floor(amount / 100)}.${String(amount % 100).padStart(2, '0')}`),
  );
  const positive = incomes.filter((text) => !text.startsWith('-'));
  const started = (year: number) => fc.integer({ min: 0, max: 364 }).map((days) => Day.at(year, 1, 1).plusDays(days).iso);
  const years = fc.constantFrom(...pricedYears);
  const flags = { rsa: fc.boolean(), collaboratingSpouse: fc.boolean() };

  const situations = years.chain((year) =>
    fc.oneof(
      fc.record({
        year: fc.constant(year),
        status: fc.constantFrom('artisan', 'commercant', 'profession-liberale'),
        stage: fc.constantFrom('definitive', 'provisional', 'adjusted', 'flat-first-year'),
        earned: incomes,
        startedOn: fc.oneof(fc.constant(null), started(year)),
        relieved: fc.boolean(),
        insuredElsewhere: fc.boolean(),
        ...flags,
      }),
      fc.record({
        year: fc.constant(year),
        status: fc.constantFrom('artisan', 'commercant'),
        stage: fc.constantFrom('definitive', 'provisional'),
        earned: incomes,
        startedOn: started(year),
        overseas: fc.constant(true),
      }),
      fc.record({
        year: fc.constant(year),
        status: fc.constant('profession-liberale'),
        stage: fc.constantFrom('definitive', 'adjusted', 'flat-first-year'),
        earned: incomes,
        startedOn: fc.oneof(fc.constant(null), started(year)),
        relieved: fc.boolean(),
        section: fc.constant('cipav'),
        rsa: fc.boolean(),
      }),
      fc.record({
        year: fc.constant(Math.min(2024, Math.max(2013, year))),
        status: fc.constant('profession-liberale'),
        stage: fc.constant('definitive'),
        earned: positive,
        conventioned: fc.integer({ min: 0, max: 100 }),
      }),
      fc.record({
        year: fc.constant(year),
        status: fc.constantFrom('artisan', 'commercant'),
        stage: fc.constant(year === 2012 ? 'flat-first-year' : 'flat-second-year'),
        ...flags,
      }),
      fc.record({
        year: fc.constant(year),
        status: fc.constant('profession-liberale'),
        stage: fc.constant('definitive'),
        earned: incomes,
        pensions: positive,
        curps: fc.constantFrom('medecin', 'chirurgien-dentiste', 'autres'),
      }),
      fc.record({
        year: fc.constant(year),
        status: fc.constant('micro-entrepreneur'),
        turnover: positive,
        activity: fc.constantFrom('vente', 'services-commerciaux', 'services-artisanaux', 'bnc', 'bnc-cipav'),
        incomeTaxOption: fc.boolean(),
        period: fc.constantFrom(`${year}-Q1`, `${year}-Q2`, `${year}-12`),
        alsace: fc.boolean(),
      }),
    ),
  );

  interface Drawn {
    year: number;
    status: string;
    section?: string;
    stage?: string;
    startedOn?: string | null;
    relieved?: boolean;
    earned?: string;
    pensions?: string;
    /** The part of the income earned under the convention, in percent. */
    conventioned?: number;
  }

  /** The single base asks for the gross income, and not for the pensions of a liberal. */
  function asAsked({ earned, pensions, relieved, conventioned, ...drawn }: Drawn): object {
    const json = relieved && drawn.startedOn ? { ...drawn, acre: true } : drawn;
    if (earned === undefined) return json;
    if (conventioned !== undefined) {
      return { ...json, income: earned, conventionedIncome: `${Math.floor((Number(earned) * conventioned) / 100)}` };
    }
    if (json.year < 2025 || (json.year === 2025 && json.stage !== 'definitive')) {
      return { ...json, income: earned, ...(pensions !== undefined && { declaredPensionContributions: pensions }) };
    }
    return { ...json, grossIncome: earned };
  }

  it('I6 N2: 10 000 situations of every status and year, drawn once and for all', () => {
    fc.assert(
      fc.property(situations, (json) => {
        const situation = readSituation(asAsked(json));
        const explained = explain(situation);
        expect({
          faults: explained.lines.flatMap((line) => faultsOf(line, explained, situation.term)),
          sum: explained.lines.reduce((sum, { amount }) => sum + amount.cents, 0),
          priced: price(situation).total.toString(),
        }).toEqual({ faults: [], sum: explained.total.cents, priced: explained.total.toString() });
      }),
      { seed: 2016, numRuns: 10_000 },
    );
  });
});

describe('I6 — what a derivation tells', () => {
  const lineOf = (json: object, code: string) => explain(readSituation(json)).lines.find((line) => line.code === code)!;
  const trader = { year: 2016, status: 'commercant', stage: 'definitive' };

  it('I6 F75: a floor that is met, with its share of the PASS, their dates and sources', () => {
    const { derivation } = lineOf({ ...trader, income: '3000' }, 'retraite-base');

    expect(derivation.facts.map(({ fact, amount }) => [fact, amount.toString()])).toEqual([['income', '3000']]);
    expect(derivation.bounds.map(({ kind, met, amount }) => [kind, met, amount.toString()])).toEqual([
      ['cap', false, '38616'],
      ['floor', true, '4441'],
    ]);
    expect(derivation.parameters.map(({ name, value, from, status }) => [name, value, from, status])).toEqual([
      ['pass', '38616', '2016-01-01', 'verified'],
      ['plafond-de-la-tranche', '1', '2012-01-01', 'verified'],
      ['retraite-base.assiette-minimale', '0.115', '2016-01-01', 'verified'],
      ['retraite-base.taux-plafonne', '0.1715', '2016-01-01', 'verified'],
      ['retraite-base.taux-deplafonne', '0.005', '2016-01-01', 'verified'],
    ]);
    expect(derivation.rounding.to).toBe('1');
  });

  it('I6 F71: the flat base appears with its value and its formula', () => {
    const { base, derivation } = lineOf({ year: 2016, status: 'commercant', stage: 'flat-first-year' }, 'maladie');
    expect(base.toString()).toBe('7337');
    expect(derivation.expression).toBe('round(round(38616 * 0.19) * 0.065)');
    expect(derivation.sentence).toMatch(/19.% du PASS 2016/u);
  });

  it('I6: an interpolated rate is told between its two points, and its rounding is marked as not proved', () => {
    const { derivation } = lineOf({ ...trader, income: '45000' }, 'allocations-familiales');
    expect(derivation.expression).toBe(
      'round(45000 * round(0.0215 + (0.0525 - 0.0215) * (45000 - 38616 * 1.1) / (38616 * 1.4 - 38616 * 1.1), 0.0001))',
    );
    expect(derivation.parameters.find(({ status }) => status === 'unsure')?.note).toContain('1 271');
  });

  it('F78: CSG-CRDS is told with its deductible part: 5.1 % of 35 178 is 1 794.08, and 1 020 remain of 2 814', () => {
    const { derivation } = lineOf({ ...trader, income: '26000' }, 'csg-crds');
    expect(derivation.shares?.map(({ amount }) => amount.toString())).toEqual(['1794', '1020']);
  });
});
