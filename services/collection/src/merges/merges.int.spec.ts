import { bookEffectiveOn, foldAccount, type Book } from '@isu/account';
import { paymentReferenceOf, type Fact } from '@isu/contracts';
import { balances, violations } from '@isu/ledger';
import { Day, Money } from '@isu/values';
import { Collection } from '../collection.spec-kit.js';
import { BankOfSpec } from '../refunds/refunds.spec-kit.js';
import { refundsOf } from '../refunds/refund.table.js';

let collection: Collection;
beforeAll(async () => {
  collection = await Collection.start();
});
afterEach(async () => expect(await violations(collection.fresh.db.manager)).toEqual([]));
afterAll(() => collection?.close());

const correlation = '01890000-0000-7000-8000-00000000000f';
const factsOf = (account: string) => collection.facts.factsOf(collection.fresh.db, account);
const bookOf = async (account: string): Promise<Book> => foldAccount(await factsOf(account)).book;
const balanceOf = async (account: string) => (await bookOf(account)).balance;
const merge = (withdrawn: string, into: string): Promise<Fact[]> =>
  collection.hear('affiliation.account-merged.v1', [{ account: withdrawn, data: { into } }]);
const mails = async (account: string): Promise<string[]> =>
  (await collection.does.messages.of(account)).filter(({ kind }) => kind === 'account-merged').map(({ text }) => text);
const paymentsShown = async (account: string): Promise<string[]> =>
  (await bookOf(account)).payments.map(({ state, amount, valueOn, credit }) => `${valueOn} ${amount} ${state}, credit ${credit}`);
const saidAmounts = async (account: string): Promise<string[]> =>
  (await bookOf(account)).incomes.map(({ year, kind, amount, declaredOn }) => `${year} ${kind} ${amount} ${declaredOn}`);

/**
 * A trader of 2013 who declares 26 000 € for 2015 on 20 May 2016: 12 016 and 12 087 € are due over the seven dates from June on. Training,
 * 94 and 95 €, whole on the first; the rest by the euro, what is left on the last: 11 922 / 7 = 1 703 and 11 992 / 7 = 1 713. On 6 June
 * (the 5th is a Sunday) that makes 94 + 95 + 1 703 + 1 713 = 3 605.
 */
async function trader(income: string | null = '26000'): Promise<string> {
  const account = await collection.on('2016-05-20').register();
  if (income !== null) await collection.declare(account, 2015, income);
  return account;
}

