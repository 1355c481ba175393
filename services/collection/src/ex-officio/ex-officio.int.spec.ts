import { eventually } from '@isu/testing';
import { CollectionOverHttp, people, type Answer } from '../over-http.spec-kit.js';

let collection: CollectionOverHttp;
beforeAll(async () => {
  collection = await CollectionOverHttp.start('2016-09-01');
});
afterAll(() => collection?.stop());
beforeEach(() => collection.on('2016-09-01'));

const tax = (account: string, year: number): Promise<Answer> => collection.create(`accounts/${account}/ex-officio-assessments`, { year });
const totalOf = async (account: string, year: number): Promise<string> =>
  (await collection.ask('GET', `accounts/${account}/assessments/${year}`)).json.total;

/** net-entreprises sends an income, and collection has said or left it. */
async function receive(
  account: string,
  declarationId: string,
  said: { year: number; amount: string; kind?: 'declared' | 'tax' },
): Promise<void> {
  const data = { declarationId, kind: 'declared' as const, receivedOn: collection.clock.today().iso, ...said };
  await collection.tell(account, 'urssaf-sync.income-received.v1', data);
  const vector = async () => (await collection.ask('GET', `accounts/${account}/view`)).json.vector['urssaf-sync'] as number | undefined;
  await eventually(async () => (await vector()) === collection.lastSeq('urssaf-sync', account), { withinMs: 10_000 });
}

