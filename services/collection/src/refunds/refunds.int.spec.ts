import { foldAccount, type Book } from '@isu/account';
import type { FactData } from '@isu/contracts';
import { balances, violations } from '@isu/ledger';
import { Money } from '@isu/values';
import { Collection } from '../collection.spec-kit.js';
import { asked, paid } from '../schedules/schedule.js';
import { instalmentsInForce } from '../schedules/schedule.table.js';
import { listRefunds } from './refund-list.table.js';
import type { Refund } from './refund.js';
import { refundsOf } from './refund.table.js';
import { BankOfSpec } from './refunds.spec-kit.js';

let collection: Collection;
let bank: BankOfSpec;
beforeAll(async () => {
  collection = await Collection.start();
});
afterAll(() => collection?.close());
beforeEach(() => {
  bank = new BankOfSpec(collection);
});

const correlation = '01890000-0000-7000-8000-0000000000f6';
const starter = (): Promise<string> => collection.on('2016-01-04').register(undefined, { startedOn: '2016-01-01' });

/** 3 234 € of the first year paid in December; a loss declared on 20 May: 1 045 € are owed (108 + 784 + 58 + 95), 2 189 € go back. */
async function owedBack(): Promise<string> {
  const account = await starter();
  await collection.on('2016-12-05').pay(account, '3234');
  await collection.on('2017-05-20').declare(account, 2016, '-5000');
  return account;
}

const bookOf = async (account: string): Promise<Book> => foldAccount(await collection.saidOf(account)).book;
const ledgerOf = async (account: string): Promise<Record<string, string>> =>
  Object.fromEntries(
    (await balances(collection.fresh.db.manager, account))
      .filter(({ name }) => ['credit', 'refund', 'bank'].includes(name))
      .map(({ name, balance }) => [name, balance.toString()]),
  );
const refunds = (account: string): Promise<Refund[]> => refundsOf(collection.fresh.db, account);
const states = async (account: string): Promise<string[]> =>
  (await refunds(account)).map(({ number, amount, state }) => `${number} ${amount} ${state}`);
const told = async (account: string): Promise<string[]> =>
  ((await collection.fresh.db.query('SELECT kind FROM outgoing_message WHERE account = $1 ORDER BY kind', [account])) as { kind: string }[])
    .map(({ kind }) => kind)
    .filter((kind) => /credit|refund|transfer/.test(kind));
const rejected = (account: string, said: Partial<FactData<'urssaf-sync.order-rejected.v1'>>) =>
  collection.hear('urssaf-sync.order-rejected.v1', [
    { account, data: { flow: 'bank/pain.002', batch: 'R', line: 1, order: 'transfer', originalMessage: 'x', reason: 'AC04', ...said } },
  ]);
const approve = (account: string, refund: string, by: string): Promise<Refund> =>
  collection.fresh.db.transaction((tx) => collection.does.refunds.approve(tx, account, { refund, by, correlation }));
const choose = (account: string, choice: 'refund' | 'next-instalments') =>
  collection.fresh.db.transaction((tx) => collection.does.refunds.choose(tx, account, { choice, by: account, correlation }));
const dates = async (account: string): Promise<string[]> =>
  ((await instalmentsInForce(collection.fresh.db, [account])).get(account) ?? [])
    .filter((each) => !paid(each).isZero)
    .map((each) => `${each.id} ${paid(each)} / ${asked(each)}`);
const list = (kind: 'to-approve' | 'overdue', funds: string[] | null = null) =>
  listRefunds(collection.fresh.db, { kind, today: collection.clock.today(), funds, by: 'agent:1', after: '', limit: 200 });