describe('S3 two accounts of one person', () => {
  it('S3 F61 I3 of two calls one is withdrawn, and the money paid there counts here, once, from the day it was received', async () => {
    const [withdrawn, kept] = [await trader(), await trader()];
    expect([await balanceOf(withdrawn), await balanceOf(kept)]).toMatchObject([{ called: '24103' }, { called: '24103' }]);
    await collection.on('2016-06-06').pay(withdrawn, '3605', { means: 'direct-debit' });
    await collection.on('2016-06-20').pay(withdrawn, '58');
    await collection.on('2016-06-24');
    await merge(withdrawn, kept);

    const nothing = { called: '0', paid: '0', remaining: '0', surcharges: '0', credit: '0', refunds: '0', inTransit: '0' };
    expect(await balanceOf(withdrawn)).toEqual(nothing);
    expect((await bookOf(withdrawn)).instalments.filter(({ amount }) => amount !== '0')).toEqual([]);
    expect(await paymentsShown(withdrawn)).toEqual(['2016-06-06 3605 reversed, credit 0', '2016-06-20 58 reversed, credit 0']);
    // Due on the very day: June is paid whole. What came on the 20th finds nothing due before 5 July.
    expect(await balanceOf(kept)).toEqual({ ...nothing, called: '24103', paid: '3605', remaining: '20498', credit: '58' });
    expect(await paymentsShown(kept)).toEqual(['2016-06-06 3605 posted, credit 0', '2016-06-20 58 posted, credit 58']);
    expect((await bookOf(kept)).instalments[0]).toMatchObject({ id: '2016-06', amount: '3605', paid: '3605' });

    const [mail] = await mails(kept);
    expect(mail).toContain(`Le compte ${withdrawn} est retiré`);
    expect(mail?.replace(/\s/gu, ' ')).toContain('Vos paiements, 3 663,00 €, y ont été repris à leur date');
    expect(mail).not.toContain('Nous n’avons pas repris');
  });

  it('I7 as it took effect, the money was on the one account from the day it was received, and never on the other', async () => {
    const [withdrawn, kept] = [await trader(), await trader()];
    await collection.on('2016-06-06').pay(withdrawn, '3605');
    await collection.on('2016-06-24');
    await merge(withdrawn, kept);
    const paidInEffect = async (account: string) =>
      foldAccount((await factsOf(account)).filter(({ effectiveon }) => effectiveon <= '2016-06-06')).book.balance.paid;
    expect([await paidInEffect(withdrawn), await paidInEffect(kept)]).toEqual(['0', '3605']);
    const [reversed] = await collection.saidOfType(withdrawn, 'collection.payment-reversed.v1');
    expect(reversed).toMatchObject({ effectiveon: '2016-06-06', data: { reason: 'Compte réuni à un autre' } });
  });

  it('F61 what was declared on the account withdrawn is said again where nothing was, with its day, and called from then on', async () => {
    const [withdrawn, kept] = [await trader(), await trader(null)];
    await collection.on('2016-06-06').pay(withdrawn, '3605');
    await collection.on('2016-06-24');
    await merge(withdrawn, kept);
    expect(await saidAmounts(kept)).toEqual(['2015 declared 26000 2016-05-20']);
    // Fifteen days later is 9 July: the five dates from 5 August. 11 922 / 5 = 2 384 rest 2, 11 992 / 5 = 2 398 rest 2, and 189 on the first.
    const { instalments, balance } = await bookOf(kept);
    expect(instalments.map(({ id, amount }) => `${id} ${amount}`)).toEqual([
      ...['2016-08 4971', '2016-09 4782', '2016-10 4782', '2016-11 4782', '2016-12 4786'],
    ]);
    expect(balance).toMatchObject({ called: '24103', paid: '0', credit: '3605' });
    await collection.on('2016-08-05').does.credits.placeAll(collection.clock.today());
    expect((await balanceOf(kept)).paid).toBe('3605');
  });

  it('declared otherwise on both, the account that goes on keeps its word, and the person is asked', async () => {
    const [withdrawn, kept] = [await trader('26000'), await trader('30000')];
    const before = (await collection.saidOf(kept)).length;
    await merge(withdrawn, kept);
    expect(await saidAmounts(kept)).toEqual(['2015 declared 30000 2016-05-20']);
    expect((await collection.saidOf(kept)).length).toBe(before);
    expect((await mails(kept))[0]).toContain('- revenu de 2015 : un autre montant avait été déclaré sur le compte retiré');
  });

  it('S7 a declaration made in time on the one undoes the taxation d’office of the other, without a penalty', async () => {
    const [withdrawn, kept] = [await trader(), await trader(null)];
    await collection.on('2016-06-24');
    await collection.fresh.db.transaction((tx) => collection.does.exOfficio.tax(tx, kept, { year: 2015, correlation }));
    expect(await saidAmounts(kept)).toMatchObject([expect.stringContaining('2015 ex-officio')]);
    await merge(withdrawn, kept);
    expect((await saidAmounts(kept)).at(-1)).toBe('2015 declared 26000 2016-05-20');
    const year = (await bookOf(kept)).periods.find((period) => period.year === 2015);
    expect(year).toMatchObject({ called: '12016', stage: 'definitive' });
  });

  it('F82 turnovers of micro-entrepreneurs too: 20 000 € of sales, 13,4 % and 0,1 %, make 2 700 € on the account that goes on alone', async () => {
    collection.on('2016-05-20');
    const [withdrawn = '', kept = ''] = [await micro(), await micro()];
    const trace = { cause: null, correlation: undefined };
    const said = { period: '2016-Q1', activity: 'vente' as const, amount: Money.of('20000'), source: 'portal' };
    await collection.fresh.db.transaction((tx) => collection.does.turnovers.declare(tx, withdrawn, said, trace));
    await collection.pay(withdrawn, '2700', { means: 'online' });
    await merge(withdrawn, kept);
    expect(await balanceOf(withdrawn)).toMatchObject({ called: '0', paid: '0', credit: '0' });
    expect(await balanceOf(kept)).toMatchObject({ called: '2700', paid: '2700', credit: '0' });
  });

  it('F104 surcharges of the account withdrawn were never owed', async () => {
    const [withdrawn, kept] = [await trader(), await trader()];
    const today = collection.on('2016-07-08').clock.today();
    await collection.fresh.db.transaction(async (tx) => {
      await collection.keep(tx, 'urssaf-sync.completed-through.v1', [
        { account: 'flow/urssaf/payments', data: { date: today.iso, number: 1 } },
      ]);
      await collection.does.surcharges.review(tx, [withdrawn], today, correlation);
    });
    // 5 % of 3 442, and two months begun at 0,4 %: 172,10 and 27,54 by contribution year: 1 716 and 1 726.
    expect((await balanceOf(withdrawn)).surcharges).not.toBe('0');
    await merge(withdrawn, kept);
    expect((await balanceOf(withdrawn)).surcharges).toBe('0');
    expect((await bookOf(withdrawn)).surcharges.every(({ charged, cancelled }) => charged === cancelled)).toBe(true);
  });
});

