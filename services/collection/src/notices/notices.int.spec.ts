import { eventually } from '@isu/testing';
import { CollectionOverHttp, people } from '../over-http.spec-kit.js';
import { noticeDocument } from './notice-document.js';
import { noticeOf } from './notice.js';

let collection: CollectionOverHttp;
beforeAll(async () => {
  collection = await CollectionOverHttp.start('2015-12-20');
});
afterAll(() => collection?.stop());

/** The chain of the worked cases: 20 000 € of 2014, 26 000 € of 2015, 30 000 € of 2016. */
async function chain(): Promise<string> {
  const account = await collection.on('2015-05-20').register();
  await collection.declare(account, 2014, '20000');
  await collection.on('2016-01-02').ask('POST', 'runs/provisional', { as: people.operator, body: { year: 2016 } });
  await collection.on('2016-05-20').declare(account, 2015, '26000');
  return account;
}

interface Part {
  readonly assessment: { readonly year: number; readonly stage: string; readonly restsOn: { amount: string; source: string }[] };
  readonly lines: { code: string; amount: string; before: string; difference: string; sentence: string | null }[];
  readonly total: string;
  readonly before: string;
  readonly difference: string;
}

describe('F23 F24 F25 F72 — the notice: what is called, what it replaces, why, and when (D. 2014-1690)', () => {
  it('F72 regularises 2015 and adjusts 2016 in one document, line by line', async () => {
    const account = await chain();
    const { json } = await collection.ask('GET', `accounts/${account}/notices/2016/2`);
    const [of2015, of2016] = json.parts as [Part, Part];
    // 2015 was called on 20 000 € (adjusted) and is owed on 26 000 €: 12 016.
    expect([of2015.assessment.year, of2015.assessment.stage, of2015.total]).toEqual([2015, 'definitive', '12016']);
    expect(of2015.lines.find(({ code }) => code === 'maladie')).toMatchObject({ before: '1300', amount: '1690', difference: '390' });
    // F54: 2016 was called on 20 000 € (9 320) and is now on 26 000 €: 12 087, 2 767 more.
    expect(of2016).toMatchObject({ total: '12087', before: '9320', difference: '2767', assessment: { stage: 'adjusted' } });
    expect(of2016.lines.map(({ amount }) => amount)).toEqual(['1690', '182', '559', '4589', '1820', '338', '2814', '95']);
    expect(of2016.assessment.restsOn).toMatchObject([{ amount: '26000', source: 'agent' }]);
    expect(json.instalments[5]).toMatchObject({
      id: '2016-06',
      dueOn: '2016-06-06',
      means: 'direct-debit',
      reference: expect.stringMatching(/^RF\d{2}/),
    });
    expect(json.total).toBe(String((json.instalments as { amount: string }[]).reduce((sum, { amount }) => sum + Number(amount), 0)));
  });

  it('F79 the training contribution is whole in February, and nowhere else', async () => {
    const account = await chain();
    const { json } = await collection.ask('GET', `accounts/${account}/schedules/2016`);
    const asking = (json.instalments as { id: string; lines: { code: string; year: number; amount: string }[] }[]).filter(({ lines }) =>
      lines.some(({ code, year }) => code === 'cfp' && year === 2016),
    );
    expect(asking.map(({ id }) => id)).toEqual(['2016-02']);
    expect(asking[0]?.lines.find(({ code }) => code === 'cfp')?.amount).toBe('95');
  });

  it('S14 one notice is in force; the former ones say which has replaced them, and what they said', async () => {
    const account = await chain();
    const of2016 = async () =>
      (
        (await collection.ask('GET', `accounts/${account}/notices`)).json.notices as {
          year: number;
          version: number;
          state: string;
          replacedBy: number | null;
        }[]
      )
        .filter(({ year }) => year === 2016)
        .map(({ version, state, replacedBy }) => `${version} ${state} ${replacedBy}`);
    expect(await of2016()).toEqual(['1 replaced 2', '2 in-force null']);
    const first = await collection.ask('GET', `accounts/${account}/notices/2016/1`);
    expect(first.json).toMatchObject({ issuedOn: '2016-01-02', parts: [{ total: '9320', before: '0', difference: '9320' }] });
    await collection.create(`accounts/${account}/estimates`, { year: 2016, amount: '24000', source: 'agent' });
    expect(await of2016()).toEqual(['1 replaced 2', '2 replaced 3', '3 in-force null']);
    expect((await collection.ask('GET', `accounts/${account}/notices/2016/1`)).json.parts).toEqual(first.json.parts);
  });

  it('I6 F29 prints the figures of the derivations, in a PDF with its own fonts, the same bytes each time', async () => {
    const account = await chain();
    const first = await collection.ask('GET', `accounts/${account}/notices/2016/2/pdf`);
    const again = await collection.ask('GET', `accounts/${account}/notices/2016/2/pdf`);
    expect([first.status, first.type, first.bytes.subarray(0, 5).toString()]).toEqual([200, 'application/pdf', '%PDF-']);
    expect(first.bytes.toString('latin1')).toMatch(/\/FontFile2/);
    expect(first.bytes.equals(again.bytes)).toBe(true);

    const notice = noticeOf(await collection.held(account), { year: 2016, version: 2 });
    if (!notice) throw new Error('The notice is there.');
    const { blocks, heading } = noticeDocument(notice, { name: 'Karim Ouali', fund: 'Caisse Île-de-France Est' });
    const text = JSON.stringify([heading, blocks]).replace(/[\u00a0\u202f]/g, ' ');
    const { json } = await collection.ask('GET', `accounts/${account}/assessments/2016`);
    for (const line of json.explanation.lines as { amount: string; derivation: { sentence: string } }[]) {
      expect(text).toContain(
        JSON.stringify(line.derivation.sentence)
          .slice(1, -1)
          .replace(/[\u00a0\u202f]/g, ' '),
      );
    }
    for (const figure of [
      '12 087,00 €',
      '9 320,00 €',
      '2 767,00 €',
      '35 178,00 €',
      'Karim Ouali',
      'Caisse Île-de-France Est',
      'RF',
      '5 %',
      '20 mai 2016',
    ]) {
      expect(text).toContain(figure);
    }
  });

  it('I8 is refused what is no notice, and other regions', async () => {
    const account = await chain();
    expect(await collection.ask('GET', `accounts/${account}/notices/2016/99`)).toMatchObject({ status: 404 });
    expect(await collection.ask('GET', `accounts/${account}/notices/2016/0/pdf`)).toMatchObject({ status: 400 });
    expect(await collection.ask('GET', `accounts/${account}/notices`, { as: { ...people.agent, funds: ['14'] } })).toMatchObject({
      status: 404,
    });
  });
});

