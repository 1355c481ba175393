import { Iban, Nir } from '@isu/values';
import { drawing } from '../draw.js';
import { fakeSystem, type FakeSystem } from '../terminal/fake-system.spec-kit.js';
import { isu } from '../terminal/terminal.spec-kit.js';
import { nextAct } from './acts.js';
import { inventedPerson } from './person.js';

const thousand = Array.from({ length: 1_000 }, (_, at) => inventedPerson(7, at + 1, 2015));

describe('invented people', () => {
  it('are the same for the same seed and rank, and others for another seed', () => {
    const { income, turnover, declaresOn, tellsTurnover, ...again } = inventedPerson(7, 12, 2015);
    expect(thousand[11]).toMatchObject(again);
    expect(declaresOn(2014)).toBe(thousand[11]?.declaresOn(2014));
    expect([income(2014), turnover('2016-Q1')]).toEqual([thousand[11]?.income(2014), thousand[11]?.turnover('2016-Q1')]);
    expect(tellsTurnover('2016-Q1')).toBe(thousand[11]?.tellsTurnover('2016-Q1'));
    expect(inventedPerson(8, 12, 2015).nir).not.toBe(thousand[11]?.nir);
  });

  it('have numbers with a right key, each its own, that nobody bears: born abroad (99), of their own month and year', () => {
    for (const { nir, birthDate } of thousand) {
      expect(Nir.of(nir).toString().slice(1, 7)).toBe(`${birthDate.slice(2, 4)}${birthDate.slice(5, 7)}99`);
    }
    expect(new Set(thousand.map(({ nir }) => nir)).size).toBe(1_000);
  });

  it('have an account of their own at a bank that does not exist, which is debited of those alone who pay whole and in time', () => {
    const ibans = thousand.map(({ iban }) => Iban.of(iban).toString());
    expect(ibans.every((iban) => iban.slice(4, 9) === '99999')).toBe(true);
    expect(new Set(ibans).size).toBe(1_000);
    const debited = thousand.filter(({ payer }) => payer.means === 'direct-debit');
    expect(new Set(debited.map(({ payer }) => payer.payment))).toEqual(new Set(['on-time', 'debit-returned']));
  });

  it('are of every group and regime, about as often as the shares say: 55 % of the common regime outside the liberal professions', () => {
    const common = thousand.filter(({ regime, register }) => regime === 'common' && register !== 'none').length;
    expect(common).toBeGreaterThan(500);
    expect(common).toBeLessThan(600);
    expect(new Set(thousand.map(({ register, regime }) => `${register} ${regime}`)).size).toBe(6);
  });

  it('pay six times in ten where there is somebody to pay to; only micro-entrepreneurs tell turnovers', () => {
    const draw = drawing(3);
    const acts = thousand.map((person) => ({ person, kind: nextAct({ person, account: '' }, draw, true) }));
    const payments = acts.filter(({ kind }) => kind === 'payment').length;
    expect(payments).toBeGreaterThan(540);
    expect(payments).toBeLessThan(660);
    expect(acts.filter(({ kind, person }) => (kind === 'turnover') !== (person.regime === 'micro-social') && ['turnover', 'declaration'].includes(kind))).toEqual([]); // prettier-ignore
    expect(thousand.filter((person) => nextAct({ person, account: '' }, draw, false) === 'payment')).toEqual([]);
  });
});

