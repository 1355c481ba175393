import type { BalanceRecord, WrittenBatch } from '@isu/contracts';
import { accountOf, batchOf, Stage } from '../urssaf-sync.spec-kit.js';
import { latestSnapshot } from './partner-balance.table.js';

const [karim, stranger] = [accountOf(1), accountOf(900)];
const flow = 'urssaf/balances';
let stage: Stage;

beforeAll(async () => {
  stage = await Stage.open('isu_sync_balances');
  await stage.register(karim);
});
afterAll(() => stage?.close());

const balance = (account: string, code: string, [called, paid, remaining]: [string, string, string]): BalanceRecord => ({
  ...{ type: 'balance', account, year: 2016, code, called, paid, remaining },
});
const snapshot = (number: number, businessDate: string, records: readonly BalanceRecord[], previous: WrittenBatch | null = null) =>
  batchOf(number, records, { flow: 'balances', businessDate, previous: previous?.digest ?? null });
const send = (batch: Pick<WrittenBatch, 'text'>) => stage.send(batch, { flow });
const rows = () =>
  stage.rows('SELECT number::int AS number, account, code, called::text AS called, paid::text AS paid FROM partner_balance ORDER BY code');

describe('N5 the books of the partner, each night', () => {
  const monday = snapshot(1, '2016-05-16', [
    balance(karim, 'retraite-base', ['2272', '1000.50', '1271.50']),
    balance(karim, 'csg-crds', ['0', '12', '-12']),
    balance(stranger, 'retraite-base', ['10', '0', '10']),
  ]);
  const tuesday = snapshot(2, '2016-05-17', [balance(karim, 'retraite-base', ['2272', '2272', '0'])], monday);
  const wednesday = snapshot(3, '2016-05-18', [], tuesday);

  it('are kept line by line, their remainders adding up to the control total', async () => {
    const { status, json } = await send(monday);
    // 1 271,50 − 12 + 10
    expect([status, json['total'], json['lines']]).toEqual([
      201,
      '1269.50',
      [
        { from: 2, to: 3, outcome: 'posted', count: 2, total: '1259.50' },
        { from: 4, to: 4, outcome: 'to-be-matched', reason: 'account-unknown', count: 1, total: '10' },
      ],
    ]);
    expect(await rows()).toEqual([
      { number: 1, account: karim, code: 'csg-crds', called: '0.00', paid: '12.00' },
      { number: 1, account: karim, code: 'retraite-base', called: '2272.00', paid: '1000.50' },
      { number: 1, account: stranger, code: 'retraite-base', called: '10.00', paid: '0.00' },
    ]);
  });

  it('an empty snapshot replaces the one before; one that comes late replaces nothing', async () => {
    await send(wednesday);
    expect([await rows(), await latestSnapshot(stage.service.context.db.manager, 'urssaf')]).toEqual([
      [],
      { number: 3, asOf: '2016-05-18' },
    ]);
    expect((await send(tuesday)).status).toBe(201);
    expect(await rows()).toEqual([]);
  });

  it('move no money and say nothing on an account', async () => {
    expect(await stage.typesOf(karim)).toEqual([]);
    expect(await stage.typesOf(`flow/${flow}`)).toEqual([
      ...['batch-accepted', 'completed-through', 'gap-opened', 'batch-accepted', 'batch-accepted', 'gap-closed', 'completed-through'],
    ]);
  });

  it('refuse what does not add up, and what is said twice: the first word stands', async () => {
    const { json } = await send(
      snapshot(
        4,
        '2016-05-19',
        [
          balance(karim, 'rci', ['100', '40', '60']),
          balance(karim, 'rci', ['100', '40', '60']),
          balance(karim, 'rci', ['100', '50', '50']),
          balance(karim, 'maladie', ['100', '40', '60.01']),
        ],
        wednesday,
      ),
    );
    expect(json['lines']).toMatchObject([
      { outcome: 'posted' },
      { outcome: 'duplicate', reason: 'same-balance' },
      { outcome: 'conflict', reason: 'balance-said-otherwise' },
      { outcome: 'refused', reason: 'remaining-differs' },
    ]);
    expect(await rows()).toMatchObject([{ code: 'rci', paid: '40.00' }]);
  });

  it('are awaited each night, one that brings nothing being forgiven', async () => {
    expect((await stage.ask('GET', `flows/${flow}`)).json).toMatchObject({
      ...{ calendar: 'nightly', completedThrough: '2016-05-19', awaitedThrough: '2016-05-18', isLate: false },
    });
  });
});