describe('S3 F56 money of which something was given back', () => {
  /** 4 605 € on 6 June: June's 3 605 are paid, 1 000 are credit, and back with the person by 13 June, three bank days after the 8th. */
  async function givenBack(): Promise<{ withdrawn: string; kept: string; payment: Awaited<ReturnType<Collection['pay']>> }> {
    const [withdrawn, kept] = [await trader(), await trader()];
    const payment = await collection.on('2016-06-06').pay(withdrawn, '4605');
    const choice = { choice: 'refund', by: withdrawn, correlation } as const;
    await collection.fresh.db.transaction((tx) => collection.does.refunds.choose(tx, withdrawn, choice));
    const bank = new BankOfSpec(collection).has(withdrawn);
    for (const day of ['2016-06-08', '2016-06-13']) await bank.run(day);
    collection.on('2016-06-24');
    return { withdrawn, kept, payment };
  }
  const statesOf = async (account: string): Promise<string[]> =>
    (await refundsOf(collection.fresh.db, account)).reverse().map(({ number, amount, state }) => `${number} ${amount} ${state}`);
  const refundsShown = async (account: string): Promise<string[]> =>
    (await bookOf(account)).refunds.map(({ state, amount, settled }) => `${amount} ${state} ${settled?.on ?? ''}`);

  it('F56 I3 4 605 − 1 000 = 3 605 € pay June here, and the 1 000 € stand as given back on the days on which they were', async () => {
    const { withdrawn, kept } = await givenBack();
    expect(await balanceOf(withdrawn)).toMatchObject({ paid: '3605', credit: '0', refunds: '0' });
    await merge(withdrawn, kept);
    expect(await balanceOf(withdrawn)).toMatchObject({ called: '0', paid: '0', remaining: '0', credit: '0', refunds: '0' });
    expect(await balanceOf(kept)).toMatchObject({ called: '24103', paid: '3605', remaining: '20498', credit: '0', refunds: '0' });
    expect([await paymentsShown(kept), await refundsShown(kept)]).toEqual([
      ['2016-06-06 4605 posted, credit 0'],
      ['1000 settled 2016-06-13'],
    ]);
    const inEffect = async (account: string, day: string) => bookEffectiveOn(await factsOf(account), Day.of(day)).book.balance;
    expect(await inEffect(kept, '2016-06-07')).toMatchObject({ paid: '3605', credit: '1000', refunds: '0' });
    expect(await inEffect(withdrawn, '2016-06-07')).toMatchObject({ paid: '0', credit: '0', refunds: '0' });
    const ledger = await balances(collection.fresh.db.manager, kept);
    expect(ledger.filter(({ name }) => name === 'bank').map(({ balance }) => balance.toString())).toEqual(['3605']);
    expect((await mails(kept))[0]?.replace(/\s/gu, ' ')).toContain(
      '4 605,00 €, et ce qui vous a été remboursé, 1 000,00 €, y ont été repris',
    );
  });

  it('the transfer that comes back under the old number is credit where everything goes on, merged once more too', async () => {
    const { withdrawn, kept } = await givenBack();
    const last = await trader();
    await collection.on('2016-06-24');
    await merge(withdrawn, kept);
    await merge(kept, last);
    const order = { flow: 'bank/pain.002', batch: 'R', line: 1, order: 'transfer', originalMessage: 'x', reason: 'AC04' } as const;
    await collection.hear('urssaf-sync.order-rejected.v1', [
      { account: withdrawn, data: { ...order, endToEnd: `REMB-${withdrawn}-1` } },
      { account: kept, data: { ...order, endToEnd: `REMB-${kept}-1` } },
    ]);
    expect([await refundsShown(last), await balanceOf(last)]).toMatchObject([
      ['1000 returned 2016-06-13'],
      { paid: '3605', credit: '1000', refunds: '0' },
    ]);
    expect([await balanceOf(withdrawn), await balanceOf(kept)]).toMatchObject([{ credit: '0' }, { credit: '0' }]);
  });

  it.each(['before the accounts are one', 'afterwards'])(
    'taken back by its bank %s, the 1 000 € are owed where everything goes on, and nothing is paid',
    async (when) => {
      const { withdrawn, kept, payment } = await givenBack();
      if (when === 'afterwards') await merge(withdrawn, kept);
      await collection.takeBack(payment);
      if (when !== 'afterwards') await merge(withdrawn, kept);
      expect([await balanceOf(withdrawn), await balanceOf(kept)]).toMatchObject([
        { called: '0', paid: '0', credit: '0', refunds: '0' },
        { called: '24103', paid: '0', credit: '-1000', refunds: '0' },
      ]);
    },
  );

  it('a refund that two agents have not signed is theirs no more, and one that has not left leaves under the other number', async () => {
    const [withdrawn, kept] = [await trader(), await trader()];
    await collection.on('2016-06-06').pay(withdrawn, '4605');
    const choice = { choice: 'refund', by: withdrawn, correlation } as const;
    await collection.fresh.db.transaction((tx) => collection.does.refunds.choose(tx, withdrawn, choice));
    const bank = new BankOfSpec(collection).has(withdrawn).failsOnce();
    await expect(bank.run('2016-06-08')).rejects.toThrow('killed');
    await collection.pay(withdrawn, '6000');
    await bank
      .failsOnce()
      .run('2016-06-08')
      .catch(() => undefined);
    await collection.on('2016-06-24');
    await merge(withdrawn, kept);
    await bank.has(kept).run('2016-06-25');
    expect(bank.sent.at(-1)?.content).toContain(`<EndToEndId>REMB-${kept}-1</EndToEndId>`);
    expect([await statesOf(withdrawn), (await statesOf(kept))[0]]).toEqual([['2 6000 withdrawn'], '1 1000 sent']);
  });
});

