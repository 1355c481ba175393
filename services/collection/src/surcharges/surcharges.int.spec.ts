import { foldAccount } from '@isu/account';
import { balances, violations } from '@isu/ledger';
import { Money } from '@isu/values';
import { Collection } from '../collection.spec-kit.js';
import { paymentsOf } from '../payments/payment.table.js';

let collection: Collection;
beforeAll(async () => {
  collection = await Collection.start();
});
afterAll(() => collection?.close());

const correlation = '01890000-0000-7000-8000-000000000008';
const paymentsFlow = 'flow/urssaf/payments';
let batches = 0;

/** The partner has sent everything up to that day. */
async function completeThrough(date: string): Promise<void> {
  batches += 1;
  const data = { date, number: batches };
  await collection.fresh.db.transaction((tx) => collection.keep(tx, 'urssaf-sync.completed-through.v1', [{ account: paymentsFlow, data }]));
}

/** The job of a date, as the chassis runs it. */
async function lookOn(date: string): Promise<{ seen: number; charged: number }> {
  collection.on(date);
  await completeThrough(date);
  return collection.does.surcharges.runFor({
    date: collection.clock.today(),
    correlation,
    step: (work) => collection.fresh.db.transaction(work),
  });
}

/** A trader who pays by quarter: 26 000 € in 2014, declared in 2015 with all of 2015 paid; 2016 is called on 5 February, May, August, November. */
async function quarterly(): Promise<string> {
  const account = await collection.on('2015-05-20').register(undefined, { startedOn: '2010-01-01' });
  await collection.fresh.db.transaction((tx) => collection.does.periodicity.choose(tx, account, { periodicity: 'quarterly', correlation }));
  await collection.declare(account, 2014, '26000');
  await collection.does.runs.run('provisional', 2016, correlation);
  const due = (await bookOf(account)).instalments.filter(({ dueOn }) => dueOn < '2016-01-01');
  for (const { remaining, dueOn } of due) {
    if (remaining !== '0') await collection.pay(account, remaining, { valueOn: dueOn });
  }
  return account;
}

const bookOf = async (account: string) => foldAccount(await collection.facts.factsOf(collection.fresh.db, account)).book;
const firstOf2016 = async (account: string) => (await bookOf(account)).instalments.find(({ dueOn }) => dueOn >= '2016-01-01')!;
const owed = async (account: string): Promise<string[]> =>
  (await bookOf(account)).surcharges.map(({ code, charged, remaining }) => `${code} ${charged} ${remaining}`);
const messages = async (account: string): Promise<string[]> => (await collection.does.messages.of(account)).map(({ kind }) => kind);
const ledgerOf = async (account: string): Promise<Record<string, string>> =>
  Object.fromEntries((await balances(collection.fresh.db.manager, account)).map(({ name, balance }) => [name, balance.toString()]));

