import { Day, Money } from '@isu/values';
import fc from 'fast-check';
import { calendarOf, singlePaymentSlot } from './calendar.js';
import { cutEqually, spreadAgain, type Instalment, type OwedLine } from './cut.js';

const line = (code: string, euros: number, year = 2016): OwedLine => ({ year, code, amount: Money.euros(euros) });
const amountOf = (slot: Instalment): Money => Money.sum(slot.lines.map((owed) => owed.amount));
const printed = (slots: readonly Instalment[]): string[] => slots.map((slot) => amountOf(slot).toString());

// The trader of the article at 26 000 €, in the legal order of allocation: 11 992 € besides the training contribution.
const traderAt26000 = [
  line('csg-crds', 2814),
  line('maladie', 1690),
  line('indemnites-journalieres', 182),
  line('retraite-base', 4589),
  line('invalidite-deces', 338),
  line('retraite-complementaire', 1820),
  line('allocations-familiales', 559),
];
// The same trader, provisional on the 20 000 € of 2014 (contributions.md section 5): 9 225 € and the training contribution.
const traderAt20000 = [
  line('csg-crds', 2165),
  line('maladie', 1300),
  line('indemnites-journalieres', 140),
  line('retraite-base', 3530),
  line('invalidite-deces', 260),
  line('retraite-complementaire', 1400),
  line('allocations-familiales', 430),
  line('cfp', 95),
];

describe('CSS R. 133-26, R. 133-27 — the calendar of payments', () => {
  it('F55 has twelve monthly due dates from 2015, ten before', () => {
    expect(calendarOf(2016, 'monthly-5')).toHaveLength(12);
    expect(calendarOf(2014, 'monthly-5').at(-1)?.id).toBe('2014-10');
  });

  it.each([
    ['monthly-5', '2016-06', '2016-06-06', '5 June 2016 is a Sunday'],
    ['monthly-20', '2016-03', '2016-03-21', '20 March 2016 is a Sunday'],
    ['quarterly', '2016-Q2', '2016-05-05', 'a Thursday'],
  ] as const)('F33 moves %s %s to %s: %s', (periodicity, id, dueOn, _why) => {
    expect(calendarOf(2016, periodicity).find((slot) => slot.id === id)?.dueOn.iso).toBe(dueOn);
  });

  it('asks a single payment on the next regular due date when the year has none left', () => {
    const slot = singlePaymentSlot(2016, 'monthly-5', Day.of('2016-12-20'));
    expect([slot.id, slot.dueOn.iso]).toEqual(['2016-R1', '2017-01-05']);
  });
});

describe('the cut of a year into instalments', () => {
  it('F55 cuts 11 992 € over 12 into 11 × 999 € and 1 003 €', () => {
    expect(printed(cutEqually(traderAt26000, calendarOf(2016, 'monthly-5')))).toEqual([...Array<string>(11).fill('999'), '1003']);
  });

  it('I2 gives each line its cumulative share: 999 × 2 814 / 11 992 = 234,42 € of CSG-CRDS in January', () => {
    const january = cutEqually(traderAt26000, calendarOf(2016, 'monthly-5'))[0];
    expect(january?.lines.map((owed) => [owed.code, owed.amount.toString()])).toEqual([
      ['csg-crds', '234.42'],
      ['maladie', '140.79'],
      ['indemnites-journalieres', '15.16'],
      ['retraite-base', '382.29'],
      ['invalidite-deces', '28.16'],
      ['retraite-complementaire', '151.61'],
      ['allocations-familiales', '46.57'],
    ]);
  });

  it('I2 I6 adds up by payment and by line, whatever the amounts, and never asks a negative amount', () => {
    const amounts = fc.array(fc.integer({ min: 0, max: 2_000_000 }), { minLength: 1, maxLength: 9 });
    fc.assert(
      fc.property(amounts, fc.integer({ min: 1, max: 12 }), (cents, count) => {
        const owed = cents.map((value, rank) => ({ year: 2016, code: `line-${rank}`, amount: Money.cents(value) }));
        const cut = cutEqually(owed, calendarOf(2016, 'monthly-20').slice(0, count));
        for (const each of owed) {
          const asked = Money.sum(cut.flatMap((slot) => slot.lines.filter((part) => part.code === each.code).map((part) => part.amount)));
          expect(asked.toString()).toBe(each.amount.toString());
        }
        const payments = cut.map(amountOf);
        const first = payments[0] ?? Money.zero;
        expect(cut.every((slot) => slot.lines.every((part) => part.amount.isPositive))).toBe(true);
        expect(payments.slice(0, -1).every((payment) => payment.equals(first) && payment.cents % 100 === 0)).toBe(true);
      }),
    );
  });
});

describe('the spread of a change over what remains of the year', () => {
  const calendar = calendarOf(2016, 'monthly-5');
  const provisional = spreadAgain({ standing: [], open: calendar, owed: traderAt20000 });

  it('asks the training contribution whole in February: 768 + 95 = 863 €', () => {
    expect(printed(provisional)).toEqual(['768', '863', ...Array<string>(9).fill('768'), '777']);
  });

  it('F54 asks 12 087 − 3 935 = 8 152 € over the seven payments left after a declaration of 20 May: 6 × 1 164 € and 1 168 €', () => {
    const owed = [...traderAt26000, line('cfp', 95)];
    const adjusted = spreadAgain({ standing: provisional.slice(0, 5), open: calendar.slice(5), owed });
    expect(printed(adjusted)).toEqual(['768', '863', '768', '768', '768', ...Array<string>(6).fill('1164'), '1168']);
    expect(Money.sum(adjusted.map(amountOf)).toString()).toBe('12087');
  });

  it('F72 spreads the regularisation of the year before as lines of its own: 1 000 € over 7 = 6 × 142 € and 148 €', () => {
    const withRegularisation = [line('maladie', 1000, 2015), ...traderAt20000];
    const adjusted = spreadAgain({ standing: provisional.slice(0, 5), open: calendar.slice(5), owed: withRegularisation });
    const of2015 = adjusted.map((slot) => Money.sum(slot.lines.filter((owed) => owed.year === 2015).map((owed) => owed.amount)).toString());
    expect(of2015).toEqual([...Array<string>(5).fill('0'), ...Array<string>(6).fill('142'), '148']);
  });

  it('asks nothing more when the standing payments already ask too much', () => {
    const adjusted = spreadAgain({ standing: provisional.slice(0, 5), open: calendar.slice(5), owed: [line('maladie', 100)] });
    expect(printed(adjusted).slice(5)).toEqual(Array<string>(7).fill('0'));
  });

  it('F33 keeps the total of the year to the cent when one line fell and the others rose', () => {
    const owed = [line('maladie', 200), line('retraite-base', 9000)];
    const adjusted = spreadAgain({ standing: provisional.slice(0, 5), open: calendar.slice(5), owed });
    expect(Money.sum(adjusted.slice(5).map(amountOf)).toString()).toBe(
      // Five payments of 768 € ask of maladie 541,65 €, of retraite 1 470,80 €: (200 − 541,65) + (9 000 − 1 470,80).
      Money.of('9200')
        .minus(
          Money.sum(
            adjusted
              .slice(0, 5)
              .flatMap((slot) => slot.lines.filter((part) => ['maladie', 'retraite-base'].includes(part.code)).map((part) => part.amount)),
          ),
        )
        .toString(),
    );
  });
});