describe('S3 what still comes under the old number', () => {
  const merged = async (): Promise<[string, string]> => {
    const [withdrawn, kept] = [await trader(), await trader()];
    await collection.on('2016-06-24');
    await merge(withdrawn, kept);
    return [withdrawn, kept];
  };

  it('I3 R2 money reported later is posted where everything goes on, and is in transit nowhere', async () => {
    const [withdrawn, kept] = await merged();
    const paymentReference = paymentReferenceOf({ account: withdrawn, instalment: '2016-07' });
    const report = await collection.on('2016-07-05').pay(withdrawn, '3605', { paymentReference });
    expect(await balanceOf(withdrawn)).toMatchObject({ paid: '0', credit: '0', inTransit: '0' });
    // June, due since the 6th, comes first.
    expect(await balanceOf(kept)).toMatchObject({ paid: '3605', credit: '0' });
    const [posted] = await collection.saidOfType(kept, 'collection.payment-posted.v1');
    expect(posted).toMatchObject({ cause: report.id, correlation: report.correlation, data: { reportedFact: report.id } });
    expect(posted?.data.paymentId).not.toBe(report.id);
  });

  it('a debit returned later is taken off where the money stands, and the partner finds its answer under the old number', async () => {
    const [withdrawn, kept] = [await trader(), await trader()];
    const payment = await collection.on('2016-06-06').pay(withdrawn, '3605', { means: 'direct-debit' });
    await collection.on('2016-06-24');
    await merge(withdrawn, kept);
    expect((await balanceOf(kept)).paid).toBe('3605');
    await collection.on('2016-06-27').takeBack(payment);
    await collection.takeBack(payment);
    expect([await balanceOf(kept), await balanceOf(withdrawn)]).toMatchObject([
      { called: '24103', paid: '0', credit: '0' },
      { called: '0', paid: '0', credit: '0' },
    ]);
    const answers = await collection.saidOfType(withdrawn, 'collection.payment-reversed.v1');
    expect(answers.map(({ data }) => data.reportedFact !== undefined)).toEqual([false, true]);
    expect(await paymentsShown(kept)).toEqual(['2016-06-06 3605 reversed, credit 0']);
  });

  it('F18 a declaration of a partner counts on the account that goes on; one typed under the old number is refused with the other', async () => {
    const [withdrawn, kept] = await merged();
    const data = { declarationId: 'DSI-2', year: 2014, amount: '20000', kind: 'declared', receivedOn: '2016-06-24' } as const;
    await collection.hear('urssaf-sync.income-received.v1', [{ account: withdrawn, data }]);
    expect(await saidAmounts(kept)).toContain('2014 declared 20000 2016-06-24');
    await expect(collection.declare(withdrawn, 2014, '21000')).rejects.toMatchObject({ code: 'account-merged', status: 409 });
  });

  it('I10 the word heard again changes nothing; before the other account is open, it is heard later, and nothing is done by half', async () => {
    const [withdrawn, kept] = [await trader(), collection.nextAccount()];
    await collection.on('2016-06-06').pay(withdrawn, '3605');
    await expect(merge(withdrawn, kept)).rejects.toThrow('nobody has registered');
    expect(await balanceOf(withdrawn)).toMatchObject({ called: '24103', paid: '3605' });
    await collection.register(kept);
    const [word] = await merge(withdrawn, kept);
    const before = [await collection.saidOf(withdrawn), await collection.saidOf(kept)];
    await collection.fresh.db.transaction((tx) => collection.does.merges.merge(tx, [word as Fact<'affiliation.account-merged.v1'>]));
    expect([await collection.saidOf(withdrawn), await collection.saidOf(kept)]).toEqual(before);
    expect(await mails(kept)).toHaveLength(1);
  });

  it('F61 merged once more, everything follows: the money stands on the last account alone', async () => {
    const [first, second, last] = [await trader(), await trader(), await trader()];
    await collection.on('2016-06-06').pay(first, '3605');
    await merge(first, second);
    await merge(second, last);
    await collection.on('2016-07-05').pay(first, '3605');
    // June 3 605 and July 3 416; 189 € wait for August.
    expect([await balanceOf(first), await balanceOf(second), await balanceOf(last)]).toMatchObject([
      { called: '0', paid: '0', inTransit: '0' },
      { called: '0', paid: '0' },
      { called: '24103', paid: '7021', credit: '189' },
    ]);
  });

  it('yearly runs leave it: nothing is called there in 2017', async () => {
    const [withdrawn, kept] = await merged();
    await collection.on('2017-01-02').does.runs.run('provisional', 2017, correlation);
    const years = async (account: string) => (await bookOf(account)).schedules.map(({ year }) => year);
    expect([await years(withdrawn), (await years(kept)).includes(2017)]).toEqual([[2016, 2016], true]);
  });
});

const micro = () => collection.register(undefined, { regime: 'micro-social', startedOn: '2014-03-01' });
