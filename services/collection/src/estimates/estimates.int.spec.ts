import { Money } from '@isu/values';
import { CollectionOverHttp, people, type Answer } from '../over-http.spec-kit.js';

let collection: CollectionOverHttp;
beforeAll(async () => {
  collection = await CollectionOverHttp.start('2016-05-20');
});
afterAll(() => collection?.stop());

const estimateOf = (account: string, amount: string, year = 2016): Promise<Answer> =>
  collection.create(`accounts/${account}/estimates`, { year, amount, source: 'portal' });
const previewOf = (account: string, amount: string): Promise<Answer> =>
  collection.ask('POST', `accounts/${account}/estimates/preview`, { body: { year: 2016, amount } });

interface Explained {
  readonly lines: readonly { readonly amount: string }[];
}
type Change = Readonly<Record<'before' | 'after', string>>;
type Changed = Change & { readonly lines: readonly Change[] };
const sorted = (numbers: readonly number[]): number[] => [...numbers].sort((a, b) => a - b);
const total = (amounts: readonly string[]): number => Money.sum(amounts.map((amount) => Money.of(amount))).cents / 100;

/** A trader called on 20 000 € of 2014 since January: 9 320 €, of which 95 in February; twelve times 768, the last 777. */
async function calledOn20000(): Promise<string> {
  const account = await collection.on('2015-12-20').register();
  await collection.on('2015-05-20').declare(account, 2014, '20000');
  await collection.on('2016-01-02').ask('POST', 'runs/provisional', { as: people.operator, body: { year: 2016 } });
  collection.on('2016-05-20');
  return account;
}