describe('F56 F72 — a credit is refunded within a month of the day on which it appears', () => {
  it('F56 S16 is told of, ordered after ten days without a word, sent, settled: 3 234 − 1 045 = 2 189 €, on 30 May for 19 June', async () => {
    const account = await owedBack();
    bank.has(account);
    expect((await bookOf(account)).balance).toMatchObject({ credit: '2189', refunds: '0' });
    expect([await bank.run('2017-05-21'), await states(account), await told(account)]).toEqual([
      { ordered: 0, toApprove: 0, sent: 0, settled: 0 },
      [],
      ['credit-noticed'],
    ]);
    await bank.run('2017-05-29');
    expect(await told(account)).toEqual(['credit-noticed']);

    expect(await bank.run('2017-05-30')).toEqual({ ordered: 1, toApprove: 0, sent: 1, settled: 0 });
    expect(bank.sent).toMatchObject([{ messageId: 'REMB-20170530-1', executeOn: '2017-05-30', count: 1, total: '2189' }]);
    expect(bank.sent[0]?.content).toContain(`<EndToEndId>REMB-${account}-1</EndToEndId>`);
    expect(await ledgerOf(account)).toEqual({ refund: '-2189', bank: '3234' });
    const [refund] = (await bookOf(account)).refunds;
    expect(refund).toMatchObject({ state: 'ordered', amount: '2189', creditSince: '2017-05-20', dueBy: '2017-06-19' });
    expect((await bookOf(account)).balance).toMatchObject({ credit: '0', refunds: '2189' });

    // Three bank days after Tuesday 30 May.
    expect((await bank.run('2017-06-01')).settled).toBe(0);
    expect((await bank.run('2017-06-02')).settled).toBe(1);
    expect(await ledgerOf(account)).toEqual({ bank: '1045' });
    expect((await bookOf(account)).refunds[0]).toMatchObject({ state: 'settled', settled: { on: '2017-06-02' } });
    expect(await violations(collection.fresh.db.manager)).toEqual([]);
  });

  it('R11 runs again, and after a kill in the middle of its message, nothing twice and nothing lost', async () => {
    const account = await owedBack();
    bank.has(account).failsOnce();
    await expect(bank.run('2017-05-30')).rejects.toThrow('killed');
    expect([await states(account), bank.sent]).toEqual([['1 2189 ordered'], []]);
    expect(await bank.run('2017-05-30')).toMatchObject({ ordered: 0, sent: 1 });
    expect(await bank.run('2017-05-30')).toMatchObject({ ordered: 0, sent: 0 });
    expect([await states(account), bank.sent.length]).toEqual([['1 2189 sent'], 1]);
    expect(await collection.saidOfType(account, 'collection.refund-ordered.v1')).toHaveLength(1);
  });

  it('goes back at once where nothing is due any more: S5, 768 € debited after the end of the activity', async () => {
    const account = await collection.on('2015-05-20').register(undefined, { startedOn: '2010-01-01' });
    await collection.declare(account, 2014, '20000');
    await collection.on('2015-12-15').does.runs.run('provisional', 2016, correlation);
    const before2016 = (await bookOf(account)).periods.filter(({ year }) => year < 2016);
    await collection.pay(account, Money.sum(before2016.map(({ remaining }) => Money.of(remaining))).toString());
    await collection.on('2016-01-05').pay(account, '768', { means: 'direct-debit' });
    await collection.on('2016-02-01').hear('affiliation.ended.v1', [{ account, data: { on: '2015-12-31', cause: 'cessation' } }]);
    expect([await bank.has(account).run('2016-02-02'), await states(account)]).toMatchObject([{ ordered: 1, sent: 1 }, ['1 768 sent']]);
  });

  it('own debts come first: 500 € owed of an earlier due date are paid, the rest of 800 goes back', async () => {
    const account = await starter();
    await collection.on('2016-04-01').pay(account, '1159');
    // 359 € fell due on 5 April: the run places it before anything goes back, 1 159 − 359 = 800.
    await choose(account, 'refund');
    await bank.has(account).run('2016-04-05');
    expect([await states(account), await dates(account)]).toEqual([['1 800 sent'], ['2016-04 359 / 359']]);
  });
});

describe('CSS R. 613-1-3, D. 133-1 — set on the next due dates', () => {
  it('as the person prefers: 400 € go on April whole and 41 on May at once, and nothing is refunded', async () => {
    const account = await starter();
    await collection.on('2016-02-01').pay(account, '400');
    await choose(account, 'next-instalments');
    expect(await dates(account)).toEqual(['2016-04 359 / 359', '2016-05 41 / 359']);
    expect([await bank.has(account).run('2016-03-20'), (await bookOf(account)).balance.credit]).toEqual([
      { ordered: 0, toApprove: 0, sent: 0, settled: 0 },
      '0',
    ]);
  });

  it('below 41 € in 2016: 40.99 € go on April, 41 € are theirs to choose', async () => {
    const [small, whole] = [await starter(), await starter()];
    collection.on('2016-02-01');
    await collection.pay(small, '40.99');
    await collection.pay(whole, '41');
    await bank.run('2016-02-02');
    expect([await dates(small), await dates(whole)]).toEqual([['2016-04 40.99 / 359'], []]);
    expect([await told(small), await told(whole)]).toEqual([['credit-set-on-instalments'], ['credit-noticed']]);
  });

  it('keeps what was paid beyond an estimate of nothing (1 121 €) until the real income is known: no credit, no refund', async () => {
    const account = await starter();
    await collection.on('2016-12-05').pay(account, '3234');
    const estimate = { year: 2016, amount: Money.zero, source: 'portal' };
    await collection.fresh.db.transaction((tx) => collection.does.estimates.make(tx, account, estimate, { cause: null, correlation }));
    await bank.has(account).run('2016-12-28');
    expect([await states(account), (await bookOf(account)).balance]).toMatchObject([[], { remaining: '-2113', credit: '0' }]);
    await collection.on('2017-05-20').declare(account, 2016, '-5000');
    expect((await bookOf(account)).balance).toMatchObject({ credit: '2189' });
  });
});