describe('F104 — surcharges for lateness, 5 % and 0.4 % a month, notified', () => {
  it('F104 F17 two dated lines that stop at the value date, whenever the money is matched; the ledger and the fold say the same', async () => {
    const account = await quarterly();
    const { id, dueOn, remaining } = await firstOf2016(account);
    // Half is paid on time, so that 1 000 € and some stay unpaid: what is unpaid is the base.
    const base = Money.of('1000');
    await collection.on(dueOn).pay(account, Money.of(remaining).minus(base).toString());
    expect([id, dueOn]).toEqual(['2016-Q1', '2016-02-05']);

    await lookOn('2016-03-05');
    expect(await owed(account)).toEqual([]);
    // A month after the due date and a day: 1 000 × 5 % = 50; two months begun, 1 000 × 0.4 % × 2 = 8.
    await lookOn('2016-03-06');
    expect(await owed(account)).toEqual(['majoration-initiale 50 50', 'majoration-mensuelle 8 8']);
    expect(await messages(account)).toContain('surcharge-notice');
    // Looked at again, nothing more; the third month begins on 6 April: 4 more, 12 in all.
    await lookOn('2016-03-20');
    await lookOn('2016-04-06');
    expect(await owed(account)).toEqual(['majoration-initiale 50 50', 'majoration-mensuelle 12 12']);
    const book = await bookOf(account);
    expect(book.surcharges[1]?.lines.map(({ from, months, amount }) => `${from} ${months} ${amount}`)).toEqual([
      '2016-02-05 2 8',
      '2016-04-05 1 4',
    ]);
    expect(book.periods.find(({ year }) => year === 2016)?.surcharges).toEqual({ called: '62', paid: '0', remaining: '62' });
    expect(await ledgerOf(account)).toMatchObject({
      'surcharge/2016/majoration-initiale': '50',
      'surcharge/2016/majoration-mensuelle': '12',
      'surcharges/2016/majoration-initiale': '-50',
      'surcharges/2016/majoration-mensuelle': '-12',
    });

    // A cheque of 1 030 € received on 5 April and matched on the 20th: principal first, then the oldest surcharge; the third month never began.
    await collection.on('2016-04-20').pay(account, '1030', { valueOn: '2016-04-05', means: 'cheque' });
    expect(await owed(account)).toEqual(['majoration-initiale 50 20', 'majoration-mensuelle 12 12']);
    await lookOn('2016-04-21');
    const after = await bookOf(account);
    expect(after.surcharges.map(({ cancelled, remaining: left }) => `${cancelled} ${left}`)).toEqual(['0 20', '4 8']);
    expect(after.balance).toMatchObject({ remaining: expect.any(String), surcharges: '28' });
    expect(await messages(account)).toContain('surcharge-cancellation');
    expect(await ledgerOf(account)).toMatchObject({
      'surcharge/2016/majoration-initiale': '20',
      'surcharge/2016/majoration-mensuelle': '8',
    });

    // The cheque comes back unpaid: the debt and its surcharges are as before, to the cent.
    const [payment] = (await paymentsOf(collection.fresh.db, { account, from: undefined, to: undefined })).slice(-1);
    await collection.hear('urssaf-sync.reversal-reported.v1', [
      {
        account,
        data: collection.reversalOf({ data: { partnerReference: payment!.reference, amount: '1030' } as never }, { reason: 'impayé' }),
      },
    ]);
    expect(await owed(account)).toEqual(['majoration-initiale 50 50', 'majoration-mensuelle 12 8']);
    await lookOn('2016-04-22');
    expect((await bookOf(account)).surcharges.map(({ remaining: left }) => left)).toEqual(['50', '12']);
    expect(await violations(collection.fresh.db.manager)).toEqual([]);
  });

  it('N6 S12 accrues unsent while the partner’s flow has a gap, or money is in transit; then notifies, once', async () => {
    const account = await quarterly();
    await collection.fresh.db.transaction((tx) =>
      collection.keep(tx, 'urssaf-sync.gap-opened.v1', [{ account: paymentsFlow, data: { from: 901, to: 901 } }]),
    );
    const held = await lookOn('2016-03-06');
    expect(held.charged).toBe(0);
    const known = (await collection.does.surcharges.known(collection.fresh.db, [account], collection.clock.today())).get(account)!;
    expect(known.doubts.map(({ code }) => code)).toContain('flow-gap');
    expect(known.debts.flatMap((debt) => debt.accruedUntil(collection.clock.today()))).not.toEqual([]);
    expect(await owed(account)).toEqual([]);
    await collection.fresh.db.transaction((tx) =>
      collection.keep(tx, 'urssaf-sync.gap-closed.v1', [{ account: paymentsFlow, data: { number: 901 } }]),
    );
    expect((await lookOn('2016-03-07')).charged).toBeGreaterThan(0);
    expect(await owed(account)).toHaveLength(2);
    expect((await lookOn('2016-03-08')).charged).toBe(0);
  });

  it('R. 243-19-1 gives them up by itself the first time, when the principal was paid within the month', async () => {
    const account = await quarterly();
    const { remaining } = await firstOf2016(account);
    await collection.on('2016-02-20').pay(account, remaining);
    await lookOn('2016-02-20');
    const { surcharges, balance } = await bookOf(account);
    expect(surcharges.map(({ charged, remitted, remaining: left }) => charged === remitted && left === '0')).toEqual([true, true]);
    expect(balance.surcharges).toBe('0');
    expect(await messages(account)).toEqual(expect.arrayContaining(['surcharge-automatic-remission']));
    expect(await messages(account)).not.toContain('surcharge-notice');
    expect(Object.keys(await ledgerOf(account))).toContain('remissions/2016/majoration-initiale');
  });

  it('R. 243-20 is given up on request only once the principal is paid, by another person than who asked, months excepted', async () => {
    const account = await quarterly();
    const { remaining } = await firstOf2016(account);
    await lookOn('2016-03-06');
    const ask = () =>
      collection.fresh.db.transaction((t) =>
        collection.does.remissions.ask(t, account, { reason: 'Maladie', externalEvent: false, askedBy: 'agent:1' }),
      );
    await expect(ask()).rejects.toMatchObject({ code: 'remission-before-principal' });
    // On the thirty-first day: the months stay due.
    await collection.on('2016-03-07').pay(account, remaining);
    const asked = await ask();
    await expect(ask()).rejects.toMatchObject({ code: 'remission-asked' });
    const decide = (decidedBy: string, granted = true) =>
      collection.fresh.db.transaction((t) =>
        collection.does.remissions.decide(t, account, {
          ...{ remission: asked.id, granted, reason: 'Bonne foi', boardReference: undefined, decidedBy, correlation },
        }),
      );
    await expect(decide('agent:1')).rejects.toMatchObject({ code: 'remission-four-eyes' });
    const before = await bookOf(account);
    expect(await decide('agent:2')).toMatchObject({
      state: 'granted',
      ground: 'director',
      amount: Money.of(before.surcharges[0]!.charged),
    });
    const [initial, monthly] = (await bookOf(account)).surcharges;
    expect([initial?.remaining, monthly?.remaining]).toEqual(['0', monthly?.charged]);
    await expect(decide('agent:2')).rejects.toMatchObject({ code: 'remission-decided' });
    expect(await violations(collection.fresh.db.manager)).toEqual([]);
  });

  it('D. 133-4 a credit pays surcharges at the next close, once no contribution takes it', async () => {
    const account = await quarterly();
    const { remaining } = await firstOf2016(account);
    await collection.on('2016-03-20').pay(account, Money.of(remaining).plus(Money.of('500')).toString(), { valueOn: '2016-03-20' });
    await lookOn('2016-03-20');
    expect((await bookOf(account)).balance.credit).toBe('500');
    const charged = Money.of((await bookOf(account)).balance.surcharges);
    expect(charged.isPositive).toBe(true);
    await collection.does.credits.placeAll(collection.clock.today());
    const { balance } = await bookOf(account);
    expect([balance.surcharges, balance.credit]).toEqual(['0', Money.of('500').minus(charged).toString()]);
    expect(await violations(collection.fresh.db.manager)).toEqual([]);
  });
});

