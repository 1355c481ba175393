import { accountOf, batchOf, cellAgent, partner, payment, Stage } from '../urssaf-sync.spec-kit.js';

const [karim, nadia, stranger] = [accountOf(1), accountOf(2), accountOf(900)];
let stage: Stage;

beforeAll(async () => {
  stage = await Stage.open('isu_sync_batches');
  await stage.register(karim, nadia);
});
afterAll(() => stage?.close());

describe('a batch of payments', () => {
  const first = batchOf(1, [
    payment('U-1', karim, { bankReference: 'SEPA-1', paymentReference: 'RF18539007547034' }),
    payment('U-2', nadia, { amount: '100' }),
    payment('U-3', stranger, { amount: '50.25' }),
  ]);
  let receipt: string;

  it('F49 I3 is acknowledged with a signed receipt, and each payment is told at once', async () => {
    const answer = await stage.send(first);
    expect([answer.status, answer.json]).toEqual([
      201,
      {
        format: 'isu-receipt/1',
        batch: { partner: 'urssaf', flow: 'payments', number: 1, name: '1' },
        digest: first.digest,
        outcome: 'accepted',
        count: 3,
        total: '1384.81',
        lines: [
          { from: 2, to: 3, outcome: 'posted', count: 2, total: '1334.56' },
          { from: 4, to: 4, outcome: 'to-be-matched', reason: 'account-unknown', count: 1, total: '50.25' },
        ],
      },
    ]);
    expect(stage.isOurs(answer)).toBe(true);
    receipt = answer.text;
    const [told] = await stage.facts(karim);
    expect(told).toMatchObject({
      type: 'urssaf-sync.payment-reported.v1',
      effectiveon: '2016-05-18',
      data: {
        flow: 'urssaf/payments',
        batch: '1',
        line: 2,
        partnerReference: 'U-1',
        bankReference: 'SEPA-1',
        amount: '1234.56',
        paymentReference: 'RF18539007547034',
      },
    });
    expect(await stage.typesOf(stranger)).toEqual([]);
    expect(await stage.typesOf('flow/urssaf/payments')).toEqual(['batch-accepted', 'completed-through']);
  });

  it('R10 R11 sent again gets the same receipt, to the byte, and changes nothing', async () => {
    const before = await stage.everything();
    const answer = await stage.send(first);
    expect([answer.status, answer.text]).toEqual([201, receipt]);
    expect(await stage.everything()).toEqual(before);
    expect((await stage.facts(karim)).length).toBe(1);
    expect((await stage.ask('GET', 'flows/urssaf/payments/batches/1/receipt')).text).toBe(receipt);
  });

  it('I5 with a number skipped is placed, and the missing one is asked for', async () => {
    const second = batchOf(2, [payment('U-4', karim, { amount: '10' })], { previous: first.digest });
    const third = batchOf(3, [payment('U-5', karim, { amount: '20' })], { previous: second.digest, businessDate: '2016-05-20' });
    expect((await stage.send(third)).status).toBe(201);
    expect((await stage.ask('GET', 'flows/urssaf/payments')).json).toMatchObject({
      lastNumber: 3,
      completedThrough: '2016-05-19',
      gaps: [{ from: 2, to: 2 }],
      resendRequests: [{ from: 2, to: 2, askedOn: '2016-05-20' }],
    });
    expect((await stage.send(second)).status).toBe(201);
    expect((await stage.ask('GET', 'flows/urssaf/payments')).json).toMatchObject({
      lastNumber: 3,
      completedThrough: '2016-05-20',
      gaps: [],
    });
    expect(await stage.typesOf('flow/urssaf/payments')).toEqual([
      ...['batch-accepted', 'completed-through', 'gap-opened', 'batch-accepted'],
      ...['batch-accepted', 'gap-closed', 'completed-through'],
    ]);
  });

  it('I5 of three batches of one date the middle one is lost: nothing is complete through that date before it is here', async () => {
    const claims = { ...partner, sub: 'partner:net-entreprises' };
    const empty = (number: number, businessDate: string, previous: string | null = null) =>
      batchOf(number, [], { partner: 'net-entreprises', flow: 'incomes', businessDate, previous });
    const eve = empty(1, '2016-05-18');
    const first = empty(2, '2016-05-19', eve.digest);
    const middle = empty(3, '2016-05-19', first.digest);
    const last = empty(4, '2016-05-19', middle.digest);
    const through: unknown[] = [];
    for (const batch of [eve, last, first, middle]) {
      expect((await stage.send(batch, { claims, flow: 'net-entreprises/incomes' })).status).toBe(201);
      through.push((await stage.ask('GET', 'flows/net-entreprises/incomes', { claims })).json['completedThrough']);
    }
    expect(through).toEqual(['2016-05-18', '2016-05-18', '2016-05-18', '2016-05-19']);
  });

  it('F81 money for an account that nobody knows is kept, and told once affiliation registers it', async () => {
    await stage.register(stranger);
    const [told] = await stage.facts(stranger);
    expect(told).toMatchObject({ type: 'urssaf-sync.payment-reported.v1', data: { partnerReference: 'U-3', amount: '50.25' } });
  });

  it('F53 is opened line by line: of whom, how much, what became of it; by agents of the caisse that holds the account', async () => {
    const path = 'flows/urssaf/payments/batches';
    const opened = async (number: number, claims: Readonly<Record<string, unknown>> = cellAgent, more = '') =>
      (await stage.ask('GET', `${path}/${String(number)}/received-lines${more}`, { claims })).json as unknown as {
        items: unknown[];
        next: unknown;
      };
    const businessDate = '2016-05-19';
    const posted = { kind: 'payment', outcome: 'posted', reason: null };
    expect(await opened(1)).toEqual({
      businessDate,
      items: [
        { ...posted, line: 2, reference: 'U-1', account: karim, amount: '1234.56' },
        { ...posted, line: 3, reference: 'U-2', account: nadia, amount: '100' },
        { ...posted, line: 4, reference: 'U-3', account: stranger, amount: '50.25', outcome: 'to-be-matched', reason: 'account-unknown' },
      ],
      next: null,
    });
    expect(await opened(1, cellAgent, '?after=2&limit=1')).toMatchObject({ items: [{ line: 3 }], next: 3 });
    expect(await opened(1, { ...cellAgent, sub: 'cell:2', funds: ['26'] })).toEqual({ businessDate, items: [], next: null });

    const { lastNumber, nextNumber } = (await stage.ask('GET', 'flows/urssaf/payments')).json;
    const { digest } = (await stage.ask('GET', `${path}/${String(lastNumber)}/receipt`)).json;
    await stage.send(batchOf(Number(nextNumber), [payment('U-1', karim, { amount: '1' })], { previous: digest }));
    const [line] = (await opened(Number(nextNumber))).items;
    expect(line).toEqual({
      ...{ line: 2, kind: 'rejected', reference: 'U-1', account: karim, amount: null },
      ...{ outcome: 'conflict', reason: 'reference-with-other-content' },
    });
    expect((await stage.ask('GET', `${path}/1/received-lines`)).status).toBe(403);
    expect((await stage.ask('GET', `${path}/99/received-lines`, { claims: cellAgent })).json['code']).toBe('unknown-batch');
  });

  it('I9 a partner speaks for its own flow alone', async () => {
    expect((await stage.send(first, { claims: { ...partner, sub: 'partner:msa' } })).status).toBe(404);
  });
});
