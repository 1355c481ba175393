import { Money } from '@isu/values';
import { Collection } from '../collection.spec-kit.js';
import { instalmentsInForce } from '../schedules/schedule.table.js';
import { asked } from '../schedules/schedule.js';

let collection: Collection;
beforeAll(async () => {
  collection = await Collection.start();
});
afterAll(() => collection?.close());

const amountsOf = async (account: string, civilYear: number): Promise<string[]> => {
  const instalments = (await instalmentsInForce(collection.fresh.db, [account])).get(account) ?? [];
  return instalments.filter(({ schedule }) => schedule === civilYear).map((each) => `${each.id} ${asked(each).toString()}`);
};

/** What a civil year's calendar asks for a contribution year. */
const askedFor = async (account: string, { year, in: civilYear }: { year: number; in: number }): Promise<string> => {
  const instalments = (await instalmentsInForce(collection.fresh.db, [account])).get(account) ?? [];
  const lines = instalments.filter(({ schedule }) => schedule === civilYear).flatMap(({ lines: all }) => all);
  return Money.sum(lines.filter((line) => line.year === year).map(({ amount }) => amount)).toString();
};

const assessed = async (account: string): Promise<string[]> =>
  (await collection.saidOfType(account, 'collection.assessed.v1')).map(
    ({ data }) => `${data.year} ${data.stage} v${data.version} ${Money.sum(data.lines.map(({ amount }) => Money.of(amount))).toString()}`,
  );

describe('CSS L. 131-6-2 — provisional, adjusted, definitive: the trader of contributions.md section 5', () => {
  it('F54 F55 F72 calls 9 320 € on 20 000 €, 12 087 € on 26 000 €, 13 932 € on 30 000 €, and only the differences each time', async () => {
    const account = await collection.on('2015-05-20').register();
    expect(await assessed(account)).toEqual([]);
    await collection.declare(account, 2014, '20000');

    await collection.on('2016-01-02').does.runs.run('provisional', 2016, '01890000-0000-7000-8000-000000000001');
    // 9 320 − 95 of training = 9 225: 11 × 768 and 777; the 95 € whole in February.
    expect(await amountsOf(account, 2016)).toEqual([
      '2016-01 768',
      '2016-02 863',
      ...['03', '04', '05', '06', '07', '08', '09', '10', '11'].map((month) => `2016-${month} 768`),
      '2016-12 777',
    ]);

    await collection.on('2016-05-20').declare(account, 2015, '26000');
    // Asked already: 4 × 768 + 863 = 3 935. Left: 12 087 − 3 935 = 8 152 over seven, 6 × 1 164 and 1 168: 2 767 more than 5 385.
    expect(await askedFor(account, { year: 2016, in: 2016 })).toBe('12087');
    const of2016 = (await instalmentsInForce(collection.fresh.db, [account])).get(account)!.filter(({ schedule }) => schedule === 2016);
    expect(
      of2016.slice(5).map(({ lines }) => Money.sum(lines.filter(({ year }) => year === 2016).map(({ amount }) => amount)).toString()),
    ).toEqual([...Array<string>(6).fill('1164'), '1168']);

    await collection.on('2017-01-02').does.runs.run('provisional', 2017, '01890000-0000-7000-8000-000000000002');
    await collection.on('2017-05-15').declare(account, 2016, '30000');
    // Regularisation of 2016: 13 932 − 12 087 = 1 845, as lines of 2016 in the calendar of 2017.
    expect(await askedFor(account, { year: 2016, in: 2017 })).toBe('1845');
    expect(await askedFor(account, { year: 2016, in: 2016 })).toBe('12087');
    expect((await assessed(account)).filter((text) => text.startsWith('2016'))).toEqual([
      '2016 provisional v1 9320',
      '2016 adjusted v2 12087',
      '2016 definitive v3 13932',
    ]);
  });
});