describe('no IBAN, or one that the bank refuses', () => {
  it('F56 S16 is asked for once, the clock goes on and shows: overdue on the 31st day, with its age', async () => {
    const account = await owedBack();
    await bank.run('2017-05-30');
    await bank.run('2017-05-31');
    expect([await told(account), await states(account)]).toEqual([['refund-iban-asked'], []]);
    collection.on('2017-06-19');
    expect((await list('overdue')).filter((each) => each.account === account)).toEqual([]);
    collection.on('2017-06-22');
    const [late] = (await list('overdue')).filter((each) => each.account === account);
    expect([late?.state, late?.amount.toString(), late?.dueBy.iso, late?.daysLate]).toEqual(['credit', '2189', '2017-06-19', 3]);
    expect((await list('overdue', ['29'])).filter((each) => each.account === account)).toEqual([]);
    expect(await bank.has(account).run('2017-06-22')).toMatchObject({ ordered: 1, sent: 1 });
    expect((await list('overdue')).filter((each) => each.account === account)).toEqual([]);
  });

  it('a transfer rejected is credit again; it leaves once there is another IBAN, under another number', async () => {
    const account = await owedBack();
    await bank.has(account).run('2017-05-30');
    await rejected(account, { endToEnd: `REMB-${account}-1` });
    await rejected('flow/bank/pain.002', { endToEnd: `REMB-${account}-1` });
    expect([await states(account), await ledgerOf(account), (await bookOf(account)).balance.credit]).toEqual([
      ['1 2189 returned'],
      { credit: '-2189', bank: '3234' },
      '2189',
    ]);
    await choose(account, 'refund');
    await bank.run('2017-06-02');
    expect([await states(account), await told(account)]).toEqual([['1 2189 returned'], ['refund-ordered', 'transfer-rejected']]);
    await bank.has(account, 2).run('2017-06-03');
    expect(await states(account)).toEqual(['2 2189 sent', '1 2189 returned']);
    expect(await collection.saidOfType(account, 'collection.refund-returned.v1')).toHaveLength(1);
  });

  it('a whole message rejected by a fault between banks is ordered again by itself, and nobody is troubled', async () => {
    const account = await owedBack();
    await choose(account, 'refund');
    await bank.has(account).run('2017-05-22');
    const [{ messageId } = { messageId: null }] = await refunds(account);
    await rejected('flow/bank/pain.002', { originalMessage: messageId ?? '', reason: 'FF01' });
    await bank.run('2017-05-23');
    expect([await states(account), await told(account)]).toEqual([
      ['2 2189 sent', '1 2189 returned'],
      ['refund-ordered', 'refund-ordered'],
    ]);
  });

  it('one that comes back after it was settled takes the settlement back too', async () => {
    const account = await owedBack();
    await choose(account, 'refund');
    await bank.has(account).run('2017-05-22');
    await bank.run('2017-05-29');
    expect(await states(account)).toEqual(['1 2189 settled']);
    await rejected(account, { endToEnd: `REMB-${account}-1` });
    expect([await ledgerOf(account), (await bookOf(account)).balance]).toMatchObject([
      { credit: '-2189', bank: '3234' },
      { credit: '2189', refunds: '0' },
    ]);
    expect(await violations(collection.fresh.db.manager)).toEqual([]);
  });
});

describe('F56 a credit that due dates to come do not take whole', () => {
  it('goes back the same day, to the IBAN that is known: 500 € in November, 362 on December and 138 sent, and nobody is asked for an IBAN', async () => {
    const account = await starter();
    await collection.on('2016-11-07').pay(account, '2872');
    await choose(account, 'next-instalments');
    await collection.on('2016-11-21').pay(account, '500');
    expect(await bank.has(account).run('2016-11-21')).toMatchObject({ ordered: 1, sent: 1 });
    expect([await states(account), await dates(account).then((all) => all.at(-1)), await told(account)]).toEqual([
      ['1 138 sent'],
      '2016-12 362 / 362',
      ['credit-set-on-instalments', 'refund-ordered'],
    ]);
  });
});

