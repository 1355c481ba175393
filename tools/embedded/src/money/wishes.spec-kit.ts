import fc from 'fast-check';

/** What may be done to an account on a day, before it is known what the account is: a part of what is due, the last debit, whatever refund waits. */
export type Wish =
  | {
      readonly do: 'pay';
      readonly permille: number;
      readonly how: 'batch' | 'transfer' | 'cheque';
      readonly named: 'none' | 'due' | 'next';
      readonly daysAgo: number;
    }
  | { readonly do: 'pay-online'; readonly outcome: 'paid' | 'refused' }
  | {
      readonly do: 'pay-without-owner';
      readonly permille: number;
      readonly how: 'batch' | 'transfer';
      readonly isSlip: boolean;
      readonly daysAgo: number;
    }
  | { readonly do: 'find-owner'; readonly decided: 'approved' | 'refused' | 'later' | 'sent-back' }
  | { readonly do: 'debit-comes-back'; readonly code: string }
  | { readonly do: 'examine-debit'; readonly found: string }
  | { readonly do: 'sign-mandate' }
  | { readonly do: 'payment-comes-back' }
  | { readonly do: 'choose'; readonly choice: 'refund' | 'next-instalments' }
  | { readonly do: 'sign' }
  | { readonly do: 'refund-comes-back' }
  | { readonly do: 'give-another-iban' }
  | { readonly do: 'ask-remission'; readonly external: boolean; readonly granted: boolean }
  | { readonly do: 'declare-again'; readonly income: number };

/** A life to be led: how the person pays, what is declared of 2015, and what happens on which day of the town. */
export interface Plan {
  readonly payer: 'by-debit' | 'by-quarter' | 'micro';
  readonly income: number;
  readonly wishes: readonly { readonly at: number; readonly wish: Wish }[];
}

const codes = 'AM01 AM04 AM04 AM04 MS03 AC01 AC04 RC01 MD01 MD02 MD06 MD07 MS02 SL01 FF01 AG02 ED05 ZZ99 ZZ99'.split(' ');
const findings = 're-present carry leave-unpaid reopen suspend-mandate revoke-mandate revoke-mandate'.split(' ');
const of = <T>(...values: readonly T[]) => fc.constantFrom(...values);

const wish = fc.oneof(
  {
    weight: 8,
    arbitrary: fc.record({
      do: fc.constant('pay' as const),
      permille: fc.oneof(of(1000, 1000, 500, 2500), fc.integer({ min: 1, max: 3000 })),
      ...{ how: of('batch', 'transfer', 'cheque'), named: of('none', 'none', 'due', 'next'), daysAgo: of(0, 0, 6, 12) },
    }),
  },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('pay-online' as const), outcome: of('paid', 'paid', 'refused') }) },
  {
    weight: 3,
    arbitrary: fc.record({
      do: fc.constant('pay-without-owner' as const),
      permille: of(1000, 1000, 400, 1800),
      ...{ how: of('batch', 'transfer'), isSlip: of(false, false, true), daysAgo: of(0, 0, 6, 70) },
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      do: fc.constant('find-owner' as const),
      decided: of('approved', 'approved', 'approved', 'refused', 'later', 'sent-back'),
    }),
  },
  { weight: 5, arbitrary: fc.record({ do: fc.constant('debit-comes-back' as const), code: of(...codes) }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('examine-debit' as const), found: of(...findings) }) },
  { weight: 1, arbitrary: fc.constant({ do: 'sign-mandate' } as const) },
  { weight: 2, arbitrary: fc.constant({ do: 'payment-comes-back' } as const) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('choose' as const), choice: of('refund', 'next-instalments') }) },
  { weight: 2, arbitrary: fc.constant({ do: 'sign' } as const) },
  { weight: 1, arbitrary: fc.constant({ do: 'refund-comes-back' } as const) },
  { weight: 1, arbitrary: fc.constant({ do: 'give-another-iban' } as const) },
  {
    weight: 2,
    arbitrary: fc.record({ do: fc.constant('ask-remission' as const), external: fc.boolean(), granted: of(true, true, false) }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('declare-again' as const), income: fc.integer({ min: 0, max: 60_000 }) }) },
) as fc.Arbitrary<Wish>;

/** Lives of a town whose days are numbered from 0; a counterexample is read a life a line. */
export const plans = ({ lives, days }: { lives: number; days: number }): fc.Arbitrary<readonly Plan[]> =>
  fc
    .array(
      fc.record({
        payer: of('by-debit', 'by-debit', 'by-debit', 'by-quarter', 'micro'),
        income: fc.integer({ min: 3_000, max: 60_000 }),
        wishes: fc.array(fc.record({ at: fc.integer({ min: 0, max: days - 1 }), wish }), { minLength: 6, maxLength: 14 }),
      }),
      { minLength: lives, maxLength: lives },
    )
    .map((wanted) => Object.assign(wanted as Plan[], { [fc.toStringMethod]: () => `\n${(wanted as Plan[]).map(inWords).join('\n')}` }));

const inWords = ({ payer, income, wishes }: Plan, rank: number): string =>
  [
    `vie-${String(rank + 1)} ${payer} ${String(income)} €`,
    ...wishes.map(({ at, wish: { do: what, ...how } }) => `day ${String(at)} ${what} ${Object.values(how).join(' ')}`.trimEnd()),
  ].join(' · ');
