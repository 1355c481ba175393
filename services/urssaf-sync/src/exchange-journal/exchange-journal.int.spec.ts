import { createHash } from 'node:crypto';
import { ChainWalk, type ChainHead, type ChainLink } from '@isu/contracts';
import { verifyJournal } from '@isu/chassis';
import { eventually } from '@isu/testing';
import { accountOf, batchOf, cellAgent, operator, payment, Stage, type Answer } from '../urssaf-sync.spec-kit.js';
import { exchangeChain } from './exchange-journal.js';

const karim = accountOf(1);
const auditor = { sub: 'isu:auditor', org: 'isu', role: 'auditor', purpose: 'Vérification annuelle' };
let stage: Stage;

beforeAll(async () => {
  stage = await Stage.open('isu_sync_journal');
  await stage.register(karim);
});
afterAll(() => stage?.close());

type Links = ChainLink<Record<string, unknown>>[];

/** All links of a journal as an auditor reads them, once everything is sealed. */
async function linksOf(journal: 'access' | 'exchange'): Promise<Links> {
  await eventually(async () => (await stage.rows(`SELECT 1 FROM ${journal}_unsealed`)).length === 0);
  const { status, json } = await stage.ask('GET', `journals/${journal}`, { claims: auditor });
  expect(status).toBe(200);
  return json['items'] as unknown as Links;
}
const walk = (links: Links, known: ChainHead[] = []): string => {
  const walk = new ChainWalk(known);
  const fault = links.map((link) => walk.take(link)).find((fault) => fault !== null) ?? walk.end();
  return fault ? `${fault.code} ${String(fault.position)}` : 'whole';
};
const headsIn = ({ headers }: Answer): { receipt: string; exchange: ChainHead; access: ChainHead } =>
  JSON.parse(headers.get('isu-journal-heads') ?? 'null') as never;

const one = batchOf(1, [payment('J-1', karim)]);
const three = batchOf(3, [payment('J-3', karim)], { previous: 'a'.repeat(64) });

describe('N5 R9 everything that crosses the border is in the exchange journal', () => {
  it('a batch, its receipt, its repeat, a refusal, a conflict, a re-send asked for: who, which, its digest, what was decided', async () => {
    await stage.send(one);
    await stage.send(one);
    await stage.send(batchOf(1, [payment('J-1', karim, { amount: '1' })]));
    await stage.send(batchOf(2, [], { previous: one.digest }), { signature: null });
    await stage.send(three);
    await stage.sendBankFile('<html/>');
    const told = (await linksOf('exchange')).map(({ entry }) =>
      [entry['actor'], entry['act'], `${String(entry['partner'])}/${String(entry['flow'])}`, entry['number'], entry['outcome']].join(' '),
    );
    expect(told).toEqual([
      'urssaf batch-accepted urssaf/payments 1 accepted',
      'isu receipt-signed urssaf/payments 1 accepted',
      'urssaf batch-repeated urssaf/payments 1 known',
      'urssaf batch-conflict urssaf/payments 1 number-with-other-content',
      'urssaf batch-refused urssaf/payments 2 signature-missing',
      'urssaf batch-accepted urssaf/payments 3 accepted',
      'isu resend-requested urssaf/payments 2 2-2',
      'isu receipt-signed urssaf/payments 3 accepted',
      'bank batch-refused bank/camt.054  message-not-accepted',
    ]);
    const [accepted, receipt] = await linksOf('exchange');
    const { text } = await stage.ask('GET', 'flows/urssaf/payments/batches/1/receipt');
    expect([accepted?.entry['digest'], receipt?.entry['digest']]).toEqual([one.digest, createHash('sha256').update(text).digest('hex')]);
  });

  it('is whole from genesis, and says as many accesses as were made', async () => {
    expect(walk(await linksOf('exchange'))).toBe('whole');
    const before = (await linksOf('access')).length;
    for (let read = 0; read < 3; read += 1) await stage.ask('GET', `accounts/${karim}/anomalies`, { claims: cellAgent });
    const links = await linksOf('access');
    // The auditor's own reading before these three is an access like any other.
    expect([walk(links), links.length]).toEqual(['whole', before + 1 + 3]);
    expect(links.slice(-3).map(({ entry }) => [entry['sub'], entry['account'], entry['operation']])).toEqual(
      Array.from({ length: 3 }, () => ['cell:1', karim, 'anomalies.read']),
    );
  });

  it('R9 says how old what no link holds yet is, for the alarms', async () => {
    const figures = await (await fetch(`${stage.base}/metrics`)).text();
    for (const figure of ['isu_journal_lag_seconds', 'isu_exchange_journal_lag_seconds', 'isu_exchange_journal_unsealed'])
      expect(figures).toMatch(new RegExp(`^${figure}\\{service="urssaf-sync"\\} \\d`, 'm'));
  });

  it('is for auditors, and what holds no account for operators too; nobody else', async () => {
    const asked = (journal: string, claims: Readonly<Record<string, unknown>>) => stage.ask('GET', `journals/${journal}`, { claims });
    const statuses = async (claims: Readonly<Record<string, unknown>>) => [
      (await asked('access', claims)).status,
      (await asked('exchange', claims)).status,
    ];
    expect([await statuses(auditor), await statuses(operator), await statuses(cellAgent)]).toEqual([
      [200, 200],
      [403, 200],
      [403, 403],
    ]);
    const { purpose: _, ...aimless } = auditor;
    expect(await statuses(aimless)).toEqual([400, 200]);
    expect((await asked('exchange?after=-1', auditor)).status).toBe(400);
  });
});

