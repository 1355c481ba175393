import { Day, Money } from '@isu/values';
import fc from 'fast-check';
import { placeMoney, type OpenLine, type PlacedPart } from './allocation.js';

const open = (instalment: string, dueOn: string, code: string, remaining: string): OpenLine => ({
  instalment,
  dueOn: Day.of(dueOn),
  year: 2016,
  code,
  remaining: Money.of(remaining),
});

const lines = [
  open('2016-04', '2016-04-05', 'maladie', '100'),
  open('2016-04', '2016-04-05', 'csg-crds', '200'),
  open('2016-05', '2016-05-05', 'cfp', '10'),
  open('2016-05', '2016-05-05', 'retraite-base', '300'),
  open('2016-05', '2016-05-05', 'maladie', '100'),
  open('2016-06', '2016-06-06', 'maladie', '100'),
];

const place = (amount: string, valueOn: string, ...meantFor: string[]) => {
  const placement = placeMoney({ amount: Money.of(amount), valueOn: Day.of(valueOn), meantFor }, lines);
  return [
    ...placement.parts.map((part) => `${part.instalment} ${part.code} ${part.amount.toString()}`),
    `credit ${placement.credit.toString()}`,
  ];
};

describe('CSS D. 133-4 — the placing of a payment (imputation)', () => {
  it('F31 pays the instalment due that very day first, in the legal order', () => {
    expect(place('150', '2016-05-05')).toEqual(['2016-05 maladie 100', '2016-05 retraite-base 50', 'credit 0']);
  });

  it('pays the instalment that the notice named, even before its due date', () => {
    expect(place('100', '2016-05-20', '2016-06')).toEqual(['2016-06 maladie 100', 'credit 0']);
  });

  it('F34 pays the instalments chosen online, each in the legal order, before any other debt', () => {
    expect(place('450', '2016-05-20', '2016-06', '2016-04')).toEqual([
      '2016-04 csg-crds 200',
      '2016-04 maladie 100',
      '2016-06 maladie 100',
      '2016-05 maladie 50',
      'credit 0',
    ]);
  });

  it('F104 pays surcharges after every contribution that is due, the oldest first: 810 − 710 is 30, 20, and 50 of credit', () => {
    const late = [open('2016-05', '2016-05-05', 'majoration-initiale', '20'), open('2016-04', '2016-04-05', 'majoration-initiale', '30')];
    const money = { amount: Money.of('810'), valueOn: Day.of('2016-05-20'), meantFor: [] };
    const { parts, credit } = placeMoney(money, [...late, ...lines]);
    const onSurcharges = parts
      .filter(({ code }) => code === 'majoration-initiale')
      .map(({ instalment, amount }) => `${instalment} ${amount}`);
    expect([onSurcharges, parts.at(-3)?.code, credit.toString()]).toEqual([['2016-04 30', '2016-05 20'], 'cfp', '50']);
  });

  it('pays the oldest due date first when nothing is named: CSG-CRDS before sickness', () => {
    expect(place('250', '2016-05-20')).toEqual(['2016-04 csg-crds 200', '2016-04 maladie 50', 'credit 0']);
  });

  it('goes on to the other debts that are due, oldest first, and leaves the rest as credit', () => {
    expect(place('800', '2016-05-05')).toEqual([
      '2016-05 maladie 100',
      '2016-05 retraite-base 300',
      '2016-05 cfp 10',
      '2016-04 csg-crds 200',
      '2016-04 maladie 100',
      'credit 90',
    ]);
  });

  it('never moves money silently to an instalment that is not due', () => {
    expect(place('50', '2016-03-01')).toEqual(['credit 50']);
  });

  it('treats an unknown named instalment as none named for what is due', () => {
    expect(place('200', '2016-04-20', '2015-11')).toEqual(['2016-04 csg-crds 200', 'credit 0']);
  });

  it('I2 places every cent once: parts and credit add up, no line is paid beyond what is owed', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 200_000 }), fc.integer({ min: 0, max: 70 }), (cents, days) => {
        const placement = placeMoney({ amount: Money.cents(cents), valueOn: Day.of('2016-04-01').plusDays(days), meantFor: [] }, lines);
        const placed = Money.sum(placement.parts.map((part) => part.amount));
        expect(placed.plus(placement.credit).cents).toBe(cents);
        for (const part of placement.parts) {
          const line = lines.find((each) => each.instalment === part.instalment && each.code === part.code);
          expect(line?.remaining.atLeast(part.amount)).toBe(true);
        }
      }),
    );
  });

  it('D. 133-4 a due date in the whole legal order, daily allowances after sickness, the spouse after the head, a year before the next: of 62 €, 61 leave 1 of the training', () => {
    // As printed, in no order: 2 + 5 + 1 + 7 + 10 + 6 + 8 + 11 + 9 = 59 € of 2016, and 3 € of 2015.
    const of2016 = [
      ...[open('2016-05', '2016-05-05', 'allocations-familiales', '2'), open('2016-05', '2016-05-05', 'retraite-complementaire', '5')],
      ...[open('2016-05', '2016-05-05', 'cfp', '1'), open('2016-05', '2016-05-05', 'conjoint-retraite-base', '7')],
      ...[open('2016-05', '2016-05-05', 'maladie', '10'), open('2016-05', '2016-05-05', 'invalidite-deces', '6')],
      ...[open('2016-05', '2016-05-05', 'retraite-base', '8'), open('2016-05', '2016-05-05', 'csg-crds', '11')],
      open('2016-05', '2016-05-05', 'indemnites-journalieres', '9'),
    ];
    const of2015 = { ...open('2016-05', '2016-05-05', 'cfp', '3'), year: 2015 };
    const { parts } = placeMoney({ amount: Money.of('61'), valueOn: Day.of('2016-05-05'), meantFor: [] }, [...of2016, of2015]);
    expect(parts.map(({ year, code, amount }) => `${String(year)} ${code} ${amount}`)).toEqual([
      ...['2015 cfp 3', '2016 csg-crds 11', '2016 maladie 10', '2016 indemnites-journalieres 9', '2016 retraite-base 8'],
      ...['2016 conjoint-retraite-base 7', '2016 invalidite-deces 6', '2016 retraite-complementaire 5', '2016 allocations-familiales 2'],
    ]);
  });

  it('I2 a payment in two parts of one day pays what it would have paid whole, wherever it is cut', () => {
    const late = open('2016-04', '2016-04-05', 'majoration-initiale', '30');
    const owed = [...lines, late];
    const day = fc.integer({ min: 0, max: 70 }).map((days) => Day.of('2016-04-01').plusDays(days));
    const named = fc.constantFrom([], [], ['2016-06'], ['2016-04', '2016-05']);
    const twoParts = fc.tuple(fc.integer({ min: 1, max: 60_000 }), fc.integer({ min: 1, max: 60_000 }));
    fc.assert(
      fc.property(twoParts, day, named, ([first, second], valueOn, meantFor) => {
        const put = (cents: number, on: readonly OpenLine[]) => placeMoney({ amount: Money.cents(cents), valueOn, meantFor }, on);
        const [one, whole] = [put(first, owed), put(first + second, owed)];
        const other = put(second, less(owed, one.parts));
        expect(sumsOf([...one.parts, ...other.parts])).toEqual(sumsOf(whole.parts));
        expect(one.credit.plus(other.credit)).toEqual(whole.credit);
      }),
    );
  });
});

const keyOf = ({ instalment, year, code }: PlacedPart | OpenLine): string => `${instalment} ${String(year)} ${code}`;

/** What each line received, to the cent. */
function sumsOf(parts: readonly PlacedPart[]): Record<string, number> {
  const sums: Record<string, number> = {};
  for (const part of parts) sums[keyOf(part)] = (sums[keyOf(part)] ?? 0) + part.amount.cents;
  return sums;
}

/** What is still open once these were paid. */
function less(owed: readonly OpenLine[], parts: readonly PlacedPart[]): OpenLine[] {
  const paid = sumsOf(parts);
  return owed.map((line) => ({ ...line, remaining: line.remaining.minus(Money.cents(paid[keyOf(line)] ?? 0)) }));
}