describe('F19 F20 F21 — the year called on what the person expects of it (CSS L. 131-6-2, R. 131-5)', () => {
  it('F20 shows before and after for each due date, and the recording does what was shown', async () => {
    const account = await calledOn20000();
    expect(await collection.instalments(account, '2016-01-01', '2016-12-31')).toEqual([
      '2016-01 768',
      '2016-02 863',
      ...['03', '04', '05', '06', '07', '08', '09', '10', '11'].map((month) => `2016-${month} 768`),
      '2016-12 777',
    ]);
    const shown = await previewOf(account, '26000');
    // 12 087 on 26 000; 3 935 asked from January to May: 768 × 5 + 95. Left 8 152 over seven dates from 6 June: 1 164 six times and 1 168.
    expect(shown).toMatchObject({
      status: 200,
      json: { year: 2016, amount: '26000', total: { before: '9320', after: '12087' }, paid: '0', surplusKept: '0' },
    });
    expect(
      (shown.json.instalments as { id: string; before: string; after: string }[]).map(
        ({ id, before, after }) => `${id} ${before} → ${after}`,
      ),
    ).toEqual([
      '2016-01 768 → 768',
      '2016-02 863 → 863',
      ...['03', '04', '05'].map((month) => `2016-${month} 768 → 768`),
      ...['06', '07', '08', '09', '10', '11'].map((month) => `2016-${month} 768 → 1164`),
      '2016-12 777 → 1168',
    ]);
    const before = await collection.factsHeld();
    await previewOf(account, '26000');
    expect(await collection.factsHeld()).toEqual(before);

    const made = await estimateOf(account, '26000');
    expect(made).toMatchObject({
      status: 201,
      json: { income: { kind: 'estimated', year: 2016, amount: '26000', declaredOn: '2016-05-20' } },
    });
    const { explanation, ...effect } = shown.json;
    expect(made.json.effect).toEqual(effect);
    // N2: what would be owed explains itself before anything is kept: the eight lines of F77.
    expect(sorted((explanation as Explained).lines.map(({ amount }) => Number(amount)))).toEqual([
      95, 182, 338, 559, 1690, 1820, 2814, 4589,
    ]);
    for (const { before: was, after: will, lines } of effect['instalments'] as Changed[]) {
      expect(total(lines.map((line) => line.before))).toBe(Number(was));
      expect(total(lines.map((line) => line.after))).toBe(Number(will));
    }
    expect(await collection.instalments(account, '2016-06-01', '2016-12-31')).toEqual([
      ...['06', '07', '08', '09', '10', '11'].map((month) => `2016-${month} 1164`),
      '2016-12 1168',
    ]);
    const { json } = await collection.ask('GET', `accounts/${account}/assessments/2016`);
    expect(json).toMatchObject({ stage: 'provisional', total: '12087', income: { kind: 'estimated' }, explanation: { total: '12087' } });
  });

  it('F19 S15 counts from the first due date fifteen days ahead: on 22 May the 6th of June is, on 23 May it is not', async () => {
    const account = await calledOn20000();
    collection.on('2016-05-23');
    const { json } = await previewOf(account, '26000');
    // 3 935 + 768 stand; 12 087 − 4 703 = 7 384 over six dates: 1 230 five times and 1 234.
    const changed = (json.instalments as { id: string; before: string; after: string }[]).filter(({ before, after }) => before !== after);
    expect(changed.map(({ id, after }) => `${id} ${after}`)).toEqual([
      ...['07', '08', '09', '10', '11'].map((month) => `2016-${month} 1230`),
      '2016-12 1234',
    ]);
    collection.on('2016-05-20');
  });

  it('F19 the receipt waits for the portal, under one id, until its delivery is told', async () => {
    const account = await calledOn20000();
    const { json } = await estimateOf(account, '15000');
    const take = () => collection.ask('POST', 'outgoing-messages/takings', { as: people.portal, body: { channel: 'email' } });
    const mine = (answer: Answer) =>
      (answer.json.messages as { id: string; account: string }[]).filter((message) => message.account === account);
    const [message] = mine(await take());
    // 15 000 € in 2016: C = 975 + 108 + 323 + 2 648 + 1 050 + 195 = 5 299, CSG-CRDS 8 % of 20 299 = 1 624, CFP 95: 7 018.
    expect(message).toMatchObject({ id: json.message, kind: 'estimate-receipt', language: 'fr', attempts: 1 });
    expect((message as unknown as { text: string }).text).toMatch(/désormais de 7.018,00.€ au lieu de 9.320,00.€/);
    // Taken: nobody else gets it for a minute.
    expect(mine(await take())).toEqual([]);

    const settle = (state: string) =>
      collection.ask('POST', `outgoing-messages/${json.message}/deliveries`, { as: people.portal, body: { state, failure: 'ESMTP' } });
    expect((await settle('delivered')).status).toBe(204);
    expect((await settle('failed')).status).toBe(204);
    const shown = await collection.ask('GET', `accounts/${account}/messages`);
    expect(shown.json.messages).toMatchObject([
      { id: json.message, state: 'delivered', subject: 'Votre estimation de revenu 2016 est enregistrée' },
    ]);
  });

  it('F21 below what is paid: nothing more is asked, and what is paid beyond is kept until the real income', async () => {
    const account = await calledOn20000();
    await collection.payWhatIsDue(account, '2015-12-31');
    await collection.pay(account, '3935');
    // On nothing at all: 1 121 € (108 + 784 + 58, CSG-CRDS 76, CFP 95). 3 935 − 1 121 = 2 814 kept.
    const made = await estimateOf(account, '0');
    expect(made.json.effect).toMatchObject({ total: { before: '9320', after: '1121' }, paid: '3935', surplusKept: '2814' });
    expect(await collection.instalments(account, '2016-06-01', '2016-12-31')).toEqual(
      ['06', '07', '08', '09', '10', '11', '12'].map((month) => `2016-${month} 0`),
    );
    expect((await collection.ask('GET', `accounts/${account}/periods`)).json.current).toMatchObject({ credit: '0', balance: '-2814' });
  });

  it('R11 the same estimate again changes nothing and writes no second receipt; another one corrects it, as often as wanted', async () => {
    const account = await calledOn20000();
    const first = await estimateOf(account, '26000');
    const held = await collection.factsHeld();
    expect((await estimateOf(account, '26000')).json).toMatchObject({ income: { fact: first.json.income.fact }, message: null });
    expect(await collection.factsHeld()).toEqual(held);
    const second = await estimateOf(account, '24000');
    expect(second.json.income.corrects).toBe(first.json.income.fact);
    const { json } = await collection.ask('GET', `accounts/${account}/estimates`);
    expect((json.estimates as { state: string }[]).map(({ state }) => state)).toEqual(['corrected', 'in-force']);
  });

  it('F54 F19 a declared income of last year does not take the place of the estimate of this one', async () => {
    const account = await calledOn20000();
    await estimateOf(account, '26000');
    await collection.declare(account, 2015, '40000');
    expect((await collection.ask('GET', `accounts/${account}/assessments/2016`)).json).toMatchObject({
      stage: 'provisional',
      total: '12087',
    });
  });
});