describe('F56 a whole message of transfers that the bank rejects', () => {
  it('gives each credit back once, whatever else names it: two of the message, one of them by its own reference too', async () => {
    const [one, other] = [await owedBack(), await owedBack()];
    await bank.has(one).has(other).run('2017-05-30');
    const flow = 'flow/bank/pain.002';
    const said = { flow: 'bank/pain.002', batch: 'R', line: 1, order: 'transfer', reason: 'FF01' } as const;
    await collection.hear('urssaf-sync.order-rejected.v1', [
      { account: one, data: { ...said, originalMessage: 'x', endToEnd: `REMB-${one}-1` } },
      { account: flow, data: { ...said, line: 2, originalMessage: bank.sent[0]?.messageId ?? '' } },
      { account: flow, data: { ...said, line: 3, originalMessage: 'not ours' } },
    ]);
    for (const account of [one, other]) {
      expect([await states(account), (await bookOf(account)).balance.credit]).toEqual([['1 2189 returned'], '2189']);
      expect(await collection.saidOfType(account, 'collection.refund-returned.v1')).toHaveLength(1);
    }
    expect(await violations(collection.fresh.db.manager)).toEqual([]);
  });
});

describe('four eyes above 5 000 €', () => {
  const large = async (amount: string): Promise<string> => {
    const account = await starter();
    await collection.on('2016-02-01').pay(account, amount);
    await choose(account, 'refund');
    await bank.has(account).run('2016-02-02');
    return account;
  };

  it('5 000 € leave, 5 000.01 € wait, visibly, for two agents who are not the same', async () => {
    expect(await states(await large('5000'))).toEqual(['1 5000 sent']);
    const account = await large('5000.01');
    expect([await states(account), (await bookOf(account)).balance]).toMatchObject([
      ['1 5000.01 to-approve'],
      { credit: '5000.01', refunds: '0' },
    ]);
    const [waiting] = (await list('to-approve')).filter((each) => each.account === account);
    expect(waiting).toMatchObject({ fund: '13', state: 'to-approve', signatures: 0 });
    const refund = waiting?.refund ?? '';
    expect((await approve(account, refund, 'agent:1')).state).toBe('to-approve');
    expect((await list('to-approve')).find((each) => each.account === account)).toMatchObject({ signatures: 1, signedByMe: true });
    await expect(approve(account, refund, 'agent:1')).rejects.toMatchObject({ code: 'refund-four-eyes' });
    expect((await approve(account, refund, 'agent:2')).state).toBe('ordered');
    await expect(approve(account, refund, 'agent:3')).rejects.toMatchObject({ code: 'refund-decided' });
    await bank.run('2016-02-03');
    expect(await states(account)).toEqual(['1 5000.01 sent']);
  });

  it('another credit than the one that was signed is not ordered: it is proposed anew, without signatures', async () => {
    const account = await large('6000');
    const [first] = await refunds(account);
    await approve(account, first?.id ?? '', 'agent:1');
    await collection.on('2016-02-03').pay(account, '100');
    await expect(approve(account, first?.id ?? '', 'agent:2')).rejects.toMatchObject({ code: 'refund-changed' });
    await bank.run('2016-02-04');
    expect(await states(account)).toEqual(['2 6100 to-approve', '1 6000 withdrawn']);
  });

  it('the credit gone, nothing of it waits any more: 6 000 € taken back by their bank, 6 000 − 6 000 = 0 to sign for', async () => {
    const account = await starter();
    const payment = await collection.on('2016-02-01').pay(account, '6000');
    await choose(account, 'refund');
    await bank.has(account).run('2016-02-02');
    const [waiting] = await refunds(account);
    await approve(account, waiting?.id ?? '', 'agent:1');
    await collection.on('2016-02-03').takeBack(payment);
    await bank.run('2016-02-04');
    expect([await states(account), (await bookOf(account)).balance.credit]).toEqual([['1 6000 withdrawn'], '0']);
    expect((await list('to-approve')).filter((each) => each.account === account)).toEqual([]);
    await expect(approve(account, waiting?.id ?? '', 'agent:2')).rejects.toMatchObject({ code: 'refund-decided' });
  });
});

describe('a payment that its bank takes back after it was refunded', () => {
  it('is owed to us: 400 € refunded and taken back, the next 1 000 € cover them first, 600 are left', async () => {
    const account = await starter();
    const payment = await collection.on('2016-02-01').pay(account, '400');
    await choose(account, 'refund');
    await bank.has(account).run('2016-02-02');
    await collection.on('2016-02-20').takeBack(payment);
    expect((await bookOf(account)).balance.credit).toBe('-400');
    await collection.on('2016-02-21').pay(account, '1000');
    await bank.run('2016-02-22');
    expect(await states(account)).toEqual(['2 600 sent', '1 400 settled']);
    expect([await ledgerOf(account), (await bookOf(account)).balance.credit]).toEqual([{ refund: '-600', bank: '600' }, '0']);
    expect(await violations(collection.fresh.db.manager)).toEqual([]);
  });
});
