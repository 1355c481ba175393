import { CollectionOverHttp, people, type Answer } from '../over-http.spec-kit.js';

let collection: CollectionOverHttp;
beforeAll(async () => {
  collection = await CollectionOverHttp.start('2016-05-20');
});
afterAll(() => collection?.stop());
beforeEach(() => collection.on('2016-05-20'));

const micro = (startedOn = '2014-03-01') => collection.register({ regime: 'micro-social', startedOn });
const declare = (account: string, period: string, amount: string, activity = 'vente'): Promise<Answer> =>
  collection.create(`accounts/${account}/turnovers`, { period, activity, amount, source: 'portal' });
const choose = (account: string, rhythm: string, incomeTaxOption = false): Promise<Answer> =>
  collection.ask('PUT', `accounts/${account}/turnover-choice`, { body: { rhythm, incomeTaxOption } });
const run = (kind: string, year: number): Promise<Answer> =>
  collection.ask('POST', `runs/${kind}`, { as: people.operator, body: { year } });
const linesOf = async (account: string, year: number): Promise<string[]> => {
  const { json } = await collection.ask('GET', `accounts/${account}/assessments/${year}`);
  return (json.lines as { code: string; base: string; amount: string }[]).map(({ code, base, amount }) => `${code} ${base} ${amount}`);
};

describe('F83 — a share of the turnover, of 2016', () => {
  it.each([
    ['sales, 13,4 %: 10 000 gives 1 340', 'vente', ['micro-social 10000 1340', 'cfp 10000 10']],
    ['services, 23,1 %: 2 310', 'services-commerciaux', ['micro-social 10000 2310', 'cfp 10000 20']],
    ['liberal of the CIPAV, 22,9 %: 2 290', 'bnc-cipav', ['micro-social 10000 2290', 'cfp 10000 20']],
  ])('F83 %s', async (_, activity, lines) => {
    const account = await micro();
    expect((await declare(account, '2016-Q1', '10000', activity)).status).toBe(201);
    expect(await linesOf(account, 2016)).toEqual(lines);
  });

  it('F83 after an end on 30 April the second quarter may be declared at once, 10 000 of sales for 1 340 and 10; the two after it are not awaited', async () => {
    const account = await micro();
    await collection.end(account, '2016-04-30');
    const periods = async () => {
      const { json } = await collection.ask('GET', `accounts/${account}/turnovers?year=2016`);
      return (json.periods as { id: string; state: string }[]).map(({ id, state }) => `${id} ${state}`);
    };
    expect(await periods()).toEqual(['2016-Q1 missing', '2016-Q2 awaited']);
    expect((await declare(account, '2016-Q2', '10000')).json).toMatchObject({ yearTotal: '1350' });
    expect(await periods()).toEqual(['2016-Q1 missing', '2016-Q2 declared']);
    expect(await declare(account, '2016-Q3', '0')).toMatchObject({ json: { code: 'turnover-after-end' } });
  });

  it('F84 the share of the CIPAV shows its parts by risk, both pensions among them: 284.23 + 57.77 + 688.62 + 457.53 + 801.85 = 2 290', async () => {
    const account = await micro();
    await declare(account, '2016-Q1', '10000', 'bnc-cipav');
    const { json } = await collection.ask('GET', `accounts/${account}/turnovers?year=2016`);
    const [social] = json.periods[0].declarations[0].explanation.lines as {
      amount: string;
      derivation: { shares: { label: string; amount: string }[] };
    }[];
    // 2 290 × 123, 25, 298, 198 and 347 over 991, each running share to the cent.
    expect(social?.derivation.shares.map(({ label, amount }) => `${label} ${amount}`)).toEqual([
      'maladie-maternité 284.23',
      'invalidité-décès 57.77',
      'retraite de base 688.62',
      'retraite complémentaire 457.53',
      'CSG-CRDS 801.85',
    ]);
    expect(social?.amount).toBe('2290');
  });

  it('F82 F83 is assessed, asked for on the day of its period, and paid with its reference', async () => {
    const account = await micro();
    collection.on('2016-04-10');
    const declared = await declare(account, '2016-Q1', '20000');
    // C1: 20 000 × 13,4 % = 2 680 and 20. 30 April 2016 is a Saturday: due on Monday 2 May.
    expect(declared.json).toMatchObject({
      turnover: { period: '2016-Q1', amount: '20000', corrects: null },
      dueOn: '2016-05-02',
      yearTotal: '2700',
      exit: null,
    });
    expect(await collection.instalments(account, '2016-01-01', '2016-12-31')).toEqual(['2016-Q1 2700']);
    await collection.on('2016-05-02').pay(account, '2700');
    const view = (await collection.ask('GET', `accounts/${account}/view`)).json;
    expect(view.book.balance).toMatchObject({ called: '2700', paid: '2700', remaining: '0' });
    const shown = (await collection.ask('GET', `accounts/${account}/turnovers?year=2016`)).json;
    expect(shown.periods[0]).toMatchObject({
      id: '2016-Q1',
      state: 'declared',
      declarations: [{ explanation: { total: '2700', rules: '2016.1' } }],
    });
    expect((await collection.ask('GET', `accounts/${account}/assessments/2016/versions`)).json.versions).toMatchObject([
      { total: '2700', explanation: null },
    ]);
  });

  it('adds up the periods of a year, nil included, and pays income tax with it by option: C2, 20 000 × 1 % = 200', async () => {
    const account = await micro();
    await choose(account, 'quarterly', true);
    await declare(account, '2016-Q1', '20000');
    expect(await linesOf(account, 2016)).toEqual(['micro-social 20000 2680', 'cfp 20000 20', 'versement-liberatoire 20000 200']);
    collection.on('2016-07-10');
    expect((await declare(account, '2016-Q2', '0')).json).toMatchObject({ turnover: { amount: '0' } });
    expect(await linesOf(account, 2016)).toEqual(['micro-social 20000 2680', 'cfp 20000 20', 'versement-liberatoire 20000 200']);
  });

  it('F56 a correction replaces what was declared; what was paid beyond it, 2 700 − 1 350 €, is credit', async () => {
    const account = await micro();
    const first = await declare(account, '2016-Q1', '20000');
    await collection.pay(account, '2700');
    const second = await declare(account, '2016-Q1', '10000');
    expect(second.json).toMatchObject({ turnover: { corrects: first.json.turnover.fact }, yearTotal: '1350' });
    expect((await collection.ask('GET', `accounts/${account}/periods`)).json.current).toMatchObject({ balance: '-1350', credit: '1350' });
    const held = await collection.factsHeld();
    expect((await declare(account, '2016-Q1', '10000')).json).toMatchObject({
      turnover: { fact: second.json.turnover.fact },
      yearTotal: null,
    });
    expect(await collection.factsHeld()).toEqual(held);
  });
});