describe('F18 — taxed ex officio, and replaced by a declaration (CSS R. 242-14)', () => {
  it('on half the PASS where nothing is known: 19 308 × 1,25 = 24 135, which 2016 pays 11 227 on; S20 booked under the year that each is of', async () => {
    const account = await collection.register();
    const taxed = await tax(account, 2015);
    expect(taxed).toMatchObject({
      status: 201,
      json: {
        income: {
          ...{ kind: 'ex-officio', year: 2015, amount: '24135', source: 'caisse', declaredOn: '2016-09-01' },
          grounds: { retained: 'half-pass', beforeIncrease: '19308', consecutiveYears: 1 },
        },
        assessments: [
          { year: 2015, stage: 'definitive' },
          { year: 2016, stage: 'adjusted', total: '11227' },
        ],
      },
    });
    const { json } = await collection.ask('GET', `accounts/${account}/assessments/2016`);
    expect((json.lines as { amount: string }[]).map(({ amount }) => amount)).toEqual([
      '1569',
      '169',
      '519',
      '4260',
      '1689',
      '314',
      '2612',
      '95',
    ]);
    const { json: told } = await collection.ask('GET', `accounts/${account}/messages`);
    expect(told.messages).toMatchObject([{ kind: 'ex-officio-notice', channel: 'letter', state: 'waiting' }]);

    expect(await collection.create(`accounts/${account}/estimates`, { year: 2016, amount: '9000', source: 'agent' })).toMatchObject({
      status: 422,
      json: { code: 'estimate-taxed-ex-officio' },
    });

    // 26 000 € of 2015: 12 016, and 10 % of it, 1 201,60, to the euro; 2016 adjusted: 12 087. Nothing is left of the taxation.
    const declared = await collection.declare(account, 2015, '26000');
    expect(declared.json.income.corrects).toBe(taxed.json.income.fact);
    expect([await totalOf(account, 2015), await totalOf(account, 2016)]).toEqual(['13218', '12087']);
    // All this on 1 September 2016: in the ledger what is of 2015 stands under 2015.
    const { periods } = (await collection.ask('GET', `accounts/${account}/periods`)).json.current as {
      periods: { year: number; called: string }[];
    };
    expect(periods.map(({ year, called }) => `${String(year)} ${called}`)).toEqual(['2015 13218', '2016 12087']);
    const lines = (await collection.ask('GET', `accounts/${account}/assessments/2015`)).json.lines as {
      code: string;
      base: string;
      rate: string;
      amount: string;
    }[];
    expect(lines.at(-1)).toEqual({ code: 'penalite-declaration-tardive', base: '12016', rate: '0.1', amount: '1202' });
    const known = (await collection.ask('GET', `accounts/${account}/incomes`)).json.incomes as { kind: string; state: string }[];
    expect(known.map(({ kind, state }) => `${kind} ${state}`)).toEqual(['ex-officio corrected', 'declared in-force']);
    expect((await collection.create(`accounts/${account}/estimates`, { year: 2016, amount: '9000', source: 'agent' })).status).toBe(201);

    // Typing 2015 shows what was taxed and what was declared, with dates and source; the estimate is one of 2016.
    const of2015 = (await collection.ask('GET', `accounts/${account}/incomes?year=2015`)).json.incomes as {
      kind: string;
      declaredOn: string;
      source: string;
    }[];
    expect(of2015.map(({ kind, declaredOn, source }) => `${kind} ${declaredOn} ${source}`)).toEqual([
      'ex-officio 2016-09-01 caisse',
      'declared 2016-09-01 agent',
    ]);
    expect(await collection.ask('GET', `accounts/${account}/incomes?year=quinze`)).toMatchObject({ status: 400 });
  });

  it('F18 on the mean of two declared years when it is higher: (40 000 + 30 000) / 2 × 1,25 = 43 750', async () => {
    const account = await collection.on('2014-05-20').register();
    await collection.declare(account, 2013, '40000');
    await collection.on('2015-05-20').declare(account, 2014, '30000');
    collection.on('2016-09-01');
    expect((await tax(account, 2015)).json.income).toMatchObject({
      amount: '43750',
      grounds: { retained: 'mean-income', beforeIncrease: '35000' },
    });
  });

  it('F18 on what the tax office knows, plus 30 %: 60 000 × 1,30 × 1,25 = 97 500', async () => {
    const account = await collection.register();
    await receive(account, 'DGFIP-1', { year: 2015, amount: '60000', kind: 'tax' });
    expect((await collection.ask('GET', `accounts/${account}/assessments`)).json.assessments).toEqual([]);
    expect((await tax(account, 2015)).json.income).toMatchObject({
      amount: '97500',
      grounds: { retained: 'tax-income', beforeIncrease: '78000' },
    });
  });

  it('S8 is increased year after year, and never compounded: 19 308 × 1,25 = 24 135 for 2014, × 1,50 = 28 962 for 2015', async () => {
    const account = await collection.register();
    expect((await tax(account, 2014)).json.income.amount).toBe('24135');
    expect((await tax(account, 2015)).json.income).toMatchObject({
      amount: '28962',
      grounds: { beforeIncrease: '19308', consecutiveYears: 2, expression: expect.stringContaining('1.5') },
    });
  });

  it('R11 twenty identical requests at once make one taxation', async () => {
    const account = await collection.register();
    const answers = await Promise.all(
      Array.from({ length: 20 }, () =>
        collection.ask('POST', `accounts/${account}/ex-officio-assessments`, { body: { year: 2015 }, key: 'twenty-taxations' }),
      ),
    );
    expect(answers.every(({ status }) => status === 201 || status === 409)).toBe(true);
    expect((await collection.ask('GET', `accounts/${account}/incomes`)).json.incomes).toHaveLength(1);
    expect(await totalOf(account, 2016)).toBe('11227');
  });

  it('R11 once a year: asked again under another key, nothing more is said', async () => {
    const account = await collection.register();
    const first = await tax(account, 2015);
    const held = await collection.factsHeld();
    expect((await tax(account, 2015)).json).toMatchObject({ income: { fact: first.json.income.fact }, assessments: [], schedules: [] });
    expect(await collection.factsHeld()).toEqual(held);
  });
});