describe('S19 — an estimate too low by more than a third', () => {
  it('the surcharge is computed and shown, and charged only once an agent has decided it', async () => {
    const account = await calledOn20000();
    await estimateOf(account, '0');
    await collection.on('2017-05-20').declare(account, 2016, '30000');
    // 30 000 > 1,5 × 0: 10 % of 9 320 − 0 paid = 932.
    const shown = await collection.ask('GET', `accounts/${account}/estimates`);
    expect(shown.json.underEstimates).toMatchObject([
      { year: 2016, surcharge: { base: '9320', rate: '0.1', amount: '932' }, decision: null },
    ]);
    const total = async () => (await collection.ask('GET', `accounts/${account}/assessments/2016`)).json.total;
    expect(await total()).toBe('13932');

    const decide = (applies: boolean, reason: string) =>
      collection.ask('PUT', `accounts/${account}/estimates/2016/surcharge`, { body: { applies, reason } });
    expect((await decide(true, 'Estimation sans justificatif')).json).toMatchObject({
      applies: true,
      line: { code: 'majoration-estimation', amount: '932' },
    });
    expect(await total()).toBe('14864');
    await decide(false, 'Bilan prévisionnel reçu');
    expect(await total()).toBe('13932');
    collection.on('2016-05-20');
  });
});

describe('I8 I9 — an estimate that cannot be is refused, with what to do instead, and changes nothing', () => {
  it('F19 of a micro-entrepreneur, after the striking off, of a year that is not the current one', async () => {
    const micro = await collection.register({ regime: 'micro-social', startedOn: '2015-01-01' });
    const ended = await collection.register();
    await collection.end(ended, '2016-04-30');
    const ordinary = await calledOn20000();
    const held = await collection.factsHeld();
    expect(await estimateOf(micro, '26000')).toMatchObject({ status: 422, json: { code: 'estimate-of-micro-entrepreneur' } });
    expect(await estimateOf(ordinary, '26000', 2015)).toMatchObject({ status: 422, json: { code: 'estimate-year-not-current' } });
    expect(await estimateOf(ordinary, '1000000000')).toMatchObject({ status: 422, json: { code: 'income-out-of-proportion' } });
    expect(await estimateOf(ordinary, '26000,00')).toMatchObject({ status: 400, json: { code: 'invalid-request' } });
    expect(
      await collection.ask('POST', `accounts/${ordinary}/estimates`, { body: { year: 2016, amount: '1', source: 'portal' } }),
    ).toMatchObject({
      status: 400,
      json: { code: 'idempotency-key-missing' },
    });
    expect(
      await collection.ask('PUT', `accounts/${ordinary}/estimates/2015/surcharge`, { body: { applies: true, reason: 'Aucune' } }),
    ).toMatchObject({
      status: 409,
      json: { code: 'no-surcharge-to-decide' },
    });
    expect(
      await collection.create(`accounts/${ordinary}/estimates`, { year: 2016, amount: '1', source: 'agent' }, people.auditor),
    ).toMatchObject({ status: 403 });
    expect(await collection.ask('POST', 'outgoing-messages/takings', { body: { channel: 'email' } })).toMatchObject({ status: 403 });
    expect(await estimateOf(ended, '26000')).toMatchObject({ status: 422, json: { code: 'estimate-after-end' } });
    expect(await collection.factsHeld()).toEqual(held);
  });

  it.each([
    ['estimates', { year: 2016, amount: '26000', source: 'portal' }],
    ['incomes', { year: 2015, amount: '26000', source: 'portal' }],
  ])('R11 twenty identical requests at once make one: %s', async (list, body) => {
    const account = await calledOn20000();
    const before = ((await collection.ask('GET', `accounts/${account}/${list}`)).json[list] as unknown[]).length;
    const answers = await Promise.all(
      Array.from({ length: 20 }, () => collection.ask('POST', `accounts/${account}/${list}`, { body, key: `twenty-${list}` })),
    );
    expect(answers.every(({ status }) => status === 201 || status === 409)).toBe(true);
    expect((await collection.ask('GET', `accounts/${account}/${list}`)).json[list]).toHaveLength(before + 1);
  });
});

describe('F63 — the end of the activity, from the word of affiliation to the last due date', () => {
  it('F63 cancels what falls due after 30 June, asks 19 € more of half a year, then 26 on the last incomes', async () => {
    const account = await calledOn20000();
    await collection.on('2016-07-08').end(account, '2016-06-30');
    // 9 945 € of base, 4 722 € (see accounts/affiliation-heard); 4 703 of them asked by June.
    expect(await collection.instalments(account, '2016-06-01', '2017-12-31')).toEqual(['2016-06 768', '2016-R1 19']);
    expect((await collection.ask('GET', `accounts/${account}/assessments/2016`)).json).toMatchObject({ version: 2, total: '4722' });
    const declared = await collection.on('2016-09-20').declare(account, 2016, '10000');
    expect(declared).toMatchObject({ status: 201, json: { assessments: [{ year: 2016, stage: 'definitive', total: '4748' }] } });
    expect(await collection.instalments(account, '2016-07-01', '2017-12-31')).toEqual(['2016-R1 19', '2016-R2 26']);
    expect(await collection.declare(account, 2017, '1')).toMatchObject({ status: 422, json: { code: 'income-after-end' } });
  });
});
