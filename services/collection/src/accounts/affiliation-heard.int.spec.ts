import { foldAccount } from '@isu/account';
import type { FactData, FactType } from '@isu/contracts';
import { violations } from '@isu/ledger';
import { assessmentsInForce } from '../assessments/assessment.table.js';
import { Money } from '@isu/values';
import { Collection } from '../collection.spec-kit.js';
import { asked } from '../schedules/schedule.js';
import { instalmentsInForce } from '../schedules/schedule.table.js';

let collection: Collection;
beforeAll(async () => {
  collection = await Collection.start();
});
afterAll(async () => {
  expect(await violations(collection.fresh.db.manager)).toEqual([]);
  await collection.close();
});

const correlation = '01890000-0000-7000-8000-00000000000e';
const hear = <T extends FactType>(account: string, type: T, data: FactData<T>) => collection.hear(type, [{ account, data }]);
const hearOn = <T extends FactType>(day: string, account: string, type: T, data: FactData<T>) =>
  collection.on(day).hear(type, [{ account, data }]);
const total = async (account: string, year: number): Promise<string | undefined> =>
  (await assessmentsInForce(collection.fresh.db, [account])).get(account)?.get(year)?.total.toString();
const dates = async (account: string, from = '2016-01-01'): Promise<string[]> =>
  ((await instalmentsInForce(collection.fresh.db, [account])).get(account) ?? [])
    .filter((each) => each.dueOn.iso >= from)
    .map((each) => `${each.id} ${each.dueOn.iso} ${asked(each).toString()}`);

/** A trader called on 20 000 € of 2014 since January: 9 320 €, 95 of them for training in February, 12 × 768 and 9 more in December. */
async function called2016(): Promise<string> {
  const account = await collection.on('2015-05-20').register(undefined, { startedOn: '2010-01-01' });
  await collection.declare(account, 2014, '20000');
  await collection.on('2016-01-02').does.runs.run('provisional', 2016, correlation);
  return account;
}

describe('the activity ended', () => {
  it('F63 cancels what falls due afterwards, calls the year for 182 days of 366, and asks the rest in one payment', async () => {
    const account = await called2016();
    await hearOn('2016-07-08', account, 'affiliation.ended.v1', { on: '2016-06-30', cause: 'cessation' });
    // 20 000 × 182 / 366 = 9 945: 646 + 108 (its floor stays whole) + 214 + 1 755 + 696 + 129 = 3 548; CSG 8 % of 13 493 = 1 079; CFP 95.
    expect(await total(account, 2016)).toBe('4722');
    // Called to June: 6 × 768 + 95 = 4 703; 19 € remain, on 8 July + 30 days = Sunday 7 August, so Monday.
    expect(await dates(account, '2016-06-01')).toEqual(['2016-06 2016-06-06 768', '2016-R1 2016-08-08 19']);
  });

  it('F63 takes the last incomes within ninety days, the year of the end before it is over, and settles on them', async () => {
    const account = await called2016();
    await hearOn('2016-07-08', account, 'affiliation.ended.v1', { on: '2016-06-30', cause: 'cessation' });
    await collection.on('2016-09-20').declare(account, 2016, '10000');
    // 650 + 108 + 215 + 1 765 + 700 + 130 = 3 568; CSG 8 % of 13 568 = 1 085; CFP 95: 4 748, 26 more than 4 722. No penalty by 28 September.
    expect(await total(account, 2016)).toBe('4748');
    expect(await dates(account, '2016-07-01')).toEqual(['2016-R1 2016-08-08 19', '2016-R2 2016-10-20 26']);
  });

  it('F63 charges 3 % for last incomes declared on the ninety-first day: 4 748 × 3 % = 142', async () => {
    const account = await called2016();
    await hearOn('2016-07-08', account, 'affiliation.ended.v1', { on: '2016-06-30', cause: 'cessation' });
    await collection.on('2016-09-29').declare(account, 2016, '10000');
    expect(await total(account, 2016)).toBe('4890');
  });

  it('F63 S10 calls nothing of the years after an end learned late, a striking off or a death; what was debited since pays the debts of before', async () => {
    const account = await called2016();
    await collection.on('2016-01-05').pay(account, '768', { means: 'direct-debit' });
    await hearOn('2016-02-01', account, 'affiliation.ended.v1', { on: '2015-12-31', cause: 'death' });
    expect([await total(account, 2016), await dates(account)]).toEqual(['0', ['2016-01 2016-01-05 0']]);
    const { balance } = foldAccount(await collection.saidOf(account)).book;
    // 2014 and 2015 were never paid, 19 101 €: own debts come first.
    expect([balance.remaining, balance.paid, balance.credit]).toEqual(['18333', '768', '0']);
    const versions = (await collection.saidOfType(account, 'collection.assessed.v1')).filter(({ data }) => data.year === 2016);
    expect(versions.map(({ data }) => data.stage)).toEqual(['provisional', 'provisional']);
  });

  it('refuses an income of a year after the end, and of the year of the end while it goes on', async () => {
    const account = await called2016();
    await hearOn('2016-07-08', account, 'affiliation.ended.v1', { on: '2015-06-30', cause: 'cessation' });
    await expect(collection.declare(account, 2016, '10000')).rejects.toMatchObject({ code: 'income-after-end' });
    const going = await called2016();
    await expect(collection.on('2016-07-08').declare(going, 2016, '10000')).rejects.toMatchObject({ code: 'income-year-not-over' });
  });

  it('F61 F71 begun again, another period is called like any start: 1 679 € from 1 July, and the year before it can still be declared', async () => {
    const account = await called2016();
    await hearOn('2016-02-01', account, 'affiliation.ended.v1', { on: '2015-12-31', cause: 'cessation' });
    await collection.on('2016-07-01').register(account, { startedOn: '2016-07-01' });
    expect(await total(account, 2016)).toBe('1679');
    expect(await dates(account)).toEqual(['2016-10 2016-10-05 559', '2016-11 2016-11-07 559', '2016-12 2016-12-05 561']);
    await collection.on('2016-07-08').declare(account, 2015, '26000');
    // 12 016 € of 2015, and 3 % of it, 360, for a declaration after 9 June: the ninety days ended on 30 March.
    expect([await total(account, 2015), await total(account, 2016)]).toEqual(['12376', '1679']);
  });
});

