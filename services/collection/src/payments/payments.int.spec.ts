import { paymentReferenceOf } from '@isu/contracts';
import { balances } from '@isu/ledger';
import { eventually } from '@isu/testing';
import { Day, Money } from '@isu/values';
import { Collection } from '../collection.spec-kit.js';
import { lockAccounts } from '../accounts/account.table.js';
import { asked, paid } from '../schedules/schedule.js';
import { instalmentsInForce } from '../schedules/schedule.table.js';
import { paymentsOf } from './payment.table.js';

let collection: Collection;
beforeAll(async () => {
  collection = await Collection.start();
});
afterAll(() => collection?.close());

/** A starter of 1 January 2016, at 3 234 €: 359 € on the 5th from April, 362 € in December. */
const starter = (): Promise<string> => collection.on('2016-01-04').register(undefined, { startedOn: '2016-01-01' });

const postings = async (account: string): Promise<string[]> =>
  (await collection.saidOfType(account, 'collection.payment-posted.v1')).map(({ data }) =>
    [...data.allocations.map(({ instalment, code, amount }) => `${instalment} ${code} ${amount}`), `credit ${data.credit}`].join(', '),
  );

const paidOf = async (account: string, id: string): Promise<string> => {
  const instalment = (await instalmentsInForce(collection.fresh.db, [account])).get(account)?.find((each) => each.id === id);
  return instalment ? `${paid(instalment).toString()} / ${asked(instalment).toString()}` : 'none';
};

const credit = async (account: string): Promise<string> =>
  (await balances(collection.fresh.db.manager, account))
    .find(({ name }) => name === 'credit')
    ?.balance.negated()
    .toString() ?? '0';

describe('CSS D. 133-4 — money is placed as it comes', () => {
  it('F31 pays the due date whole, each line to the cent: 359 × 587 / 3 234 = 65,16 € of CSG-CRDS…', async () => {
    const account = await starter();
    await collection.on('2016-04-05').pay(account, '359', { means: 'direct-debit' });
    expect(await postings(account)).toEqual([
      '2016-04 csg-crds 65.16, 2016-04 maladie 52.95, 2016-04 indemnites-journalieres 11.99, 2016-04 retraite-base 143.76, ' +
        '2016-04 invalidite-deces 10.54, 2016-04 retraite-complementaire 57.06, 2016-04 allocations-familiales 17.54, credit 0',
    ]);
    expect(await paidOf(account, '2016-04')).toBe('359 / 359');
  });

  it('pays a part in the legal order: of 100 €, 65,16 to CSG-CRDS and 34,84 to sickness', async () => {
    const account = await starter();
    await collection.on('2016-04-20').pay(account, '100');
    expect(await postings(account)).toEqual(['2016-04 csg-crds 65.16, 2016-04 maladie 34.84, credit 0']);
  });

  it('pays what the notice’s reference names, even in advance; the reference of another account names nothing', async () => {
    const [account, other] = [await starter(), await starter()];
    collection.on('2016-02-01');
    await collection.pay(account, '65.16', { paymentReference: paymentReferenceOf({ account, instalment: '2016-09' }) });
    await collection.pay(account, '10', { paymentReference: paymentReferenceOf({ account: other, instalment: '2016-09' }) });
    await collection.pay(account, '11', { paymentReference: 'RF18539007547034' });
    expect(await postings(account)).toEqual(['2016-09 csg-crds 65.16, credit 0', 'credit 10', 'credit 11']);
  });

  it('never moves money silently to a date to come: it is credit', async () => {
    const account = await starter();
    await collection.on('2016-05-20').pay(account, '800');
    expect(await credit(account)).toBe('82');
    expect(await paidOf(account, '2016-06')).toBe('0 / 359');
  });

  it('takes two hundred payments of different accounts, and several of one, in one transaction', async () => {
    const accounts = await Promise.all([starter(), starter(), starter()]);
    collection.on('2016-05-20');
    const reports = accounts.flatMap((account) =>
      ['359', '300', '59', '1'].map((amount) => ({ account, data: collection.report(amount) })),
    );
    await collection.hear('urssaf-sync.payment-reported.v1', reports);
    for (const account of accounts) {
      expect(await paidOf(account, '2016-04')).toBe('359 / 359');
      expect(await paidOf(account, '2016-05')).toBe('359 / 359');
      expect(await credit(account)).toBe('1');
    }
  });

  it('names the report as its cause, in the same trace, and keeps its identity', async () => {
    const account = await starter();
    const report = await collection.on('2016-04-05').pay(account, '359');
    const [posted] = await collection.saidOfType(account, 'collection.payment-posted.v1');
    expect(posted).toMatchObject({ cause: report.id, correlation: report.correlation, effectiveon: '2016-04-05' });
    expect(posted?.data).toMatchObject({ paymentId: report.id, reportedFact: report.id, accountingDay: '2016-04-05' });
  });
});