describe('F82 — monthly or quarterly, at choice (CSS R. 133-30-2)', () => {
  it.each([
    [
      'quarterly, started in the first quarter: both quarters by 31 July, a Sunday',
      'quarterly',
      '2016-02-10',
      '2016-Q2',
      '2016-02-10',
      '2016-08-01',
    ],
    ['monthly, started in January: four months by 31 May', 'monthly', '2016-01-10', '2016-04', '2016-01-10', '2016-05-31'],
  ])('F82 the first declaration, %s', async (...[, rhythm, startedOn, id, from, dueOn]) => {
    const account = await micro(startedOn);
    await choose(account, rhythm);
    const { json } = await collection.ask('GET', `accounts/${account}/turnovers`);
    expect(json.periods[0]).toMatchObject({ id, from, dueOn });
  });

  it('F82 a change asked for by 31 October counts from 1 January, a later one from the next', async () => {
    const account = await micro();
    await declare(account, '2016-Q1', '10000');
    collection.on('2016-11-01');
    expect((await choose(account, 'monthly')).json).toMatchObject({ fromYear: 2018, rhythm: 'monthly' });
    collection.on('2016-10-31');
    expect((await choose(account, 'monthly')).json).toMatchObject({ fromYear: 2017, rhythm: 'monthly' });
    collection.on('2017-02-10');
    expect((await declare(account, '2017-01', '1000')).json).toMatchObject({ dueOn: '2017-02-28' });
    expect(await declare(account, '2017-Q1', '1000')).toMatchObject({ status: 422, json: { code: 'turnover-of-other-rhythm' } });
  });
});