describe('another status', () => {
  const crafts = { group: 'artisan', regime: 'common' } as const;

  it('counts from its day: learned in May, from 1 January, 2016 loses the training contribution, 9 320 − 95', async () => {
    const account = await called2016();
    await hearOn('2016-05-20', account, 'affiliation.status-changed.v1', { ...crafts, from: '2016-01-01' });
    expect(await total(account, 2016)).toBe('9225');
  });

  it('said in advance it changes nothing yet: 26 000 € of 2015 cost 12 087 in 2016 still, and 11 967 in 2017 (12 064 − 97)', async () => {
    const account = await called2016();
    await hearOn('2016-05-20', account, 'affiliation.status-changed.v1', { ...crafts, from: '2017-01-01' });
    await collection.declare(account, 2015, '26000');
    expect(await total(account, 2016)).toBe('12087');
    await collection.on('2016-12-15').does.runs.run('provisional', 2017, correlation);
    expect(await total(account, 2017)).toBe('11967');
  });

  it('under the micro scheme from 1 July, half a year is called on the income: 9 945 € of base, 4 722 €', async () => {
    const account = await called2016();
    await hearOn('2016-06-20', account, 'affiliation.status-changed.v1', {
      ...{ group: 'commercant', regime: 'micro-social', from: '2016-07-01' },
    });
    expect(await total(account, 2016)).toBe('4722');
  });
});

describe('the year in which the micro scheme is left', () => {
  it('F82 owes on turnovers, then on the flat base from 1 July: 1 350 + 1 679, cut over six dates; the second quarter is declared still', async () => {
    const account = await collection.on('2016-01-04').register(undefined, { startedOn: '2010-01-01', regime: 'micro-social' });
    const declare = (period: string) =>
      collection.fresh.db.transaction((tx) =>
        collection.does.turnovers.declare(
          ...[tx, account, { period, activity: 'vente' as const, amount: Money.of('10000'), source: 'portal' }],
          { cause: null, correlation: undefined },
        ),
      );
    collection.on('2016-04-10');
    await declare('2016-Q1');
    await hearOn('2016-06-20', account, 'affiliation.status-changed.v1', {
      ...{ group: 'commercant', regime: 'common', from: '2016-07-01' },
    });
    expect(await total(account, 2016)).toBe('3029');
    const flat = ['2016-07', '2016-08', '2016-09', '2016-10', '2016-11'].map((id) => expect.stringMatching(`${id} 2016-.* 279`));
    expect(await dates(account)).toEqual(['2016-Q1 2016-05-02 1350', ...flat, '2016-12 2016-12-05 284']);
    collection.on('2016-07-10');
    await declare('2016-Q2');
    expect(await total(account, 2016)).toBe('4379');
    expect(await dates(account, '2016-08-01')).toContain('2016-Q2 2016-08-01 1350');
    expect(await dates(account, '2016-12-01')).toEqual(['2016-12 2016-12-05 284']);
    await expect(declare('2016-Q3')).rejects.toMatchObject({ code: 'turnover-of-common-scheme' });
  });
});

