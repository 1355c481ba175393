import type { FactData } from '@isu/contracts';
import { eventually } from '@isu/testing';
import { AccountNumber } from '@isu/values';
import { accountOf, batchOf, payment, reversal, Stage } from '../urssaf-sync.spec-kit.js';

const [karim, stranger] = [accountOf(1), accountOf(900)];
const agent = (org: string, funds: readonly string[]) => ({ sub: `${org}:1`, org, role: 'agent', funds, purpose: 'File de la cellule' });
const fund = karim.slice(0, 2);

let stage: Stage;
beforeAll(async () => {
  stage = await Stage.open('isu_sync_anomalies');
  await stage.register(karim);
  const first = batchOf(1, [payment('A-1', karim), payment('C-1', stranger, { amount: '3' }), reversal('C-back', 'C-1', { amount: '3' })]);
  await stage.send(first);
  await stage.send(batchOf(2, [payment('A-1', karim, { amount: '1' })], { previous: first.digest }));
});
afterAll(() => stage?.close());

const anomaliesOf = (account: string, claims: Readonly<Record<string, unknown>> = agent('cell', [fund])) =>
  stage.ask('GET', `accounts/${account}/anomalies`, { claims });

describe('the anomalies of one account', () => {
  it('shows one that is open, with its type, its cause and the fact that opened it', async () => {
    const { status, json } = await anomaliesOf(karim);
    const opening = (await stage.facts(karim)).find(({ type }) => type === 'urssaf-sync.anomaly-opened.v1');
    expect([status, json]).toEqual([
      200,
      {
        items: [
          {
            id: (opening?.data as { anomalyId: string }).anomalyId,
            type: 'conflict',
            cause: (opening?.data as { cause: string }).cause,
            openedAt: opening?.time,
            openedFact: opening?.id,
            closedAt: null,
            closedFact: null,
            settledBy: null,
          },
        ],
        waiting: [],
      },
    ]);
  });

  it('shows who settled it and when, once it is closed; a second closing changes nothing', async () => {
    const { facts, db } = stage.service.context;
    const [{ id }] = (await anomaliesOf(karim)).json['items'] as unknown as [{ id: string }];
    for (const settledBy of ['Reçu de l’Urssaf', 'Quelqu’un d’autre']) {
      const data = { anomalyId: id, settledBy };
      await db.transaction((tx) =>
        facts.publish(tx, [{ stream: karim, type: 'urssaf-sync.anomaly-closed.v1', effectiveOn: '2016-05-20', data }]),
      );
    }
    const closing = (await stage.facts(karim)).find(({ type }) => type === 'urssaf-sync.anomaly-closed.v1');
    expect((await anomaliesOf(karim)).json['items']).toMatchObject([
      { id, closedAt: closing?.time, closedFact: closing?.id, settledBy: 'Reçu de l’Urssaf' },
    ]);
  });

  it('F81 shows the money that bears a number nobody has registered, and its reversal, until they are matched', async () => {
    const { json } = await anomaliesOf(stranger);
    expect(json).toMatchObject({
      items: [],
      waiting: [
        { kind: 'payment', reference: 'C-1', account: stranger, amount: '3' },
        { kind: 'reversal', reference: 'C-back', reverses: 'C-1', account: stranger, amount: '3' },
      ],
    });
    await stage.register(stranger);
    expect((await anomaliesOf(stranger)).json).toEqual({ items: [], waiting: [] });
  });
});