interface Line {
  readonly code: string;
  readonly base: string;
  readonly amount: string;
}

interface Explained {
  readonly code: string;
  readonly derivation: { readonly sentence: string };
}

describe('what each is called on, of the worked cases (contributions.md, sections 4 and 12)', () => {
  const assessed = async (account: string) => (await collection.ask('GET', `accounts/${account}/assessments/2016`)).json;
  const amounts = async (account: string) => {
    const { lines, total } = await assessed(account);
    return [...(lines as Line[]).map(({ code, amount }) => `${code} ${amount}`), total as string];
  };
  const base = async (account: string, code: string) =>
    ((await assessed(account)).lines as Line[]).find((line) => line.code === code)?.base;
  const flat = async (account: string) => [await base(account, 'maladie'), await base(account, 'indemnites-journalieres')];
  /** Somebody of long standing who declares an income of 2015: 2016 is called on it. */
  const calledOn = async (income: string, group: 'commercant' | 'artisan' = 'commercant') => {
    const account = await collection.on('2016-05-20').register({ group });
    await collection.declare(account, 2015, income);
    return account;
  };

  it('F71 F73 A19 the first year is called on 19 % of the PASS, 7 337, and 40 %, 15 446: seven lines, 3 234 €, nine payments of 359 and 362', async () => {
    const account = await collection.on('2016-01-04').register({ startedOn: '2016-01-01' });
    expect(await flat(account)).toEqual(['7337', '15446']);
    expect((await amounts(account)).map((text) => text.split(' ').at(-1))).toEqual([
      '477',
      '108',
      '158',
      '1295',
      '514',
      '95',
      '587',
      '3234',
    ]);
    const asked = await collection.instalments(account, '2016-01-01', '2016-12-31');
    expect(asked.map((text) => text.split(' ')[1])).toEqual([...Array<string>(8).fill('359'), '362']);
  });

  it('F74 A20 the second on 27 %, 10 426, daily allowances still on 40 %: 4 550 €, 10 payments of 413 from February and 420', async () => {
    const account = await collection.on('2016-01-04').register({ startedOn: '2015-01-01' });
    expect(await flat(account)).toEqual(['10426', '15446']);
    expect((await amounts(account)).map((text) => text.split(' ').at(-1))).toEqual([
      '678',
      '108',
      '224',
      '1840',
      '730',
      '136',
      '834',
      '4550',
    ]);
    const asked = await collection.instalments(account, '2016-01-01', '2016-12-31');
    expect(asked.map((text) => text.split(' ')[1])).toEqual([...Array<string>(10).fill('413'), '420']);
  });

  it('F69 the third on the income of the year before, 26 000 €: 12 087, where the flat base of a second year would have made 4 550', async () => {
    const account = await collection.on('2016-05-20').register({ startedOn: '2014-01-01' });
    await collection.declare(account, 2015, '26000');
    expect([await base(account, 'maladie'), (await assessed(account)).total]).toEqual(['26000', '12087']);
  });

  it.each<[string, string, 'commercant' | 'artisan', string[]]>([
    ['A1 a loss of 5 000 € of a commerçant: 1 045 €', '-5000', 'commercant', ['0', '108', '0', '784', '0', '58', '0', '95', '1045']],
    [
      'A2 no income: CSG-CRDS on the 950 of minimums alone, 76; 1 121 €',
      '0',
      'commercant',
      ['0', '108', '0', '784', '0', '58', '76', '95', '1121'],
    ],
    [
      'A15 F79 no income of an artisan, whose training is not called here: 1 026 €',
      '0',
      'artisan',
      ['0', '108', '0', '784', '0', '58', '76', '0', '1026'],
    ],
  ])(
    'F75 F76 the minimums are 108, 784 and 58, sickness, family allowances and complementary pension have none: %s',
    async (_, income, group, expected) => {
      const account = await calledOn(income, group);
      expect((await amounts(account)).map((text) => text.split(' ').at(-1))).toEqual(expected);
    },
  );

  it('F77 F78 A6 CSG-CRDS of 26 000 € is 8 % of 26 000 + 9 178 = 35 178: 2 814 of the 12 087 €', async () => {
    const account = await calledOn('26000');
    const { lines, total, explanation } = await assessed(account);
    const csg = (lines as Line[]).find(({ code }) => code === 'csg-crds');
    const told = (explanation.lines as Explained[]).find(({ code }) => code === 'csg-crds');
    expect([csg?.base, csg?.amount, total]).toEqual(['35178', '2814', '12087']);
    expect(told?.derivation.sentence).toMatch(/8\s%.* de 35\s178\s€ \(revenu 26\s000\s€/);
  });

  it('F61 A18 a collaborating spouse on a third of the PASS: 2 272 + 901 + 167 + 108 = 3 448 on the head’s account, whose training is 129: 15 569 €', async () => {
    const account = await calledOn('26000');
    const spouse = await collection.register({ startedOn: '2016-01-01' });
    const link = { from: '2016-01-01', option: 'third-of-pass', spouseAccount: spouse } as const;
    await collection.tell(account, 'affiliation.spouse-linked.v1', link);
    // 12 087 + 3 448 + (129 − 95).
    await eventually(async () => (await assessed(account)).total === '15569', { withinMs: 10_000 });
    expect((await amounts(account)).filter((text) => /conjoint|cfp/.test(text)).sort()).toEqual([
      'cfp 129',
      'conjoint-indemnites-journalieres 108',
      'conjoint-invalidite-deces 167',
      'conjoint-retraite-base 2272',
      'conjoint-retraite-complementaire 901',
    ]);
  });

  it('F55 2016 on 20 000 € of 2014 is spread over the twelve months: (9 320 − 95) / 12 = 768, December 777, the training of 95 in February', async () => {
    const account = await collection.on('2015-05-20').register();
    await collection.declare(account, 2014, '20000');
    await collection.on('2016-01-02').ask('POST', 'runs/provisional', { as: people.operator, body: { year: 2016 } });
    const asked = (await collection.instalments(account, '2016-01-01', '2016-12-31')).map((text) => Number(text.split(' ')[1]));
    expect(asked).toEqual([768, 863, ...Array<number>(9).fill(768), 777]);
    expect(asked.reduce((sum, amount) => sum + amount, 0)).toBe(9_320);
  });
});

describe('N8 — twenty-four months of money', () => {
  it('N8 the schedule issued when the real income comes is the forecast for that income, line by line', async () => {
    const account = await chain();
    const asked = {
      scenarios: [
        { name: 'attendu', income: '30000' },
        { name: 'bas', income: '10000' },
      ],
    };
    const { json } = await collection.ask('POST', `accounts/${account}/cash-calendars`, { body: asked });
    const [expected, low] = json.calendars as { flows: { on: string; kind: string; amount: string; lines: unknown[] }[] }[];
    await collection.on('2017-01-02').ask('POST', 'runs/provisional', { as: people.operator, body: { year: 2017 } });
    await collection.on('2017-05-20').declare(account, 2016, '30000');
    const of2017 = (await collection.ask('GET', `accounts/${account}/schedules/2017`)).json.instalments as {
      dueOn: string;
      amount: string;
      lines: { year: number; code: string; amount: string }[];
    }[];
    const issued = of2017.map(({ dueOn, amount, lines }) => ({
      on: dueOn,
      kind: 'instalment',
      amount,
      lines: lines.map(({ year, code, amount: part }) => ({ year, code, amount: part })),
    }));
    expect(expected?.flows.filter(({ on }) => on >= '2017-01-01')).toEqual(issued);
    // 10 000 € of 2016 are less than the 26 000 € it was called on: money comes back within thirty days of the declaration.
    expect(low?.flows.some(({ kind, on }) => kind === 'refund' && on === '2017-06-19')).toBe(true);
    collection.on('2016-05-20');
  });

  it('I8 is refused to who has no schedule, or no income yet', async () => {
    const [micro, starter] = [
      await collection.register({ regime: 'micro-social' }),
      await collection.register({ startedOn: '2016-01-01' }),
    ];
    const body = { scenarios: [{ name: 'attendu', income: '30000' }] };
    expect(await collection.ask('POST', `accounts/${micro}/cash-calendars`, { body })).toMatchObject({
      status: 422,
      json: { code: 'forecast-without-schedule' },
    });
    expect(await collection.ask('POST', `accounts/${starter}/cash-calendars`, { body })).toMatchObject({
      status: 422,
      json: { code: 'forecast-without-income' },
    });
  });
});
