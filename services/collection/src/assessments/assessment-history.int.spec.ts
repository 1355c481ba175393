import { heldFacts } from '@isu/messaging';
import { Money } from '@isu/values';
import { Collection } from '../collection.spec-kit.js';
import { factsOfHistory, versionsOf } from './assessment-history.js';

let collection: Collection;
beforeAll(async () => {
  collection = await Collection.start();
});
afterAll(() => collection?.close());

const historyOf = async (account: string, year: number, offices: ReadonlyMap<string, string> = new Map()) =>
  versionsOf(await heldFacts(collection.fresh.db, account, { types: factsOfHistory }), { year, offices });

const stagesOf = (versions: Awaited<ReturnType<typeof historyOf>>): string[] =>
  versions.map(({ version, stage, total }) => `${String(version)} ${stage} ${total.toString()}`);

const received = (declarationId: string, year: number, amount: string, receivedOn: string) => ({
  ...{ declarationId, year, amount, receivedOn, kind: 'declared' as const },
});

describe('F23 F24 F25 — the versions of a year', () => {
  it('2015 of a trader at 20 000 € then 26 000 €: provisional, adjusted, definitive, each as it was said on its day', async () => {
    const account = await collection.on('2015-01-05').register(undefined, { startedOn: '2009-04-01' });
    await collection.on('2015-01-12').declare(account, 2013, '19200');
    await collection.on('2015-05-12').declare(account, 2014, '20000');
    await collection.on('2016-05-12').declare(account, 2015, '26000');
    const versions = await historyOf(account, 2015);
    expect(versions.map(({ stage, recordedAt, effectiveOn }) => `${stage} ${effectiveOn} ${recordedAt.slice(0, 10)}`)).toEqual([
      'provisional 2015-01-12 2015-01-12',
      'adjusted 2015-05-12 2015-05-12',
      'definitive 2016-05-12 2016-05-12',
    ]);
    // 2015 on its own income of 26 000 €: 12 016 € (docs/law.md); what was called before is not touched by it.
    expect(stagesOf(versions).at(-1)).toBe('3 definitive 12016');
    for (const { total, lines, explanation } of versions) {
      expect(Money.sum(lines.map(({ amount }) => Money.of(amount))).toString()).toBe(total.toString());
      expect(explanation?.total.toString()).toBe(total.toString());
      expect(explanation?.lines.every(({ derivation }) => derivation !== undefined)).toBe(true);
    }
    expect(versions.map(({ restsOn }) => restsOn.map(({ year, amount }) => `${String(year)} ${amount}`))).toEqual([
      ['2013 19200'],
      ['2014 20000'],
      ['2015 26000'],
    ]);
  });

  it('a flat base rests on no income; a year never assessed has no version', async () => {
    const account = await collection.on('2016-01-04').register(undefined, { startedOn: '2016-01-01' });
    expect(stagesOf(await historyOf(account, 2016))).toEqual(['1 flat-first-year 3234']);
    expect((await historyOf(account, 2016))[0]?.restsOn).toEqual([]);
    expect(await historyOf(account, 2015)).toEqual([]);
  });

  it('a corrected declaration leaves the version that rested on the first word, and its explanation', async () => {
    const account = await collection.on('2016-05-12').register(undefined, { startedOn: '2009-04-01' });
    await collection.declare(account, 2015, '20000');
    await collection.declare(account, 2015, '26000');
    const versions = await historyOf(account, 2016);
    expect(stagesOf(versions)).toEqual(['1 adjusted 9320', '2 adjusted 12087']);
    expect(versions.map(({ explanation }) => explanation?.total.toString())).toEqual(['9320', '12087']);
  });

  it('what was priced before the activity ended is explained as it was then', async () => {
    const account = await collection.on('2016-01-04').register(undefined, { startedOn: '2016-01-01' });
    await collection.on('2016-06-30').hear('affiliation.ended.v1', [{ account, data: { on: '2016-06-30', cause: 'retraite' } }]);
    const [version] = await historyOf(account, 2016);
    expect([version?.total.toString(), version?.explanation?.total.toString()]).toEqual(['3234', '3234']);
  });
});

describe('N2 — whose word an income is', () => {
  it('names the partner’s fact that brought it, and Urssaf', async () => {
    const account = await collection.on('2016-05-18').register(undefined, { startedOn: '2009-04-01' });
    const [heard] = await collection.hear('urssaf-sync.income-received.v1', [
      { account, data: received('DSI-1', 2015, '26000', '2016-05-17') },
    ]);
    const [recorded] = await collection.saidOfType(account, 'collection.income-recorded.v1');
    const [version] = await historyOf(account, 2016);
    expect(version?.restsOn).toEqual([
      {
        fact: recorded?.id,
        author: 'collection',
        seq: recorded?.seq,
        type: 'collection.income-recorded.v1',
        effectiveOn: '2016-05-17',
        recordedAt: '2016-05-18T10:00:00.000Z',
        source: 'net-entreprises',
        organisation: 'urssaf',
        kind: 'declared',
        year: 2015,
        amount: '26000',
        retained: '26000',
        annualised: null,
        shortened: null,
        heardFrom: {
          fact: heard?.id,
          author: 'urssaf-sync',
          type: 'urssaf-sync.income-received.v1',
          effectiveOn: '2016-05-18',
          recordedAt: '2016-05-18T10:00:00.000Z',
        },
      },
    ]);
  });

  it('the person’s own, or the office of the agent who typed it', async () => {
    const account = await collection.on('2016-05-18').register(undefined, { startedOn: '2009-04-01' });
    await collection.declare(account, 2015, '26000');
    const [recorded] = await collection.saidOfType(account, 'collection.income-recorded.v1');
    const organisations = async (offices?: ReadonlyMap<string, string>) =>
      (await historyOf(account, 2016, offices))[0]?.restsOn.map(({ organisation }) => organisation);
    expect(await organisations()).toEqual(['insured']);
    expect(await organisations(new Map([[recorded?.correlation ?? '', 'cell']]))).toEqual(['cell']);
  });

  it('says how the income of an incomplete first year was brought to a whole one: 10 000 € in 184 days of 365 make 19 837 €', async () => {
    const account = await collection.on('2016-01-04').register(undefined, { startedOn: '2015-07-01' });
    await collection.on('2016-05-12').declare(account, 2015, '10000');
    const adjusted = (await historyOf(account, 2016)).at(-1);
    expect(adjusted?.restsOn[0]).toMatchObject({ amount: '10000', retained: '19837', annualised: { activeDays: 184, yearDays: 365 } });
    const definitive = (await historyOf(account, 2015)).at(-1);
    expect(definitive?.restsOn[0]).toMatchObject({ amount: '10000', retained: '10000', annualised: null });
  });
});
