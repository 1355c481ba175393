import type { BatchRecord, TaxIncomeRecord, TurnoverRecord, WrittenBatch } from '@isu/contracts';
import { accountOf, batchOf, cellAgent, income, netEntreprises, Stage, type Answer } from '../urssaf-sync.spec-kit.js';

const [karim, nadia, stranger] = [accountOf(1), accountOf(2), accountOf(900)];
const flow = 'net-entreprises/incomes';
const stream = `flow/${flow}`;
const series = { partner: 'net-entreprises', flow: 'incomes' };
let stage: Stage;
let last: WrittenBatch | null = null;
let number = 0;

beforeAll(async () => {
  stage = await Stage.open('isu_sync_incomes');
  await stage.register(karim, nadia);
});
afterAll(() => stage?.close());

const next = (...records: readonly ReturnType<typeof income>[]): WrittenBatch => {
  number += 1;
  last = batchOf(number, records, { ...series, previous: last?.digest ?? null });
  return last;
};
const send = (batch: Pick<WrittenBatch, 'text'>) => stage.send(batch, { flow, claims: netEntreprises });
const incomesOf = async (account: string) =>
  (await stage.facts(account)).filter(({ type }) => type === 'urssaf-sync.income-received.v1').map(({ data }) => data);
const statusOf = async (reference: string) =>
  (await stage.ask('GET', `partner-references/${reference}/status`, { claims: netEntreprises })).json['status'];