describe('F82 — what is not declared (CSS R. 133-30-2-1)', () => {
  it('one missing quarter of sales: 49 of penalty, and 82 200 / 4 × 1,15 × 13,4 % = 3 167 until it is declared', async () => {
    const account = await micro();
    for (const [day, period] of [
      ['2016-04-10', '2016-Q1'],
      ['2016-07-10', '2016-Q2'],
      ['2017-01-10', '2016-Q4'],
    ] as const) {
      collection.on(day);
      await declare(account, period, '0');
    }
    collection.on('2017-01-31');
    expect(await run('missing-turnovers', 2016)).toMatchObject({ status: 422, json: { code: 'run-year-out-of-reach' } });
    collection.on('2017-02-01');
    await run('missing-turnovers', 2016);
    expect(await linesOf(account, 2016)).toEqual([
      'micro-social 0 0',
      'cfp 0 0',
      'micro-social 3167 3167',
      'penalite-declaration-manquante 49 49',
    ]);
    expect(await collection.instalments(account, '2016-10-01', '2016-12-31')).toEqual(['2016-Q3 3216']);
    expect((await collection.ask('GET', `accounts/${account}/turnovers?year=2016`)).json.periods[2]).toMatchObject({
      ...{ id: '2016-Q3', state: 'missing' },
      inItsPlace: { penalty: '49', provisional: '3167' },
    });
    expect((await run('missing-turnovers', 2016)).json.called).toBe(0);
    // Declared at last: 5 000 × 13,4 % = 670 and 5 take the place of the provisional; the penalty stays.
    await declare(account, '2016-Q3', '5000');
    expect(await collection.instalments(account, '2016-10-01', '2016-12-31')).toEqual(['2016-Q3 724']);
  });

  it('reminds once of a period in the fifteen days before its day', async () => {
    const account = await micro('2016-01-01');
    const told = async () =>
      ((await collection.ask('GET', `accounts/${account}/messages`)).json.messages as { kind: string }[]).map(({ kind }) => kind);
    collection.on('2016-07-16');
    await run('turnover-reminders', 2016);
    expect(await told()).toEqual([]);
    collection.on('2016-07-17');
    await run('turnover-reminders', 2016);
    await run('turnover-reminders', 2016);
    expect(await told()).toEqual(['turnover-reminder-2016-q2']);
  });
});

describe('F82 — out of the regime above the ceilings', () => {
  it('90 301 € of sales: out from the period of passing, and the person is told once', async () => {
    const account = await micro();
    await declare(account, '2016-Q1', '60000');
    collection.on('2016-07-10');
    expect((await declare(account, '2016-Q2', '30301')).json.exit).toMatchObject({
      kind: 'exit',
      on: '2016-04-01',
      turnover: '90301',
      passed: '90300',
    });
    await declare(account, '2016-Q2', '30302');
    const { json } = await collection.ask('GET', `accounts/${account}/messages`);
    expect((json.messages as { kind: string }[]).map(({ kind }) => kind)).toEqual(['micro-exit']);
  });
});

describe('I8 I9 — a turnover that cannot be is refused, and changes nothing', () => {
  it('F85 of the common scheme, of a period that is not over, before the first, negative, without a key', async () => {
    const [account, common] = [await micro('2016-01-10'), await collection.register()];
    const held = await collection.factsHeld();
    expect(await declare(common, '2016-Q1', '1')).toMatchObject({ status: 422, json: { code: 'turnover-of-common-scheme' } });
    expect(await declare(account, '2016-Q2', '1')).toMatchObject({ status: 422, json: { code: 'turnover-period-not-over' } });
    expect(await declare(account, '2016-Q1', '1')).toMatchObject({ status: 422, json: { code: 'turnover-before-first' } });
    expect(await declare(account, '2015-Q4', '1')).toMatchObject({ status: 422, json: { code: 'turnover-before-first' } });
    expect(await declare(account, '2016-13', '1')).toMatchObject({ status: 400, json: { code: 'invalid-request' } });
    collection.on('2016-07-10');
    expect(await declare(account, '2016-Q2', '-1')).toMatchObject({ status: 422, json: { code: 'turnover-out-of-proportion' } });
    expect(await declare(account, '2016-Q2', '1', 'location')).toMatchObject({ status: 400 });
    expect(
      await collection.ask('POST', `accounts/${account}/turnovers`, {
        body: { period: '2016-Q2', activity: 'vente', amount: '1', source: 'portal' },
      }),
    ).toMatchObject({ status: 400 });
    expect(await collection.ask('GET', `accounts/${common}/turnovers`)).toMatchObject({ status: 422 });
    expect(await collection.factsHeld()).toEqual(held);
  });

  it('I8 F105 of the first year that is priced, 2012, sales are owed at 12 % and no ceiling is passed; the year before is out of reach', async () => {
    const account = await micro('2011-03-01');
    const { status, json } = await declare(account, '2012-Q3', '95000');
    expect([status, json.exit]).toEqual([201, null]);
    expect((await linesOf(account, 2012))[0]).toBe('micro-social 95000 11400');
    collection.on('2013-02-05');
    expect(await run('missing-turnovers', 2011)).toMatchObject({ status: 422, json: { code: 'run-year-out-of-reach' } });
  });

  it('R11 twenty identical declarations at once make one', async () => {
    const account = await micro();
    const body = { period: '2016-Q1', activity: 'vente', amount: '10000', source: 'portal' };
    const answers = await Promise.all(
      Array.from({ length: 20 }, () => collection.ask('POST', `accounts/${account}/turnovers`, { body, key: 'twenty-turnovers' })),
    );
    expect(answers.every(({ status }) => status === 201 || status === 409)).toBe(true);
    expect(await collection.instalments(account, '2016-01-01', '2016-12-31')).toEqual(['2016-Q1 1350']);
  });
});