describe('the year in which the micro scheme is joined', () => {
  it('F82 owes half a year on the income, then on turnovers, training under both: 4 722 + 1 350; what is asked of each stays apart', async () => {
    const account = await called2016();
    await hearOn('2016-06-20', account, 'affiliation.status-changed.v1', {
      ...{ group: 'commercant', regime: 'micro-social', from: '2016-07-01' },
    });
    // Called to June: 6 × 768 + 95 = 4 703; the 19 € that remain fall on the first date fifteen days ahead, and nothing after it.
    const kept = (await dates(account, '2016-06-07')).filter((text) => !text.endsWith(' 0'));
    const said = { period: '2016-Q4', activity: 'vente', amount: Money.of('10000'), source: 'portal' } as const;
    collection.on('2017-01-10');
    await collection.fresh.db.transaction((tx) =>
      collection.does.turnovers.declare(tx, account, said, { cause: null, correlation: undefined }),
    );
    expect(await total(account, 2016)).toBe('6072');
    expect((await dates(account, '2016-06-07')).filter((text) => !text.endsWith(' 0'))).toEqual([...kept, '2016-Q4 2017-01-31 1350']);
    // The income of the year, declared: 650 + 108 + 215 + 1 765 + 700 + 130 = 3 568; CSG 1 085; CFP 95: 4 748, and 1 350.
    await collection.on('2017-05-20').declare(account, 2016, '10000');
    expect(await total(account, 2016)).toBe('6098');
  });
});

describe('F82 F63 — an end that is learned after its year', () => {
  it('takes away what stood in the place of periods that nobody owed: of four quarters missing the last two, or all', async () => {
    const [half, whole] = [await collection.on('2016-05-20').register(undefined, micro), await collection.register(undefined, micro)];
    await collection.on('2017-02-01').does.runs.run('missing-turnovers', 2016, correlation);
    const before = await dates(half);
    expect(before.map((text) => text.split(' ')[0])).toEqual(['2016-Q1', '2016-Q2', '2016-Q3', '2016-Q4']);
    await hearOn('2017-04-10', half, 'affiliation.ended.v1', { on: '2016-06-30', cause: 'ex-officio' });
    const gone = (text: string) => text.replace(/\S+$/, '0');
    expect(await dates(half)).toEqual(before.map((text, rank) => (rank < 2 ? text : gone(text))));
    await hear(whole, 'affiliation.ended.v1', { on: '2015-12-31', cause: 'ex-officio' });
    expect([await total(whole, 2016), await dates(whole)]).toEqual(['0', before.map(gone)]);
  });
});

const micro = { regime: 'micro-social', startedOn: '2014-03-01' } as const;