describe('S7 — nobody is taxed ex officio while a declaration may be on its way', () => {
  it('a flow with a gap holds everybody; once it is whole again, the taxation is possible', async () => {
    const account = await collection.register();
    const flow = 'flow/net-entreprises/incomes';
    await collection.tell(flow, 'urssaf-sync.gap-opened.v1', { from: 2, to: 2 });
    // Somebody new at each try: who is taxed before the gap is heard of stays taxed.
    await eventually(async () => (await tax(await collection.register(), 2015)).json.code === 'ex-officio-held', { withinMs: 10_000 });
    expect(await tax(account, 2015)).toMatchObject({ status: 409, json: { code: 'ex-officio-held' } });
    await collection.tell(flow, 'urssaf-sync.gap-closed.v1', { number: 2 });
    await collection.tell(flow, 'urssaf-sync.completed-through.v1', { date: '2016-09-01', number: 2 });
    await eventually(async () => (await tax(account, 2015)).status === 201, { withinMs: 10_000 });
  });

  it('a declaration that came and was not retained waits for an agent', async () => {
    const account = await collection.register();
    await receive(account, 'DSI-9', { year: 2015, amount: '1000000000' });
    const held = await collection.factsHeld();
    expect(await tax(account, 2015)).toMatchObject({ status: 409, json: { code: 'ex-officio-held' } });
    expect(await collection.factsHeld()).toEqual(held);
  });

  it('I8 nor before the deadline, nor a declared year, nor a micro-entrepreneur', async () => {
    const [account, micro] = [await collection.register(), await collection.register({ regime: 'micro-social' })];
    await collection.declare(account, 2015, '26000');
    expect(await tax(account, 2015)).toMatchObject({ status: 409, json: { code: 'ex-officio-of-declared-year' } });
    expect(await tax(micro, 2015)).toMatchObject({ status: 422, json: { code: 'ex-officio-of-micro-entrepreneur' } });
    collection.on('2016-06-09');
    expect(await tax(account, 2015)).toMatchObject({ status: 422, json: { code: 'ex-officio-before-deadline' } });
  });

  it('the yearly run taxes who has not declared, once, and leaves the others', async () => {
    const run = () => collection.ask('POST', 'runs/ex-officio', { as: people.operator, body: { year: 2015 } });
    await run();
    const [silent, declared] = [await collection.register(), await collection.register()];
    await collection.declare(declared, 2015, '26000');
    expect(await run()).toMatchObject({ status: 200, json: { kind: 'ex-officio', year: 2015, called: 1 } });
    expect(await totalOf(silent, 2016)).toBe('11227');
    expect((await run()).json.called).toBe(0);
    expect(await collection.ask('GET', 'runs/ex-officio/2015', { as: people.operator })).toMatchObject({
      status: 200,
      json: { called: 0 },
    });
    expect(await collection.ask('GET', 'runs/yearly/2015', { as: people.operator })).toMatchObject({ status: 400 });
  });
});

describe('F22 F70 — declarations that net-entreprises receives, and those that come late', () => {
  it('F22 regularises once, however often the declaration is sent; a corrected one replaces it with its history', async () => {
    const account = await collection.on('2016-05-20').register();
    await receive(account, 'DSI-1', { year: 2015, amount: '26000' });
    await receive(account, 'DSI-1', { year: 2015, amount: '26000' });
    expect((await collection.ask('GET', `accounts/${account}/incomes`)).json.incomes).toHaveLength(1);
    expect([await totalOf(account, 2015), await totalOf(account, 2016)]).toEqual(['12016', '12087']);
    // Corrected late, but first declared in time: no penalty. 20 000 € in 2016: 9 320.
    collection.on('2016-09-01');
    await receive(account, 'DSI-2', { year: 2015, amount: '20000' });
    expect(await totalOf(account, 2016)).toBe('9320');
    const lines = (await collection.ask('GET', `accounts/${account}/assessments/2015`)).json.lines as { code: string }[];
    expect(lines.map(({ code }) => code)).not.toContain('penalite-declaration-tardive');
  });

  it.each([
    ['in time on 9 June: 12 016', '2016-06-09', '12016'],
    ['a day late, 3 %: 12 016 + 360', '2016-06-10', '12376'],
    ['3 % still on 10 May 2017', '2017-05-10', '12376'],
    ['5 % from 11 May 2017: 12 016 + 601', '2017-05-11', '12617'],
  ])('F70 the income of 2015 declared %s', async (_, day, total) => {
    const account = await collection.on(day).register();
    await collection.declare(account, 2015, '26000');
    expect(await totalOf(account, 2015)).toBe(total);
  });

  it('F105 an activity discovered late is called for its past years at their own rules, the penalty of each apart', async () => {
    const account = await collection.on('2016-05-20').register({ startedOn: '2013-01-01' });
    await collection.declare(account, 2014, '26000');
    await collection.declare(account, 2015, '26000');
    // 2014 at the rules of 2014: 12 759, and 3 % of it apart, 382,77 to the euro. 2015, declared in time: 12 016.
    const { json } = await collection.ask('GET', `accounts/${account}/assessments/2014`);
    expect(json).toMatchObject({ stage: 'definitive', total: '13142', explanation: { total: '12759' } });
    expect((json.lines as { code: string; amount: string }[]).at(-1)).toMatchObject({
      code: 'penalite-declaration-tardive',
      amount: '383',
    });
    expect(await totalOf(account, 2015)).toBe('12016');
    const { json: versions } = await collection.ask('GET', `accounts/${account}/assessments/2014/versions`);
    expect(versions.versions[0]).toMatchObject({ total: '13142', explanation: { total: '12759' } });
  });
});