describe('isu population', () => {
  let system: FakeSystem;
  afterEach(() => system.close());

  it('hands in one file of creations, declares for those who are there, and compares their copies', async () => {
    const account = '1200000000176';
    const view = { json: { vector: { affiliation: 1 }, fingerprint: 'f'.repeat(64), book: { instalments: [] } } };
    const files = '/api/affiliation/v1/cfe-files';
    system = await fakeSystem({
      [`GET ${files}/population-7/1`]: { status: 404, json: { code: 'not-found' } },
      [`POST ${files}`]: { json: { centre: 'population-7', number: 1 } },
      [`GET ${files}/population-7/1/lines`]: {
        json: {
          lines: [
            { line: 2, account, code: null },
            { line: 3, account: null, code: 'already-registered' },
          ],
          next: null,
        },
      },
      [`POST /api/collection/v1/accounts/${account}/incomes`]: { json: {} },
      [`PUT /api/collection/v1/accounts/${account}/periodicity`]: { json: {} },
      [`PUT /api/affiliation/v1/insured-persons/${account}/bank-details`]: { json: {} },
      [`GET /api/affiliation/v1/insured-persons/${account}/mandate-text`]: { json: { digest: 'd'.repeat(64) } },
      [`POST /api/affiliation/v1/insured-persons/${account}/mandates`]: { json: {} },
      [`GET /api/collection/v1/accounts/${account}/view`]: view,
      [`GET /api/benefits/v1/accounts/${account}/view`]: view,
      [`GET /api/urssaf-sync/v1/accounts/${account}/view`]: view,
    });
    const { code, out } = await isu(['population', '--count', '2', '--seed', '7', '--json', '--url', system.url]);
    const person = inventedPerson(7, 1, 2015);
    const expected = person.regime === 'common' ? 1 : 0;
    expect([code, JSON.parse(out)]).toMatchObject([0, { people: 1, refused: 1, incomes: expected, compared: 1, agreeing: 1, life: null }]);
    const file = system.received.find(({ method }) => method === 'POST')?.body ?? '';
    const [header, first, , trailer] = file
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as Record<string, unknown>);
    expect(header).toMatchObject({ centre: 'population-7', number: 1, previousDigest: null });
    expect(first).toMatchObject({ type: 'creation', reference: 'P0-1', nir: person.nir });
    expect(trailer).toMatchObject({ type: 'trailer', count: 2 });
  });

  it('I10 lives no day again that has passed: the people are found again, and nothing else is told', async () => {
    const account = '1200000000176';
    const files = '/api/affiliation/v1/cfe-files';
    const view = { json: { vector: { affiliation: 1 }, fingerprint: 'f'.repeat(64), book: { instalments: [] } } };
    const positions = Object.fromEntries(
      ['affiliation', 'collection', 'benefits', 'urssaf-sync'].map((service) => [
        `GET /api/${service}/v1/facts/highest-position`,
        { json: { position: '7' } },
      ]),
    );
    const jobs = Object.fromEntries(
      ['affiliation', 'collection', 'benefits', 'urssaf-sync'].map((service) => [`GET /api/${service}/v1/jobs`, { json: { items: [] } }]),
    );
    const past = new Proxy<Record<string, object>>(
      {
        ...positions,
        ...jobs,
        [`GET ${files}/population-7/1`]: { json: { digest: 'a'.repeat(64) } },
        [`POST ${files}`]: { json: {} },
        [`GET /api/collection/v1/accounts/${account}/view`]: view,
        [`GET /api/benefits/v1/accounts/${account}/view`]: view,
        [`GET /api/urssaf-sync/v1/accounts/${account}/view`]: view,
      },
      {
        get: (routes, route: string) => {
          if (route.startsWith('POST /demonstration/day/')) return { status: 409, json: {} };
          return route.endsWith('/lines') ? { json: { lines: [{ line: 2, account, code: null }], next: null } } : routes[route];
        },
      },
    );
    system = await fakeSystem(past as never);
    const { code, out } = await isu(['population', '--count', '1', '--seed', '7', '--years', '1', '--json', '--url', system.url]);
    expect([code, JSON.parse(out)]).toMatchObject([0, { people: 1, incomes: 0, turnovers: 0, payments: 0 }]);
    expect(system.received.filter(({ path }) => /incomes|turnovers|batches/.test(path))).toEqual([]);
  });

  it('refuses a number that is none', async () => {
    system = await fakeSystem({});
    expect((await isu(['population', '--count', 'many', '--url', system.url])).code).toBe(2);
  });
});