describe('F70 incomes declared on net-entreprises.fr', () => {
  it('are told at once, each on its account, and acknowledged line by line', async () => {
    const batch = next(income('D-1', karim), income('D-2', nadia, { amount: '-4250.50', declarant: 'third-party' }));
    const answer = await send(batch);
    expect([answer.status, answer.json, stage.isOurs(answer)]).toEqual([
      201,
      {
        format: 'isu-receipt/1',
        batch: { ...series, number: 1, name: '1' },
        digest: batch.digest,
        outcome: 'accepted',
        count: 2,
        // 26 000 − 4 250,50
        total: '21749.50',
        lines: [{ from: 2, to: 3, outcome: 'posted', count: 2, total: '21749.50' }],
      },
      true,
    ]);
    expect(await incomesOf(nadia)).toEqual([
      { declarationId: 'D-2', year: 2015, amount: '-4250.50', kind: 'declared', receivedOn: '2016-05-18', declarant: 'third-party' },
    ]);
    expect(await stage.typesOf(stream)).toEqual(['batch-accepted', 'completed-through']);
  });

  it('a correction names the declaration that it replaces', async () => {
    await send(next(income('D-3', karim, { amount: '27000', receivedOn: '2016-05-19', corrects: 'D-1' })));
    expect((await incomesOf(karim)).at(-1)).toMatchObject({ declarationId: 'D-3', amount: '27000', corrects: 'D-1' });
  });

  it('R11 the same declaration in another batch is known, and told once', async () => {
    const { json } = await send(next(income('D-2', nadia, { amount: '-4250.50', declarant: 'third-party' })));
    expect(json['lines']).toEqual([{ from: 2, to: 2, outcome: 'duplicate', reason: 'same-reference', count: 1, total: '-4250.50' }]);
    expect(await incomesOf(nadia)).toHaveLength(1);
  });

  it('R12 other content under a known reference: the first stands, on the flow and on the account', async () => {
    const { json } = await send(next(income('D-2', nadia, { amount: '1' })));
    expect(json['lines']).toMatchObject([{ outcome: 'conflict', reason: 'reference-with-other-content' }]);
    expect(await incomesOf(nadia)).toHaveLength(1);
    expect(await stage.typesOf(nadia)).toEqual(['income-received', 'anomaly-opened']);
    expect(
      (await stage.facts(stream)).filter(({ type }) => type === 'urssaf-sync.conflict-recorded.v2').map(({ data }) => data),
    ).toMatchObject([{ subject: 'D-2', kind: 'income', reason: 'reference-with-other-content' }]);
    expect(await statusOf('D-2')).toBe('conflict');
    expect((await stage.ask('GET', `flows/${flow}`, { claims: netEntreprises })).json['incidents']).toMatchObject([
      { kind: 'conflict', subject: 'D-2', reasons: ['reference-with-other-content'] },
    ]);
  });

  it('R12 a contradiction closes by itself once a later declaration of that year is here', async () => {
    const { json } = await send(next(income('D-20', nadia, { amount: '5000', receivedOn: '2016-05-19', corrects: 'D-2' })));
    expect(json['lines']).toMatchObject([{ outcome: 'posted' }]);
    expect((await stage.facts(nadia)).slice(-2)).toMatchObject([
      { type: 'urssaf-sync.anomaly-closed.v1', data: { settledBy: 'Réglé par règle : une déclaration reçue depuis fait foi' } },
      { type: 'urssaf-sync.income-received.v1', data: { declarationId: 'D-20' } },
    ]);
  });

  it('S7 for an account that nobody knows are kept, and told in the order of their days once it is registered', async () => {
    const { json } = await send(
      next(
        income('D-6', stranger, { amount: '9000', receivedOn: '2016-05-17' }),
        income('D-7', stranger, { amount: '9500', corrects: 'D-6' }),
      ),
    );
    expect(json['lines']).toMatchObject([{ outcome: 'to-be-matched', reason: 'account-unknown', count: 2 }]);
    expect(await statusOf('D-6')).toBe('in-transit');
    await stage.register(stranger);
    expect(await incomesOf(stranger)).toMatchObject([{ declarationId: 'D-6' }, { declarationId: 'D-7', corrects: 'D-6' }]);
    expect(await statusOf('D-6')).toBe('known');
  });

  it('a declaration that comes after its correction changes nothing: batches may come in any order', async () => {
    const late = next(income('D-8', nadia, { year: 2014, receivedOn: '2015-06-01', amount: '100' }));
    const correction = next(income('D-9', nadia, { year: 2014, receivedOn: '2015-06-01', amount: '200', corrects: 'D-8' }));
    await send(correction);
    expect((await stage.ask('GET', `flows/${flow}`, { claims: netEntreprises })).json).toMatchObject({
      gaps: [{ from: number - 1, to: number - 1 }],
      resendRequests: [{ from: number - 1, to: number - 1, askedOn: '2016-05-20' }],
    });
    expect((await send(late)).json['lines']).toMatchObject([{ outcome: 'refused', reason: 'already-corrected' }]);
    expect((await incomesOf(nadia)).at(-1)).toMatchObject({ declarationId: 'D-9' });
    expect((await stage.typesOf(stream)).slice(-5)).toEqual([
      ...['gap-opened', 'batch-accepted', 'batch-accepted', 'gap-closed', 'completed-through'],
    ]);
  });

  it.each([
    ['of a year that was not over', income('D-10', karim, { year: 2016 }), 'year-not-over'],
    ['received after the day that the batch tells of', income('D-11', karim, { receivedOn: '2016-05-20' }), 'received-after-business-date'],
    [
      'that corrects a declaration of somebody else',
      income('D-12', karim, { receivedOn: '2016-05-19', corrects: 'D-2' }),
      'corrects-another',
    ],
  ])('refuses the line %s', async (_, record, reason) => {
    const told = await incomesOf(karim);
    expect((await send(next(record))).json['lines']).toMatchObject([{ outcome: 'refused', reason }]);
    expect(await incomesOf(karim)).toEqual(told);
    expect(await statusOf(record.reference)).toBe('refused');
  });

  it('a declaration received before the one we have of that year changes nothing', async () => {
    const { json } = await send(next(income('D-13', karim, { receivedOn: '2016-05-02' })));
    expect(json['lines']).toMatchObject([{ outcome: 'refused', reason: 'already-corrected' }]);
  });

  it.each(['staged', 'accepted', 'deduplicated', 'placed-before-commit', 'receipt-signed'])(
    'I10 killed at "%s", the batch sent again or the worker tells each declaration once',
    async (failpoint) => {
      const account = accountOf(100 + number);
      await stage.register(account);
      const batch = next(income(`K-${String(number)}`, account));
      stage.failpoints.crashAt(failpoint);
      expect((await send(batch)).status).toBe(500);
      expect((await send(batch)).json['lines']).toMatchObject([{ outcome: 'posted', count: 1 }]);
      expect(await incomesOf(account)).toHaveLength(1);
    },
  );

  it('has a rhythm of its own: each day of the calendar, two days of patience', async () => {
    expect((await stage.ask('GET', `flows/${flow}`, { claims: netEntreprises })).json).toMatchObject({
      ...{ calendar: 'daily', completedThrough: '2016-05-19', awaitedThrough: '2016-05-18', isLate: false, gaps: [] },
    });
  });

  it('I8 refuses whole a batch that holds a line of another flow', async () => {
    const before = await stage.everything();
    const { status, json } = await send(batchOf(number + 1, [{ ...income('D-14', karim), type: 'payment' } as never], { ...series }));
    expect([status, json['errors']]).toMatchObject([422, [{ field: 'line 2, type', code: 'value-unknown' }]]);
    expect(await stage.everything()).toEqual(before);
  });

  it('I9 a partner sees the flows that are its own, an agent all of them', async () => {
    const seen = async (claims: Readonly<Record<string, unknown>>) =>
      ((await stage.ask('GET', 'flows', { claims })).json['items'] as unknown as { partner: string; flow: string }[]).map(
        ({ partner, flow: name }) => `${partner}/${name}`,
      );
    expect(await seen(netEntreprises)).toEqual([flow]);
    expect((await seen(cellAgent)).filter((one) => !one.startsWith('urssaf/'))).toEqual([
      flow,
      'dgfip/tax-incomes',
      'autoentrepreneur/turnovers',
      'cnavpl/incomes-out',
    ]);
    // Two that Urssaf sends, six that we send it.
    expect((await seen(cellAgent)).filter((one) => one.startsWith('urssaf/'))).toHaveLength(8);
  });

  it('I9 Urssaf does not send it, nor net-entreprises the payments', async () => {
    expect((await stage.send(batchOf(1, []), { flow: 'urssaf/incomes' })).status).toBe(404);
    expect(
      (await stage.send(batchOf(1, [], { partner: 'net-entreprises' }), { flow: 'net-entreprises/balances', claims: netEntreprises }))
        .status,
    ).toBe(404);
  });
});

