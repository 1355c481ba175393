import type { Plan, Wish } from './wishes.spec-kit.js';

const wishes = (on: Readonly<Record<number, Wish>>): Plan['wishes'] => Object.entries(on).map(([at, wish]) => ({ at: Number(at), wish }));
const withoutOwner = { do: 'pay-without-owner', permille: 1000, how: 'transfer', isSlip: false, daysAgo: 0 } as const;

/** Lives that are led whatever the seed: what chance seldom leads to, and each of whose planted faults must be seen. By the days of the town. */
export const writtenLives: readonly Plan[] = [
  // A bank denies the mandate of March: nothing is debited in April; another is signed, whose first debit takes five bank days. The rest is paid by a transfer that nobody knows whose it is, for good.
  {
    ...{ payer: 'by-debit', income: 26_000 },
    wishes: wishes({
      2: { do: 'debit-comes-back', code: 'MD01' },
      4: { do: 'examine-debit', found: 'revoke-mandate' },
      5: { do: 'sign-mandate' },
      8: withoutOwner,
    }),
  },
  // A micro-entrepreneur pays a part, declares more, and pays the rest without saying who they are; an agent finds it, another approves.
  {
    ...{ payer: 'micro', income: 10_000 },
    wishes: wishes({
      1: { do: 'pay', permille: 500, how: 'transfer', named: 'due', daysAgo: 0 },
      2: { do: 'declare-again', income: 15_000 },
      4: withoutOwner,
      5: { do: 'find-owner', decided: 'approved' },
    }),
  },
  // Refused by the debtor in March, paid in April by a cheque without a name: nothing is told of lateness before its owner is found, in May.
  {
    ...{ payer: 'by-debit', income: 40_000 },
    wishes: wishes({ 2: { do: 'debit-comes-back', code: 'MS02' }, 4: withoutOwner, 6: { do: 'find-owner', decided: 'approved' } }),
  },
];