describe('relief, spouse and mandate', () => {
  it('ACCRE granted leaves the supplementary pension and the CSG of a flat first year: 514 + 587 = 1 101, 8 × 122 and 125', async () => {
    const account = await collection.on('2016-01-04').register(undefined, { startedOn: '2016-01-01' });
    await hearOn('2016-02-10', account, 'affiliation.acre-decided.v1', { decision: 'granted', from: '2016-01-01' });
    expect(await total(account, 2016)).toBe('1101');
    expect((await dates(account)).map((text) => text.split(' ')[2])).toEqual([...Array<string>(8).fill('122'), '125']);
  });

  it('ACCRE granted to a micro-entrepreneur prices again what was declared: 10 000 € of sales at 3.4 % for 13.4, 1 350 become 350', async () => {
    const account = await collection.on('2016-01-04').register(undefined, { startedOn: '2016-01-01', regime: 'micro-social' });
    const said = { period: '2016-Q2', activity: 'vente', amount: Money.of('10000'), source: 'portal' } as const;
    const trace = { cause: null, correlation: undefined };
    collection.on('2016-07-10');
    await collection.fresh.db.transaction((tx) => collection.does.turnovers.declare(tx, account, said, trace));
    expect(await total(account, 2016)).toBe('1350');
    await hear(account, 'affiliation.acre-decided.v1', { decision: 'granted', from: '2016-01-01' });
    expect([await total(account, 2016), await dates(account)]).toEqual(['350', ['2016-Q2 2016-08-01 350']]);
  });

  it('ACCRE refused changes nothing', async () => {
    const account = await collection.on('2016-01-04').register(undefined, { startedOn: '2016-01-01' });
    await hearOn('2016-02-10', account, 'affiliation.acre-decided.v1', { decision: 'refused', from: '2016-01-01' });
    expect(await collection.saidOfType(account, 'collection.assessed.v1')).toHaveLength(1);
  });

  it('a collaborating spouse on a third of the PASS adds 2 272 + 901 + 167 + 108 = 3 448, and 34 for training; leaving, it goes', async () => {
    const account = await called2016();
    const link = { spouseAccount: collection.nextAccount(), option: 'third-of-pass', from: '2016-01-01' } as const;
    await hearOn('2016-01-10', account, 'affiliation.spouse-linked.v1', link);
    const lines = (await assessmentsInForce(collection.fresh.db, [account])).get(account)?.get(2016)?.lines ?? [];
    expect(lines.filter(({ code }) => code.startsWith('conjoint-')).map(({ code, amount }) => `${code} ${amount}`)).toEqual([
      'conjoint-indemnites-journalieres 108',
      'conjoint-retraite-base 2272',
      'conjoint-retraite-complementaire 901',
      'conjoint-invalidite-deces 167',
    ]);
    // 9 320 + 3 448 + (129 − 95).
    expect(await total(account, 2016)).toBe('12802');
    await hear(account, 'affiliation.spouse-linked.v1', { ...link, to: '2015-12-31' });
    expect(await total(account, 2016)).toBe('9320');
  });

  it('F61 a spouse insured from the day of their entry is called on the head’s account alone, whichever was heard of first', async () => {
    const [head, link] = [await called2016(), { option: 'third-of-pass', from: '2016-05-01' } as const];
    const spouse = await collection.on('2016-05-02').register(undefined, { startedOn: '2016-05-01' });
    expect((await dates(spouse)).length).toBeGreaterThan(0);
    await hear(head, 'affiliation.spouse-linked.v1', { ...link, spouseAccount: spouse });
    expect([await total(spouse, 2016), await dates(spouse)]).toEqual(['0', []]);

    const [other, later] = [await called2016(), collection.nextAccount()];
    await hearOn('2016-05-02', other, 'affiliation.spouse-linked.v1', { ...link, spouseAccount: later });
    await collection.register(later, { startedOn: '2016-05-01' });
    expect([await total(later, 2016), await dates(later)]).toEqual([undefined, []]);
  });

  it('F61 a spouse at work on their own account before goes on paying for it: 3 234 € of a first year', async () => {
    const head = await called2016();
    const spouse = await collection.on('2016-01-04').register(undefined, { startedOn: '2016-01-01' });
    const link = { spouseAccount: spouse, option: 'third-of-pass', from: '2016-05-01' } as const;
    const before = await dates(spouse);
    await hearOn('2016-05-02', head, 'affiliation.spouse-linked.v1', link);
    expect([await total(spouse, 2016), await dates(spouse)]).toEqual(['3234', before]);
    expect(before.length).toBe(9);
    // Begun anew while the collaboration lasts, it is of the head; begun after it, it is their own again.
    await hearOn('2017-03-01', head, 'affiliation.spouse-linked.v1', { ...link, to: '2017-02-28' });
    const own = await collection.register(undefined, { startedOn: '2017-03-01' });
    expect(await total(own, 2017)).toBeDefined();
  });

  it('F32 a mandate revoked, what is to come is sent and no longer debited, to the same amounts; signed again, it is debited', async () => {
    const account = await called2016();
    const meansFrom = async (day: string) =>
      ((await instalmentsInForce(collection.fresh.db, [account])).get(account) ?? []).map(
        ({ dueOn, means }) => `${dueOn.iso < day ? 'before' : 'after'} ${means}`,
      );
    const amounts = await dates(account);
    await hearOn('2016-05-20', account, 'affiliation.mandate-revoked.v1', { rum: 'RUM-1', on: '2016-05-20' });
    expect(new Set(await meansFrom('2016-06-04'))).toEqual(new Set(['before direct-debit', 'after transfer']));
    expect(await dates(account)).toEqual(amounts);
    await hearOn('2016-06-10', account, 'affiliation.mandate-signed.v1', { rum: 'RUM-2', signedOn: '2016-06-10' });
    expect(new Set(await meansFrom('2016-06-25'))).toEqual(new Set(['before direct-debit', 'before transfer', 'after direct-debit']));
  });
});
