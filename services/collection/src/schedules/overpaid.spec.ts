import type { OwedLine } from '@isu/calc';
import { Day, Money } from '@isu/values';
import fc from 'fast-check';
import { takeBackOverpaid } from './overpaid.js';
import type { DebtLine, Instalment } from './schedule.js';

const owed = (code: string, euros: number, year = 2015): OwedLine => ({ year, code, amount: Money.euros(euros) });
const line = (code: string, asked: number, paid: number, year = 2015): DebtLine => ({
  ...{ year, code },
  amount: Money.euros(asked),
  paid: Money.euros(paid),
});
const due = (id: string, dueOn: string, ...lines: DebtLine[]): Instalment => ({
  ...{ id, schedule: 2015, dueOn: Day.of(dueOn), means: 'transfer', lines },
});
const printed = (instalments: readonly Instalment[]): string[] =>
  instalments.map(
    ({ id, lines }) => `${id} ${lines.map(({ code, amount, paid }) => `${code} ${amount.toString()} (${paid.toString()})`).join(', ')}`,
  );
const none = new Set<number>();

describe('CSS R. 131-5, R. 613-1-3 — what was paid of a year beyond what it owes', () => {
  it('F72 is asked and paid no more, the latest due first: 1 000 € paid in two, 750 € owed, 250 € of the second are taken back', () => {
    const before = [due('2015-Q1', '2015-02-05', line('maladie', 500, 500)), due('2015-Q2', '2015-05-05', line('maladie', 500, 500))];
    expect(printed(takeBackOverpaid(before, { owed: [owed('maladie', 750)], kept: none }))).toEqual([
      '2015-Q1 maladie 500 (500)',
      '2015-Q2 maladie 250 (250)',
    ]);
  });

  it('F72 leaves a year that owes more as it is: a supplement takes nothing back', () => {
    const before = [due('2015-Q1', '2015-02-05', line('maladie', 500, 500))];
    expect(takeBackOverpaid(before, { owed: [owed('maladie', 900)], kept: none })).toEqual(before);
  });

  it('waits for the real income where the year rests on an estimate', () => {
    const before = [due('2015-Q1', '2015-02-05', line('maladie', 500, 500))];
    expect(takeBackOverpaid(before, { owed: [owed('maladie', 100)], kept: new Set([2015]) })).toEqual(before);
  });

  it('takes back all of a contribution that is owed no more, and its line with it', () => {
    const before = [due('2015-Q1', '2015-02-05', line('maladie', 60, 60), line('cfp', 40, 40))];
    expect(printed(takeBackOverpaid(before, { owed: [owed('maladie', 60), owed('cfp', 0)], kept: none }))).toEqual([
      '2015-Q1 maladie 60 (60)',
    ]);
  });
});

describe('CSS D. 133-4 — one contribution falls and another rises', () => {
  it('what is paid of the one pays the other inside the same due date: 1 000 € paid, CSG-CRDS 400 → 300, sickness 600 → 700, nobody gets anything back', () => {
    const before = [due('2015-Q1', '2015-02-05', line('csg-crds', 400, 400), line('maladie', 600, 600))];
    const after = takeBackOverpaid(before, { owed: [owed('csg-crds', 300), owed('maladie', 700)], kept: none });
    expect(printed(after)).toEqual(['2015-Q1 csg-crds 300 (300), maladie 700 (700)']);
  });

  it('only what the year does not owe goes back: CSG-CRDS 400 → 150, sickness 600 → 650: 250 too much, 50 of them for sickness, 200 free', () => {
    const before = [due('2015-Q1', '2015-02-05', line('csg-crds', 400, 400), line('maladie', 600, 600))];
    const after = takeBackOverpaid(before, { owed: [owed('csg-crds', 150), owed('maladie', 650)], kept: none });
    expect(printed(after)).toEqual(['2015-Q1 csg-crds 150 (150), maladie 650 (650)']);
  });

  it('pays a contribution that the due date did not have, in the legal order', () => {
    const before = [due('2015-Q1', '2015-02-05', line('retraite-base', 100, 100))];
    const after = takeBackOverpaid(before, { owed: [owed('retraite-base', 60), owed('maladie', 40)], kept: none });
    expect(printed(after)).toEqual(['2015-Q1 maladie 40 (40), retraite-base 60 (60)']);
  });

  it('never gives a contribution what was paid as a penalty', () => {
    const penalty = 'penalite-declaration-tardive';
    const before = [due('2015-R1', '2016-07-05', line('maladie', 100, 0), line(penalty, 30, 30))];
    const after = takeBackOverpaid(before, { owed: [owed('maladie', 110), owed(penalty, 20)], kept: none });
    expect(printed(after)).toEqual([`2015-R1 maladie 100 (0), ${penalty} 30 (30)`]);
  });
});

describe('whatever was asked, paid and is owed', () => {
  const codes = ['csg-crds', 'maladie', 'retraite-base', 'cfp'];
  const euros = fc.integer({ min: 0, max: 500 });
  const instalments = fc
    .array(fc.array(fc.tuple(fc.constantFrom(...codes), euros), { minLength: 1, maxLength: 4 }), { minLength: 1, maxLength: 6 })
    .map((list) =>
      list.map((lines, rank) => {
        const byCode = new Map(lines);
        return due(`2015-0${rank + 1}`, `2015-0${rank + 1}-05`, ...[...byCode].map(([code, amount]) => line(code, amount, amount)));
      }),
    );
  const total = (list: readonly Instalment[], what: 'amount' | 'paid'): number =>
    Money.sum(list.flatMap(({ lines }) => lines.map((each) => each[what]))).cents;

  it('what is paid afterwards is the least of what was paid and what is owed, and no contribution that has room keeps too much', () => {
    fc.assert(
      fc.property(instalments, fc.tuple(euros, euros, euros, euros), (before, amounts) => {
        const all = codes.map((code, rank) => owed(code, amounts[rank] ?? 0));
        const due2015 = Money.sum(all.map(({ amount }) => amount)).cents;
        const after = takeBackOverpaid(before, { owed: all, kept: none });
        expect(total(after, 'paid')).toBe(Math.min(total(before, 'paid'), due2015));
        for (const { lines } of after)
          for (const { amount, paid } of lines) expect(paid.isNegative || paid.compare(amount) > 0).toBe(false);
        const paidOf = (code: string) =>
          Money.sum(after.flatMap(({ lines }) => lines.filter((each) => each.code === code).map(({ paid }) => paid)));
        for (const { code, amount } of all) expect(paidOf(code).atMost(amount)).toBe(true);
        expect(takeBackOverpaid(after, { owed: all, kept: none })).toEqual(after);
      }),
    );
  });
});
