import { foldAccount } from '@isu/account';
import { draft } from '@isu/contracts';
import { FactPen, sequentialIds } from '@isu/testing';
import { accountOf } from '../urssaf-sync.spec-kit.js';
import { balancesOf } from './our-balances.js';

const account = accountOf(1);
const surcharge = { instalment: '2016-02', year: 2016, code: 'majoration-mensuelle' as const };

describe('F104 N5 our side of the comparison with the partner’s books', () => {
  it('holds surcharges as the partner is told them, whichever due date they are of: 8,40 + 4 − 2,80 − 1 called, 2,50 paid', () => {
    const pen = new FactPen(sequentialIds(1));
    const said = { stream: account, effectiveOn: '2016-05-18' };
    const charged = (instalment: string, amount: string, months: number) => ({
      ...{ ...surcharge, instalment, base: '1000', rate: '0.004', months, from: '2016-02-05', amount },
    });
    const facts = [
      draft({
        ...{ ...said, type: 'collection.surcharge-charged.v1' },
        data: { lines: [charged('2016-02', '8.40', 3), charged('2016-03', '4', 1)], through: '2016-05-04', accountingDay: '2016-05-18' },
      }),
      draft({
        ...{ ...said, type: 'collection.surcharge-cancelled.v1' },
        data: { lines: [{ ...surcharge, amount: '2.80' }], reason: 'Base rectifiée', accountingDay: '2016-05-18' },
      }),
      draft({
        ...{ ...said, type: 'collection.surcharge-remitted.v1' },
        data: { lines: [{ ...surcharge, instalment: '2016-03', amount: '1' }], ground: 'director', accountingDay: '2016-05-18' },
      }),
      draft({
        ...{ ...said, type: 'collection.payment-posted.v1' },
        data: {
          ...{ paymentId: '01890a5d-ac96-774b-bcce-000000000099', amount: '2.50', valueOn: '2016-05-18', means: 'transfer', credit: '0' },
          ...{ allocations: [{ ...surcharge, amount: '2.50' }], accountingDay: '2016-05-18' },
        },
      }),
    ].map((one) => pen.write(one));
    expect(balancesOf(foldAccount(facts))).toEqual([{ account, year: 2016, code: 'majoration-mensuelle', called: '8.60', paid: '2.50' }]);
  });

  it('S6 F56 counts what was refunded as money placed on nothing, as a partner who is told of no refund does: 100 banked, 30 placed, 60 given back', () => {
    const pen = new FactPen(sequentialIds(2));
    const said = { stream: account, effectiveOn: '2016-05-18' };
    const paymentId = '01890a5d-ac96-774b-bcce-000000000098';
    const facts = [
      draft({
        ...{ ...said, type: 'collection.payment-posted.v1' },
        data: {
          ...{ paymentId, amount: '100', valueOn: '2016-05-18', means: 'transfer', credit: '70', accountingDay: '2016-05-18' },
          allocations: [{ instalment: '2016-02', year: 2016, code: 'maladie', amount: '30' }],
        },
      }),
      draft({
        ...{ ...said, type: 'collection.refund-ordered.v1' },
        data: {
          ...{ refundId: '01890a5d-ac96-774b-bcce-000000000097', amount: '60', parts: [{ paymentId, amount: '60' }] },
          ...{ creditSince: '2016-05-18', dueBy: '2016-06-17', accountingDay: '2016-05-18' },
        },
      }),
    ].map((one) => pen.write(one));
    expect(balancesOf(foldAccount(facts)).find(({ code }) => code === 'credit')).toEqual({
      account,
      year: 0,
      code: 'credit',
      called: '0',
      paid: '70',
    });
  });
});