describe('R9 the heads of both journals travel beside the receipt', () => {
  const four = batchOf(4, [payment('J-4', karim)], { previous: three.digest });

  it('signed, of the receipt that they stand beside, and the same ones for ever', async () => {
    await eventually(async () => (await stage.rows('SELECT 1 FROM exchange_unsealed')).length === 0);
    const first = await stage.send(four);
    const heads = headsIn(first);
    expect(heads.receipt).toBe(createHash('sha256').update(first.text).digest('hex'));
    expect(walk(await linksOf('exchange'), [heads.exchange])).toBe('whole');
    expect(walk(await linksOf('access'), [heads.access])).toBe('whole');
    const again = await stage.send(four);
    expect(again.text).toBe(first.text);
    for (const name of ['isu-signature', 'isu-journal-heads', 'isu-journal-signature'])
      expect(again.headers.get(name)).toBe(first.headers.get(name));
    expect(stage.isOursBeside(first)).toBe(true);
  });

  it('N5 a receipt of the time before keeps its bytes and has none', async () => {
    const receipt = '{"format":"isu-receipt/1"}';
    await stage.rows(
      `INSERT INTO batch (partner, flow, number, name, digest, business_date, count, total, intake, correlation, receipt, accepted_at)
       SELECT partner, flow, 99, '99', digest, business_date, 0, 0, gen_random_uuid(), correlation, $1, accepted_at FROM batch WHERE number = 1 AND flow = 'payments'`,
      [receipt],
    );
    const old = await stage.ask('GET', 'flows/urssaf/payments/batches/99/receipt');
    expect([old.text, old.headers.get('isu-journal-heads'), stage.isOurs(old)]).toEqual([receipt, null, true]);
  });
});

describe('R9 what the owner of the database could do, and what is then seen', () => {
  const asOwner = async (sql: string): Promise<void> => {
    const schema = 'urssaf_sync';
    const tables = ['exchange_journal', 'exchange_chain'].map((table) => `${schema}.${table}`);
    const all = [...tables.map((table) => `ALTER TABLE ${table} DISABLE TRIGGER append_only`), sql];
    for (const statement of all) await stage.database.query(`SET search_path TO ${schema}; ${statement}`);
  };
  const verdict = (known: ChainHead[] = []) => verifyJournal(stage.service.context.db, known, exchangeChain);

  it('the service itself can change and take out nothing', async () => {
    for (const table of ['exchange_journal', 'exchange_chain', 'receipt_heads'])
      await expect(stage.rows(`DELETE FROM ${table}`)).rejects.toThrow(/permission denied/);
  });

  it('an altered row, a removed row, a removed end: each is found, and named', async () => {
    const links = await linksOf('exchange');
    const last = links.at(-1) as ChainLink;
    expect(await verdict([last])).toMatchObject({ intact: true, head: { position: last.position } });

    await asOwner(`DELETE FROM exchange_chain WHERE position = ${String(last.position)}`);
    await asOwner(`DELETE FROM exchange_journal WHERE id = ${String((last.entry as { id: string }).id)}`);
    expect(await verdict()).toMatchObject({ intact: true });
    expect(await verdict([last])).toMatchObject({ intact: false, position: last.position, reason: expect.stringContaining('ends before') });

    await asOwner(`UPDATE exchange_journal SET outcome = 'accepted' WHERE act = 'batch-conflict'`);
    expect(await verdict()).toEqual({ intact: false, position: 4, reason: expect.stringContaining('not the one that was sealed') });

    await asOwner(`WITH gone AS (DELETE FROM exchange_chain WHERE position = 2 RETURNING entry_id) SELECT 1`);
    expect(await verdict()).toMatchObject({ intact: false, position: 2, reason: expect.stringContaining('missing') });
  });
});