describe('N6 S2 — money without an owner that could cover a debt', () => {
  const money = '01890000-0000-7000-8000-0000000000';
  const unmatched = async (rank: string, amount: string, candidates: string[] = []): Promise<void> => {
    const data = { money: `${money}${rank}`, amount, valueOn: '2016-02-10', means: 'cheque' as const, candidates };
    await collection.hear('urssaf-sync.money-unmatched.v1', [{ account: 'flow/isu/to-be-matched', data }]);
  };
  const settled = async (rank: string, outcome: 'attributed' | 'sent-back'): Promise<void> => {
    const data = { money: `${money}${rank}`, outcome };
    await collection.hear('urssaf-sync.unmatched-settled.v1', [{ account: 'flow/isu/to-be-matched', data }]);
  };
  const holdsOf = async (account: string): Promise<string[]> =>
    ((await collection.does.surcharges.knownToday(collection.fresh.db.manager, account))?.doubts ?? []).map(({ code }) => code);
  /** 1 000 € of the first due date, 5 February, are not paid. */
  async function owing(): Promise<string> {
    const account = await quarterly();
    const { dueOn, remaining } = await firstOf2016(account);
    await collection.on(dueOn).pay(account, Money.of(remaining).minus(Money.of('1000')).toString());
    return account;
  }

  it('N6 S2 nothing is notified while a cheque of the same amount waits; identified, it counts from the day of its receipt', async () => {
    const account = await owing();
    await unmatched('01', '1000');
    await unmatched('02', '999.99');
    await lookOn('2016-03-06');
    expect([await owed(account), await holdsOf(account)]).toEqual([[], ['money-to-match']]);

    // The cheque was received on 10 February: 5 % of 1 000 = 50, one month begun = 4; a first time, given up by rule.
    await settled('01', 'attributed');
    await collection.on('2016-03-08').pay(account, '1000', { valueOn: '2016-02-10', means: 'cheque' });
    await lookOn('2016-03-09');
    expect([await owed(account), await holdsOf(account)]).toEqual([['majoration-initiale 50 0', 'majoration-mensuelle 4 0'], []]);
    await settled('02', 'sent-back');
  });

  it('N6 it goes on by itself once the money was somebody else’s: 50 and two months begun, 8', async () => {
    const account = await owing();
    await unmatched('03', '12', [account]);
    await lookOn('2016-03-06');
    expect([await owed(account), await holdsOf(account)]).toEqual([[], ['money-to-match']]);
    await settled('03', 'sent-back');
    await lookOn('2016-03-07');
    expect(await owed(account)).toEqual(['majoration-initiale 50 50', 'majoration-mensuelle 8 8']);
  });
});
