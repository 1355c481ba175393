import { readFileSync } from 'node:fs';
import { Day, Money } from '@isu/values';
import { parse } from 'yaml';
import { adjust } from '../adjustment.js';
import type { Breakdown } from '../breakdown.js';
import { price } from '../calculate.js';
import type { Periodicity } from '../instalments/calendar.js';
import { slotsFrom } from '../instalments/changes.js';
import { cutEqually } from '../instalments/cut.js';
import { readSituation } from '../reading.js';
import { assessedAutomatically } from '../rules/automatic-assessment.js';
import { lateSurcharges } from '../rules/late-surcharges.js';
import { missingDeclarations } from '../rules/micro-missing-declaration.js';
import type { DeclarationRhythm } from '../rules/micro-missing-declaration.js';
import type { Activity, AssessedSituation, TraderSituation } from '../situation.js';
import { priceSpouse } from '../spouse.js';

interface Example {
  readonly id: string;
  readonly title: string;
}

interface Priced extends Example {
  readonly situation: object;
  readonly lines: Record<string, string>;
  readonly total: string;
}

const examples = parse(readFileSync(new URL('what-follows.yaml', import.meta.url), 'utf8')) as {
  readonly source: string;
  readonly adjustments: readonly (Example & { before: object; after: object; difference: string })[];
  readonly lateSurcharges: readonly (Example & { late: { amount: string; dueOn: string; paidOn: string }; total: string })[];
  readonly spouses: readonly Priced[];
  readonly automaticAssessments: readonly (Priced & { noticeOn: string; base: string })[];
  readonly missingDeclarations: readonly (Example & {
    missing: { activity: Activity; rhythm: DeclarationRhythm; period: string };
    penalty: string;
    provisional: string;
  })[];
  readonly supplements: readonly (Example & {
    supplement: string;
    over: { year: number; periodicity: Periodicity; from: string };
    payments: readonly string[];
  })[];
};

const named = <T extends Example>(cases: readonly T[]): [string, string, T][] =>
  cases.map((example) => [example.id, example.title, example]);
const told = ({ lines, total }: Breakdown) => ({
  lines: Object.fromEntries(lines.map(({ code, amount }) => [code, amount.toString()])),
  total: total.toString(),
});

describe(`F72 — ${examples.source}`, () => {
  it.each(named(examples.adjustments))('%s: %s', (_, __, { before, after, difference }) => {
    expect(adjust(price(readSituation(before)), price(readSituation(after))).total.toString()).toBe(difference);
  });

  it.each(named(examples.lateSurcharges))('%s: %s', (_, __, { late: { amount, dueOn, paidOn }, total }) => {
    const sum = Money.of(amount);
    const late = { amount: sum, dueOn: Day.of(dueOn), received: [{ amount: sum, valueOn: Day.of(paidOn) }], until: Day.of(paidOn) };
    expect(lateSurcharges(late).total.toString()).toBe(total);
  });

  it.each(named(examples.spouses))('%s: %s', (_, __, { situation, lines, total }) => {
    expect(told(priceSpouse(readSituation(situation) as TraderSituation))).toEqual({ lines, total });
  });

  it.each(named(examples.automaticAssessments))('%s: %s', (_, __, { situation, noticeOn, base, lines, total }) => {
    const undeclared = { noticeOn: Day.of(noticeOn), earlierIncomes: [], taxIncome: null, consecutiveYears: 1 };
    const { penal, breakdown } = assessedAutomatically(readSituation(situation) as AssessedSituation, undeclared, price);
    expect({ base: penal.base.toString(), ...told(breakdown) }).toEqual({ base, lines, total });
  });

  it.each(named(examples.missingDeclarations))('%s: %s', (_, __, { missing: { period, ...of }, penalty, provisional }) => {
    const [due] = missingDeclarations({ ...of, periods: [Day.of(period)] });
    expect([due?.penalty.toString(), due?.provisional.toString()]).toEqual([penalty, provisional]);
  });

  it.each(named(examples.supplements))('%s: %s', (_, __, { supplement, over: { year, periodicity, from }, payments }) => {
    const cut = cutEqually([{ year: year - 1, code: 'maladie', amount: Money.of(supplement) }], slotsFrom(year, periodicity, Day.of(from)));
    expect(cut.map(({ lines }) => Money.sum(lines.map(({ amount }) => amount)).toString())).toEqual(payments);
  });
});