describe('F32 — a debit that came back for no fault of the person', () => {
  const back = { rum: 'ISU-1', moment: 'rejected', amount: '838', instalments: [{ instalment: '2016-05', amount: '838' }] } as const;
  const returned = (account: string, changes: object) => ({
    ...({ stream: account, type: 'collection.debit-returned.v1', effectiveOn: '2016-05-20' } as const),
    data: { ...back, endToEnd: `${account}-20160505`, ...changes } as unknown as FactData<'collection.debit-returned.v1'>,
  });
  const debits = async (account: string): Promise<string[]> =>
    ((await anomaliesOf(account)).json['items'] as unknown as { cause: string; closedAt: string | null }[])
      .filter(({ cause }) => cause.startsWith('Un prélèvement'))
      .map(({ cause, closedAt }) => `${cause}${closedAt === null ? '' : ' (réglé)'}`);

  it('is told to the cell, a fault between banks and a reason that nobody knows; want of funds is not; paid by debit or examined by an agent, it is settled', async () => {
    const [faulty, unknown, poor] = [accountOf(21), accountOf(22), accountOf(23)];
    await stage.register(faulty, unknown, poor);
    await stage.hear(
      returned(faulty, { reason: 'FF01', outcome: 'presented-again', againOn: '2016-05-24' }),
      returned(unknown, { reason: 'ZZ99', outcome: 'to-examine' }),
      returned(poor, { reason: 'AM04', outcome: 'carried', againOn: '2016-06-06' }),
    );
    const again = 'Un prélèvement de 838,00 € est revenu, motif FF01, une faute entre banques : présenté de nouveau le 24 mai 2016';
    const examined = 'Un prélèvement de 838,00 € est revenu, motif ZZ99 : inconnu, ou faute répétée entre banques ; à examiner';
    await eventually(async () => (await debits(unknown)).length === 1, { withinMs: 10_000 });
    const plain = (lines: string[]) => lines.map((line) => line.replace(/[\u00a0\u202f]/g, ' '));
    expect([plain(await debits(faulty)), plain(await debits(unknown)), await debits(poor)]).toEqual([[again], [examined], []]);

    // Debited again in June with what falls due then; a transfer has paid May meanwhile, so that this money pays June alone.
    const asked = { message: 'M', collectOn: '2016-06-06', sequence: 'RCUR', rum: 'ISU-1', amount: '1676' } as const;
    const instalments = ['2016-05', '2016-06'].map((instalment) => ({ instalment, amount: '838' }));
    const money = { amount: '1676', valueOn: '2016-06-06', means: 'direct-debit', credit: '838', accountingDay: '2016-06-06' } as const;
    const allocations = [{ instalment: '2016-06', year: 2016, code: 'maladie', amount: '838' }];
    await stage.hear(
      {
        ...{ stream: faulty, type: 'collection.debit-presented.v1', effectiveOn: '2016-06-02' },
        data: { ...asked, endToEnd: `${faulty}-20160606`, instalments },
      },
      {
        ...{ stream: faulty, type: 'collection.payment-posted.v1', effectiveOn: '2016-06-06' },
        data: { ...money, paymentId: '01890000-0000-7000-8000-0000000000d1', allocations },
      },
    );
    await eventually(async () => plain(await debits(faulty))[0] === `${again} (réglé)`, { withinMs: 10_000 });
    expect(plain(await debits(unknown))).toEqual([examined]);

    // An agent has looked at the other one.
    const { moment: _, instalments: mine, ...found } = back;
    const data: FactData<'collection.debit-examined.v1'> = {
      ...{ ...found, endToEnd: `${unknown}-20160505`, reason: 'ZZ99', outcome: 'left-unpaid', instalments: [...mine] },
    };
    await stage.hear({
      ...{ stream: unknown, type: 'collection.debit-examined.v1', effectiveOn: '2016-06-07' },
      data,
    });
    await eventually(async () => plain(await debits(unknown))[0] === `${examined} (réglé)`, { withinMs: 10_000 });
  });
});

describe('I9 — who may see them', () => {
  it.each([
    ['an agent of the RSI', agent('rsi', [fund]), 200],
    ['an agent of Urssaf', agent('urssaf', [fund]), 200],
    ['an agent of another region', agent('cell', ['26']), 404],
    ['the person', { sub: 'insured:1', org: 'isu', role: 'insured', account: karim }, 403],
    ['the partner', { sub: 'partner:urssaf', org: 'partner', role: 'partner-system' }, 403],
  ])('%s: %d', async (_, claims, status) => expect((await anomaliesOf(karim, claims)).status).toBe(status)); // prettier-ignore

  it('out of reach and unknown are one answer; the reading is journaled with its purpose', async () => {
    const unknown = AccountNumber.make(fund, 99_999).toString();
    const [absent, hidden] = [await anomaliesOf(unknown), await anomaliesOf(karim, agent('cell', ['26']))];
    expect({ ...absent.json, instance: '' }).toEqual({ ...hidden.json, instance: '' });
    const entries = await stage.rows(`SELECT DISTINCT purpose FROM access_journal WHERE operation = 'anomalies.read' AND account = $1`, [
      karim,
    ]);
    expect(entries).toEqual([{ purpose: 'File de la cellule' }]);
  });

  it('I8 refuses what is no account number', async () => {
    expect((await anomaliesOf('1300000000199')).status).toBe(400);
  });
});