describe('R2 R11 — the same money counts once, two payments alike count twice', () => {
  it('counts one report once, however often it is handed over', async () => {
    const account = await starter();
    const report = await collection.on('2016-04-05').pay(account, '359');
    await collection.fresh.db.transaction((tx) => collection.does.payments.post(tx, [report, report]));
    expect(await postings(account)).toHaveLength(1);
  });

  it('counts one reference of a partner once, and that of another partner as other money', async () => {
    const account = await starter();
    const first = await collection.on('2016-04-05').pay(account, '100');
    await collection.pay(account, '100', { partnerReference: first.data.partnerReference });
    await collection.pay(account, '100', { partnerReference: first.data.partnerReference, flow: 'bank/camt.054' });
    expect(await postings(account)).toHaveLength(2);
  });

  it('counts two payments of the same amount and day both', async () => {
    const account = await starter();
    collection.on('2016-04-05');
    await collection.hear('urssaf-sync.payment-reported.v1', [
      { account, data: collection.report('100') },
      { account, data: collection.report('100') },
    ]);
    expect(await paidOf(account, '2016-04')).toBe('200 / 359');
  });
});

describe('money for an account that is not open yet', () => {
  it('waits, and is placed at the opening, with what takes it back', async () => {
    const account = collection.on('2016-05-20').nextAccount();
    const kept = await collection.pay(account, '100');
    const returned = await collection.pay(account, '50');
    await collection.takeBack(returned);
    expect(await collection.saidOf(account)).toEqual([]);

    await collection.register(account, { startedOn: '2016-01-01' });
    expect(
      (await paymentsOf(collection.fresh.db, { account, from: undefined, to: undefined })).map(({ paymentId, reversedOn }) => [
        paymentId,
        reversedOn?.iso,
      ]),
    ).toEqual([
      [kept.id, undefined],
      [returned.id, '2016-05-20'],
    ]);
    expect(await credit(account)).toBe('100');
  });

  it('R7 cannot be missed by an opening that happens at the same moment', async () => {
    const account = collection.on('2016-05-20').nextAccount();
    let opening: Promise<string> | undefined;
    await collection.fresh.db.transaction(async (tx) => {
      await lockAccounts(tx, [account]);
      opening = collection.register(account, { startedOn: '2016-01-01' });
      const isWaiting = async () =>
        (
          (await collection.fresh.db.query(
            `SELECT FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND datname = current_database()`,
          )) as unknown[]
        ).length > 0;
      await eventually(isWaiting, { withinMs: 5_000 });
      await collection.keep(tx, 'urssaf-sync.payment-reported.v1', [{ account, data: collection.report('100') }]);
    });
    await opening;
    expect(await postings(account)).toEqual(['credit 100']);
  });
});

