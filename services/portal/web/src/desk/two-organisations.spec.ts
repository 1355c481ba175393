import type { AccountView, Payment } from '@isu/account';
import { bothViews, differencesOf, paymentsOfBoth, yearsOfBoth } from './two-organisations.js';

const money = (state: Payment['state'], { id = 'p1', amount = '500' } = {}): Payment => ({
  id,
  state,
  amount,
  valueOn: '2016-06-06',
  means: 'transfer',
  reported: {
    fact: 'r1',
    flow: 'payments',
    batch: '4',
    line: 1,
    partnerReference: 'U1',
    bankReference: null,
    paymentReference: null,
    amount,
  },
  posted: state === 'posted' ? { fact: 'f1', accountingDay: '2016-06-07' } : null,
  reversed: null,
  allocations: [],
  released: [],
  refunded: '0',
  credit: '0',
});

interface Held {
  readonly paid?: string;
  readonly inTransit?: string;
  readonly payments?: readonly Payment[];
}

const view = ({ paid = '0', inTransit = '0', payments = [] }: Held = {}): AccountView => {
  const figures = { called: '1690', paid, remaining: String(1690 - Number(paid)) };
  return {
    account: '1300000001231',
    fold: 3,
    vector: { collection: 3 },
    fingerprint: 'a'.repeat(64),
    book: {
      person: null,
      incomes: [],
      assessments: [],
      schedules: [],
      instalments: [],
      payments,
      refunds: [],
      reversalsReported: [],
      surcharges: [],
      periods: [
        {
          year: 2016,
          stage: 'adjusted',
          ...figures,
          lines: [{ code: 'maladie', ...figures }],
          surcharges: { called: '0', paid: '0', remaining: '0' },
        },
      ],
      movements: [],
      anomalies: [],
      balance: { ...figures, surcharges: '0', credit: '0', refunds: '0', inTransit },
    },
  };
};

describe('the account as both organisations hold it', () => {
  it('F48 F52 shows a year and its contributions once when both hold the same', () => {
    const [year] = yearsOfBoth({ rsi: view({ paid: '500' }), urssaf: view({ paid: '500' }) });
    expect(year).toMatchObject({
      year: 2016,
      paid: { rsi: '500', urssaf: '500' },
      lines: [{ code: 'maladie', remaining: { rsi: '1190', urssaf: '1190' } }],
    });
    expect(differencesOf({ rsi: view(), urssaf: view() })).toEqual({ balances: [], payments: [] });
  });

  it('N3 points at a payment that Urssaf held and the RSI did not, and at the balances that it parts', () => {
    const { balances, payments } = differencesOf({
      rsi: view(),
      urssaf: view({ inTransit: '500', payments: [money('in-transit', { id: 'r1' })] }),
    });
    expect(balances).toEqual([{ term: 'inTransit', pair: { rsi: '0', urssaf: '500' } }]);
    expect(payments).toMatchObject([{ key: 'r1', rsi: null, urssaf: 'in-transit' }]);
  });

  it('F49 takes a reported payment and its posting for one money, and tells it as the one that knows more', () => {
    const [both, ...others] = paymentsOfBoth({
      rsi: view({ payments: [money('in-transit', { id: 'r1' })] }),
      urssaf: view({ payments: [money('posted')] }),
    });
    expect(others).toEqual([]);
    expect(both).toMatchObject({ rsi: 'in-transit', urssaf: 'posted', payment: { state: 'posted' } });
  });

  it('F3 an organisation that does not answer contradicts nobody', () => {
    const views = { rsi: null, urssaf: view({ paid: '500' }) };
    expect(yearsOfBoth(views)[0]).toMatchObject({ paid: { rsi: undefined, urssaf: '500' } });
    expect(differencesOf(views)).toEqual({ balances: [], payments: [] });
  });

  it('F3 the joint book stands in when neither copy answers', () => {
    const away = { state: 'missing', from: 'benefits', says: 'Ne répond pas.' } as const;
    const joint = view();
    const views = bothViews({ benefits: away, 'urssaf-sync': away, collection: { state: 'ok', from: 'collection', data: joint } });
    expect(views).toEqual({ rsi: joint, urssaf: joint });
  });
});
