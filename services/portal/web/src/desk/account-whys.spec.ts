import type { AccountView, Instalment } from '@isu/account';
import { addsUp } from '../derivation/adds-up.js';
import { AccountWhys, whysOf } from './account-whys.js';

const line = { year: 2016, code: 'maladie', amount: '768', paid: '0', remaining: '768' };
const may: Instalment = { ...{ id: '2016-05', year: 2016, dueOn: '2016-05-05', means: 'transfer' }, ...line, lines: [line] } as never;
const view = {
  account: '1300000001231',
  book: {
    instalments: [may],
    payments: [],
    periods: [{ year: 2016, stage: 'adjusted', called: '1690', paid: '100', remaining: '1590', lines: [{ ...line, called: '1690' }] }],
    balance: { called: '1690', paid: '100', remaining: '1590', surcharges: '0', credit: '100', inTransit: '0' },
  },
} as unknown as AccountView;
const whys = new AccountWhys(view);

describe('N2 — what stands behind a figure of the desk', () => {
  it('668 € late are the 768 € of 5 May less the 100 € that we already hold', () => {
    const why = whys.asked('En retard', '668', (dueOn) => dueOn < '2016-05-20');
    expect(why.terms.map(({ amount }) => amount)).toEqual(['768', '-100']);
    expect(addsUp(why.terms, why.amount)).toBe(true);
  });

  it('an instalment is its lines, each of which opens its contribution', () => {
    const why = whys.nextDue({ instalment: '2016-05', dueOn: '2016-05-05', amount: '768' });
    expect(why.terms).toMatchObject([{ amount: '768', why: { kind: 'owed', code: 'maladie', year: 2016 } }]);
  });

  it('a line that a copy does not hold is said to be absent from it, not explained by the other’s', () => {
    expect(whys.figure('paid', { year: 2014, code: 'maladie', amount: '5' })).toMatchObject({ kind: 'said', amount: '5' });
  });

  it('F3 the copy of who answers explains for both; when nobody does there is nothing to explain', () => {
    expect(whysOf({ rsi: null, urssaf: view })?.('rsi').figure('called', { year: 2016, code: null, amount: '1690' })).toMatchObject({
      kind: 'sum',
      amount: '1690',
    });
    expect(whysOf({ rsi: null, urssaf: null })).toBeNull();
  });
});