describe('a payment taken back', () => {
  it('undoes exactly what it paid, and its credit', async () => {
    const account = await starter();
    const payment = await collection.on('2016-04-20').pay(account, '400');
    await collection.on('2016-05-02').takeBack(payment);
    expect([await paidOf(account, '2016-04'), await credit(account)]).toEqual(['0 / 359', '0']);
    const [reversed] = await collection.saidOfType(account, 'collection.payment-reversed.v1');
    expect(reversed?.data).toMatchObject({ paymentId: payment.id, reason: 'AM04', accountingDay: '2016-05-02' });
  });

  it('comes before its payment: it waits, and undoes it as soon as it is posted', async () => {
    const account = await starter();
    const data = collection.on('2016-04-20').report('359');
    const [reversal] = await collection.hear('urssaf-sync.reversal-reported.v1', [{ account, data: collection.reversalOf({ data }) }]);
    expect(await collection.saidOfType(account, 'collection.payment-reversed.v1')).toEqual([]);
    await collection.hear('urssaf-sync.payment-reported.v1', [{ account, data }]);
    expect((await collection.saidOfType(account, 'collection.payment-reversed.v1')).map(({ cause }) => cause)).toEqual([reversal?.id]);
    expect(await paidOf(account, '2016-04')).toBe('0 / 359');
  });

  it('R11 is taken back once, by whichever of its names, and never by the reversal of another account', async () => {
    const [account, other] = [await starter(), await starter()];
    const payment = await collection.on('2016-04-20').pay(account, '359');
    await collection.hear('urssaf-sync.reversal-reported.v1', [{ account: other, data: collection.reversalOf(payment) }]);
    expect(await paidOf(account, '2016-04')).toBe('359 / 359');
    await collection.takeBack(payment);
    await collection.takeBack(payment, { reportedFact: payment.id });
    expect(await collection.saidOfType(account, 'collection.payment-reversed.v1')).toHaveLength(1);
  });

  it('does not bring back a debt that is not owed any more: 3 234 € paid, 1 045 € owed in the end (a loss), 2 189 of credit, 1 045 € asked again', async () => {
    const account = await starter();
    const payment = await collection.on('2016-12-05').pay(account, '3234');
    await collection.on('2017-05-20').declare(account, 2016, '-5000');
    expect(await credit(account)).toBe('2189');
    // Of December only the daily allowances are owed still: a twelfth and more of 108 €, 362 × 108 / 3 234.
    expect(await paidOf(account, '2016-12')).toBe('12.09 / 12.09');

    await collection.takeBack(payment);
    expect(await credit(account)).toBe('0');
    const due = (await instalmentsInForce(collection.fresh.db, [account])).get(account) ?? [];
    const of2016 = due.flatMap(({ lines }) => lines).filter(({ year }) => year === 2016);
    expect(Money.sum(of2016.map(({ amount }) => amount)).toString()).toBe('1045');
    expect(Money.sum(of2016.map((line) => line.paid)).toString()).toBe('0');
  });
});

describe('F33 F54 — a payment meets a calendar that was replaced meanwhile', () => {
  it('pays the calendar in force, in the cents that it asks now', async () => {
    const account = await starter();
    await collection.on('2016-05-20');
    await collection.fresh.db.transaction((tx) =>
      collection.does.periodicity.choose(tx, account, { periodicity: 'quarterly', correlation: '01890000-0000-7000-8000-00000000000b' }),
    );
    // Asked until July: 4 × 359 = 1 436; left 1 798, 899 in August and 899 in November.
    await collection.on('2016-08-05').pay(account, '899', { paymentReference: paymentReferenceOf({ account, instalment: '2016-08' }) });
    expect([await paidOf(account, '2016-08'), await paidOf(account, '2016-Q3'), await paidOf(account, '2016-04')]).toEqual([
      'none',
      '0 / 899',
      '359 / 359',
    ]);
    await collection.pay(account, '899');
    expect([await paidOf(account, '2016-Q3'), await paidOf(account, '2016-Q4')]).toEqual(['899 / 899', '0 / 899']);
    expect(Day.of('2016-11-05').weekday).toBe(6);
  });
});