/** A partner's own series, batch after batch. */
class Series {
  private last: WrittenBatch | null = null;
  private number = 0;

  constructor(
    private readonly partner: string,
    private readonly flow: string,
  ) {}

  async send(businessDate: string, ...records: readonly BatchRecord[]): Promise<Answer> {
    this.number += 1;
    const { partner: sender, flow: name } = this;
    this.last = batchOf(this.number, records, { partner: sender, flow: name, businessDate, previous: this.last?.digest ?? null });
    return stage.send(this.last, { flow: `${sender}/${name}`, claims: this.claims });
  }

  get claims() {
    return { sub: `partner:${this.partner}`, org: 'partner', role: 'partner-system' };
  }
}
const outcomesOf = ({ json }: Answer) =>
  (json['lines'] as unknown as { from: number; to: number; outcome: string; reason?: string }[]).map(({ from, to, outcome, reason = '' }) =>
    `${String(from)}-${String(to)} ${outcome} ${reason}`.trim(),
  );

describe('F83 turnovers that the micro-entrepreneurs’ portal received', () => {
  const turnovers = new Series('autoentrepreneur', 'turnovers');
  const turnover = (reference: string, account: string, more: Partial<TurnoverRecord> = {}): TurnoverRecord => ({
    ...{
      type: 'turnover',
      reference,
      account,
      period: '2016-Q1',
      activity: 'vente',
      amount: '20000',
      receivedOn: '2016-04-20',
      declarant: 'insured',
      ...more,
    },
  });
  const told = async (account: string) =>
    (await stage.facts(account)).filter(({ type }) => type === 'urssaf-sync.turnover-received.v1').map(({ data }) => data);

  it('are told by month or quarter and activity, nil too; of one period and activity the one received last stands', async () => {
    const answer = await turnovers.send(
      '2016-04-30',
      turnover('T-1', nadia),
      turnover('T-2', nadia, { activity: 'services-commerciaux', amount: '0' }),
      turnover('T-3', nadia, { amount: '21000', receivedOn: '2016-04-25', corrects: 'T-1' }),
      turnover('T-4', nadia, { amount: '22000', receivedOn: '2016-04-21' }),
      turnover('T-5', nadia, { period: '2016-Q2' }),
      turnover('T-6', nadia, { period: '2016-Q3' }),
      turnover('T-7', nadia, { period: '2016-Q2', corrects: 'T-2', receivedOn: '2016-04-28' }),
    );
    expect(outcomesOf(answer)).toEqual([
      '2-4 posted',
      '5-5 refused already-corrected',
      // The second quarter has begun by 20 April, the third has not.
      '6-6 posted',
      '7-7 refused period-not-begun',
      '8-8 refused corrects-another',
    ]);
    expect(
      (await told(nadia)).map(
        (data) => `${String(Reflect.get(data, 'period'))} ${String(Reflect.get(data, 'activity'))} ${String(Reflect.get(data, 'amount'))}`,
      ),
    ).toEqual(['2016-Q1 vente 20000', '2016-Q1 services-commerciaux 0', '2016-Q1 vente 21000', '2016-Q2 vente 20000']);
    expect((await told(nadia))[2]).toEqual({
      ...{
        declarationId: 'T-3',
        period: '2016-Q1',
        activity: 'vente',
        amount: '21000',
        receivedOn: '2016-04-25',
        declarant: 'insured',
        corrects: 'T-1',
      },
    });
  });

  it('R11 R12 a turnover said again is known, said otherwise it is a conflict of its account', async () => {
    const again = await turnovers.send('2016-04-30', turnover('T-1', nadia), turnover('T-1', nadia, { amount: '1' }));
    expect(outcomesOf(again)).toEqual(['2-2 duplicate same-reference', '3-3 conflict reference-with-other-content']);
    expect(await told(nadia)).toHaveLength(4);
  });

  it.each<[string, Partial<TurnoverRecord>]>([
    ['a single payment for a period', { period: '2016-R1' }],
    ['a negative amount', { amount: '-1' }],
    ['an activity nobody knows', { activity: 'pêche' as TurnoverRecord['activity'] }],
  ])('I8 a file with %s is refused whole', async (_, wrong) => {
    const batch = batchOf(9, [turnover('T-9', nadia, wrong)], {
      partner: 'autoentrepreneur',
      flow: 'turnovers',
      businessDate: '2016-04-30',
      previous: 'a'.repeat(64),
    });
    expect((await stage.send(batch, { flow: 'autoentrepreneur/turnovers', claims: turnovers.claims })).status).toBe(422);
  });

  it('the flow is monthly: a batch is dated the last day of its month', async () => {
    const batch = batchOf(3, [], { partner: 'autoentrepreneur', flow: 'turnovers', businessDate: '2016-05-19', previous: 'a'.repeat(64) });
    const { json } = await stage.send(batch, { flow: 'autoentrepreneur/turnovers', claims: turnovers.claims });
    expect(json['errors']).toMatchObject([{ code: 'business-date-off-calendar' }]);
    expect((await stage.ask('GET', 'flows/autoentrepreneur/turnovers', { claims: turnovers.claims })).json).toMatchObject({
      ...{ calendar: 'monthly', completedThrough: '2016-04-30', awaitedThrough: '2016-03-31', isLate: false },
    });
  });
});

describe('F18 incomes that the tax office knows', () => {
  it('are told as such, yearly, signed by nobody; they replace no declaration', async () => {
    const taxIncomes = new Series('dgfip', 'tax-incomes');
    const income = (reference: string, account: string, more: Partial<TaxIncomeRecord> = {}): TaxIncomeRecord => ({
      ...{ type: 'tax-income', reference, account, year: 2014, amount: '31000', receivedOn: '2015-12-20', ...more },
    });
    const answer = await taxIncomes.send(
      '2015-12-31',
      income('F-1', karim),
      income('F-2', accountOf(901)),
      income('F-3', karim, { year: 2015 }),
    );
    expect(outcomesOf(answer)).toEqual(['2-2 posted', '3-3 to-be-matched account-unknown', '4-4 refused year-not-over']);
    expect((await incomesOf(karim)).at(-1)).toEqual({
      declarationId: 'F-1',
      year: 2014,
      amount: '31000',
      kind: 'tax',
      receivedOn: '2015-12-20',
    });
    expect((await stage.ask('GET', 'flows/dgfip/tax-incomes', { claims: taxIncomes.claims })).json).toMatchObject({
      calendar: 'yearly',
      completedThrough: '2015-12-31',
    });
  });
});
