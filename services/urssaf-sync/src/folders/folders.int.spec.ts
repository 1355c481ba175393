import { mkdtempSync } from 'node:fs';
import { appendFile, readdir, readFile, rename, rm, symlink, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { canonicalJson, sha256 } from '@isu/contracts';
import { eventually } from '@isu/testing';
import { AnomalyBook } from '../anomalies/anomaly-book.js';
import { BankFilesService } from '../bank-files/bank-files.service.js';
import { BatchesService } from '../batches/batches.service.js';
import { BalanceSnapshots } from '../balances/balance-snapshots.js';
import { noFailpoints } from '../failpoints.js';
import { DeclaredIncomes } from '../incomes/declared-incomes.js';
import { Acknowledgements } from '../outgoing/acknowledgements.js';
import { BatchWriter } from '../outgoing/batch-writer.js';
import { Partners } from '../partners/partners.js';
import { MoneyPlacer } from '../payments/money-placer.js';
import { PlacingService } from '../placing/placing.service.js';
import { ReceiptSigner } from '../receipts/receipt.js';
import { accountOf, batchOf, payment, Stage } from '../urssaf-sync.spec-kit.js';
import { FolderExchange } from './folder-exchange.js';
import { folderWorker } from './folder-worker.js';
import { PartnerFolder } from './partner-folder.js';

const karim = accountOf(1);
const root = mkdtempSync(join(tmpdir(), 'isu-exchange-'));
const inbox = (name: string) => join(root, 'urssaf', 'inbox', name);
const files = (room: string) => readdir(join(root, 'urssaf', room)).then((names) => names.sort());
const contentOf = (room: string, name: string) => readFile(join(root, 'urssaf', room, name), 'utf8');

/** A disk that is full as often as it is told, half-way through a file. */
class NarrowDisk extends PartnerFolder {
  full = 0;
  /** What happens to the inbox while a file is read. */
  meanwhile: () => Promise<void> = () => Promise.resolve();

  protected override async fill(...[file, content]: Parameters<PartnerFolder['fill']>): Promise<void> {
    if (this.full === 0) return super.fill(file, content);
    this.full -= 1;
    await writeFile(file, '{"form');
    throw Object.assign(new Error('no space left on device'), { code: 'ENOSPC' });
  }
}

/** As many writers of JSON put them, behind each colon and comma: the same words, other bytes. */
function withBlanks({ text }: { text: string }): { text: string; digest: string } {
  const lines = text.trimEnd().split('\n').map((line) => `${line.replaceAll('":', '": ').replaceAll(',"', ', "')}\n`); // prettier-ignore
  const body = lines.slice(0, -1).join('');
  const digest = sha256(body);
  return { text: `${body}${lines.at(-1)?.replace(/[0-9a-f]{64}/, digest) ?? ''}`, digest };
}

let stage: Stage;
let folder: NarrowDisk;
let exchange: FolderExchange;
let writer: BatchWriter;
const first = batchOf(1, [payment('F-1', karim)]);
const second = withBlanks(batchOf(2, [payment('F-2', karim)], { previous: first.digest }));
const third = batchOf(3, [payment('F-3', karim)], { previous: second.digest });
const name = 'payments-000000001.ndjson';

beforeAll(async () => {
  stage = await Stage.open('isu_sync_folders');
  await stage.register(karim);
  const { context } = stage.service;
  const partners = new Partners(JSON.parse(stage.variables['ISU_PARTNER_KEYS'] ?? '{}') as Record<string, string>);
  const signer = new ReceiptSigner(stage.variables['ISU_RECEIPT_KEY'] ?? '');
  const placers = { money: new MoneyPlacer(context, noFailpoints), incomes: new DeclaredIncomes(context, noFailpoints), balances: new BalanceSnapshots(noFailpoints) }; // prettier-ignore
  const placing = new PlacingService(context, placers, noFailpoints);
  const service = new BatchesService({ context, partners, placing, failpoints: noFailpoints });
  const batches: Pick<BatchesService, 'receive'> = {
    receive: async (arriving) => {
      const receipt = await service.receive(arriving).finally(() => folder.meanwhile());
      return receipt;
    },
  };
  writer = new BatchWriter({ context, signer });
  folder = new NarrowDisk(root, 'urssaf');
  const acknowledgements = new Acknowledgements({ context, partners, book: new AnomalyBook(context) });
  const pace = { settleSeconds: 5, patienceSeconds: 600 };
  const bankFiles = new BankFilesService({ context, placing });
  const bank = new PartnerFolder(root, 'bank');
  exchange = new FolderExchange({ context, batches, bankFiles, acknowledgements, signer, folders: [folder, bank], pace });
  for (const each of [folder, bank]) await each.prepare();
});
afterAll(async () => {
  await stage?.close();
  await rm(root, { recursive: true, force: true });
});
beforeEach(() => {
  folder.meanwhile = () => Promise.resolve();
});

const turn = () => exchange.turn(new AbortController().signal);
/** Looks, lets everything rest for so long, and looks again. */
async function after(seconds: number): Promise<void> {
  await turn();
  await stage.rows('UPDATE folder_file SET since = since - make_interval(secs => $1)', [seconds]);
  await turn();
}
async function drop(called: string, batch: { text: string }, signature = stage.signed(batch)): Promise<void> {
  await writeFile(inbox(`${called}.sig`), signature);
  await writeFile(inbox(called), batch.text);
}
const numbers = async () => (await stage.rows(`SELECT number::int AS number FROM batch ORDER BY number`)).map(({ number }) => number);
const motif = async () => {
  const [found] = (await files('quarantine')).filter((one) => one.endsWith('.motif.txt'));
  return found === undefined ? '' : contentOf('quarantine', found);
};
const emptyQuarantine = async () => {
  for (const one of await files('quarantine')) await rm(join(root, 'urssaf', 'quarantine', one));
};

describe('N5 a batch laid into the inbox', () => {
  it('is taken once it has rested, answered in the outbox with the signed receipt, and kept in the archive', async () => {
    await drop(name, first);
    await turn();
    await turn();
    // Seen twice, and touched a moment ago: it may still be written.
    expect([await numbers(), await files('outbox')]).toEqual([[], []]);
    await after(10);
    expect([await numbers(), await files('inbox')]).toEqual([[1], []]);
    const receipt = await contentOf('outbox', 'payments-000000001.receipt.json');
    expect(receipt).toBe((await stage.ask('GET', 'flows/urssaf/payments/batches/1/receipt')).text);
    expect(await contentOf('outbox', 'payments-000000001.receipt.json.sig')).toBe(
      (await stage.ask('GET', 'flows/urssaf/payments/batches/1/receipt')).headers.get('isu-signature'),
    );
    expect((await files('archive')).map((one) => one.replace(/^[0-9a-f]{16}-/, ''))).toEqual([name, `${name}.sig`]);
  });

  it('R11 laid there again it has the same receipt, to the byte, and changes nothing', async () => {
    const before = await contentOf('outbox', 'payments-000000001.receipt.json');
    await drop(name, first);
    await after(10);
    expect([await numbers(), await contentOf('outbox', 'payments-000000001.receipt.json'), await files('inbox')]).toEqual([
      [1],
      before,
      [],
    ]);
  });

  it('that is being written, under a name of its own or not, is left alone', async () => {
    await drop('payments-2.ndjson.part', second);
    await drop('.payments-2.ndjson.x1', second);
    await after(3_600);
    await writeFile(inbox('payments-2.ndjson.sig'), stage.signed(second));
    await writeFile(inbox('payments-2.ndjson'), second.text.slice(0, 100));
    await turn();
    await stage.rows(`UPDATE folder_file SET since = since - interval '10 seconds'`);
    await appendFile(inbox('payments-2.ndjson'), second.text.slice(100, 200));
    await turn();
    // Half-copied, and at rest for a minute: a copy that stopped may go on.
    await after(60);
    expect([await numbers(), await files('quarantine')]).toEqual([[1], []]);
    await appendFile(inbox('payments-2.ndjson'), second.text.slice(200));
    await after(10);
    expect(await numbers()).toEqual([1, 2]);
  });

  it('whose signature has not come is waited for, and set aside when it does not come', async () => {
    await writeFile(inbox('payments-3.ndjson'), third.text);
    await after(60);
    expect([await numbers(), await files('quarantine')]).toEqual([[1, 2], []]);
    await after(600);
    expect(await motif()).toContain('Isu-Signature : signature-missing. Attendu : la signature Ed25519');
    await emptyQuarantine();
  });

  it('I8 that is wrong is set aside with its reason in French, told to the partner, and recorded on the flow; the others go on', async () => {
    await drop('payments-3.ndjson', { text: third.text.replace('"amount":"1234.56"', '"amount":"1234.57"') }, stage.signed(third));
    await symlink('/etc/hostname', inbox('payments-7.ndjson'));
    await drop('notes du jour.txt', third);
    await drop('payments-8.ndjson', batchOf(8, [], { partner: 'msa' }));
    await after(10);
    expect(await motif()).toMatch(/^Fichier mis en quarantaine : /);
    const [reasons, refusal] = [
      (await files('quarantine')).filter((one) => one.endsWith('.motif.txt')),
      await contentOf('outbox', 'payments-3.refus.json'),
    ];
    expect(reasons).toHaveLength(4);
    expect(JSON.parse(refusal)).toMatchObject({
      code: 'batch-refused',
      errors: [{ field: 'line 3, controlTotal' }, { field: 'line 3, digest' }],
    });
    expect((await stage.facts('flow/urssaf/payments')).filter(({ type }) => /refused/.test(type))).toHaveLength(3);
    // Signatures of files that are none stay: they are nothing by themselves.
    expect([await numbers(), (await files('inbox')).filter((one) => one.endsWith('.ndjson'))]).toEqual([[1, 2], []]);
    await emptyQuarantine();
  });

  it('I3 that is replaced while it is read: what was read has its answer, and what lies there now is looked at afresh', async () => {
    const other = batchOf(4, [payment('F-4', karim)], { previous: third.digest });
    await drop('jour.ndjson', third);
    await turn();
    await stage.rows(`UPDATE folder_file SET since = since - interval '10 seconds'`);
    folder.meanwhile = async () => {
      folder.meanwhile = () => Promise.resolve();
      await writeFile(inbox('.jour.ndjson.x2'), other.text);
      await rename(inbox('.jour.ndjson.x2'), inbox('jour.ndjson'));
      await writeFile(inbox('jour.ndjson.sig'), stage.signed(other));
    };
    await turn();
    expect([await numbers(), (await files('inbox')).includes('jour.ndjson')]).toEqual([[1, 2, 3], true]);
    await after(10);
    expect(await numbers()).toEqual([1, 2, 3, 4]);
  });

  it('that goes away or is cut while it is read leaves no trace but the log', async () => {
    await drop('parti.ndjson', first);
    await turn();
    await stage.rows(`UPDATE folder_file SET since = since - interval '10 seconds'`);
    folder.meanwhile = () => rm(inbox('parti.ndjson'), { force: true });
    await turn();
    expect((await files('quarantine')).length).toBe(0);
    const fifth = batchOf(5, [], { previous: 'b'.repeat(64) });
    await drop('coupe.ndjson', fifth);
    await turn();
    await stage.rows(`UPDATE folder_file SET since = since - interval '10 seconds'`);
    folder.meanwhile = () => truncate(inbox('coupe.ndjson'), 10);
    await turn();
    expect([(await files('quarantine')).length, (await files('inbox')).includes('coupe.ndjson')]).toEqual([0, true]);
    await rm(inbox('coupe.ndjson'));
  });

  it('I3 that is renamed while it is read is taken once: under its new name the same receipt, to the byte, and nothing told twice', async () => {
    await drop('mai.ndjson', third);
    await turn();
    await stage.rows(`UPDATE folder_file SET since = since - interval '10 seconds'`);
    folder.meanwhile = async () => {
      folder.meanwhile = () => Promise.resolve();
      await rename(inbox('mai.ndjson'), inbox('juin.ndjson'));
      await rename(inbox('mai.ndjson.sig'), inbox('juin.ndjson.sig'));
    };
    await turn();
    const told = (await stage.facts(karim)).length;
    await after(10);
    expect([await files('quarantine'), (await files('inbox')).filter((one) => one.endsWith('.ndjson'))]).toEqual([[], []]);
    expect([(await numbers()).filter((number) => number === 3), (await stage.facts(karim)).length]).toEqual([[3], told]);
    expect(await contentOf('outbox', 'juin.receipt.json')).toBe((await stage.ask('GET', 'flows/urssaf/payments/batches/3/receipt')).text);
  });

  it('I3 on a full disk is accepted and not lost: its receipt is written when there is room, and nothing half-written stays', async () => {
    const four = batchOf(4, [payment('F-4', karim)], { previous: third.digest });
    const fifth = batchOf(5, [payment('F-5', karim)], { previous: four.digest });
    await drop('payments-5.ndjson', fifth);
    folder.full = 1;
    await after(10);
    const outbox = await files('outbox');
    expect([await numbers(), outbox.filter((one) => one.includes('payments-5')), (await files('inbox')).includes('payments-5.ndjson')]).toEqual([[1, 2, 3, 4, 5], [], true]); // prettier-ignore
    await turn();
    expect([
      (await files('outbox')).filter((one) => one.includes('payments-5')),
      (await files('inbox')).includes('payments-5.ndjson'),
    ]).toEqual([['payments-5.receipt.json', 'payments-5.receipt.json.sig'], false]);
    expect((await readdir(join(root, 'urssaf', 'outbox'))).filter((one) => one.startsWith('.'))).toEqual([]);
  });

  it('by two instances is taken once: one leads, the other does nothing', async () => {
    const { context } = stage.service;
    let [turns, atOnce, most] = [0, 0, 0];
    const looking = {
      turn: async () => {
        [turns, atOnce] = [turns + 1, atOnce + 1];
        most = Math.max(most, atOnce);
        await new Promise((resolve) => setImmediate(resolve));
        atOnce -= 1;
      },
    } as unknown as FolderExchange;
    const workers = [folderWorker(context, looking, 5), folderWorker(context, looking, 5)];
    for (const worker of workers) worker.start();
    await eventually(() => turns >= 6);
    for (const worker of workers) await worker.stop();
    expect(most).toBe(1);
  });
});

describe('N5 a batch of ours for a partner that exchanges files', () => {
  const flow = { partner: 'urssaf', flow: 'assessments' };
  const ours = 'assessments-000000001.ndjson';

  it('is laid into the outbox with its signature, once; when its receipt is late, again', async () => {
    await stage.service.context.db.transaction((tx) => writer.write(tx, flow, { day: '2016-05-19', correlation: '01890000-0000-7000-8000-00000000000f' })); // prettier-ignore
    folder.full = 1;
    await turn();
    expect((await files('outbox')).filter((one) => one.startsWith('assess'))).toEqual([]);
    await stage.rows('UPDATE outgoing_batch SET next_try_at = now()');
    await turn();
    const { text, headers } = await stage.ask('GET', 'flows/urssaf/assessments/batches/1');
    expect([await contentOf('outbox', ours), await contentOf('outbox', `${ours}.sig`)]).toEqual([text, headers.get('isu-signature')]);
    await rm(join(root, 'urssaf', 'outbox', ours));
    await turn();
    expect((await files('outbox')).includes(ours)).toBe(false);
    // As the watch over flows does with what is late.
    await stage.rows('UPDATE outgoing_batch SET next_try_at = now()');
    await turn();
    expect(await contentOf('outbox', ours)).toBe(text);
  });

  it('is acknowledged by a receipt in the inbox, and gone from the outbox then', async () => {
    const [sent] = await stage.rows(`SELECT digest FROM outgoing_batch WHERE flow = 'assessments'`);
    const batch = { ...flow, number: 1, name: '1' };
    const receipt = canonicalJson({
      format: 'isu-receipt/1',
      batch,
      digest: sent?.['digest'],
      outcome: 'accepted',
      count: 0,
      total: '0',
      lines: [],
    });
    await writeFile(inbox('assessments-000000001.receipt.json.sig'), stage.signedWhole(receipt));
    await writeFile(inbox('assessments-000000001.receipt.json'), receipt);
    await after(10);
    expect(await stage.rows(`SELECT accepted, refused FROM outgoing_batch WHERE flow = 'assessments'`)).toEqual([
      { accepted: 0, refused: 0 },
    ]);
    expect((await files('outbox')).filter((one) => one.startsWith('assess'))).toEqual([]);
    expect((await files('archive')).filter((one) => one.endsWith('.receipt.json'))).toHaveLength(1);
  });
});

describe('F49 N5 what the bank writes, laid into its folder', () => {
  const at = (room: string, name: string) => join(root, 'bank', room, name);
  const named = (room: string) => readdir(join(root, 'bank', room));
  const notice =
    '<?xml version="1.0" encoding="UTF-8"?><Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.054.001.08"><BkToCstmrDbtCdtNtfctn>' +
    '<GrpHdr><MsgId>B-1</MsgId><CreDtTm>2016-05-19T20:00:00</CreDtTm></GrpHdr><Ntfctn><Id>1</Id><Ntry><Amt Ccy="EUR">61.50</Amt><CdtDbtInd>CRDT</CdtDbtInd>' +
    `<Sts><Cd>BOOK</Cd></Sts><ValDt><Dt>2016-05-18</Dt></ValDt><NtryDtls><TxDtls><Refs><AcctSvcrRef>S-1</AcctSvcrRef></Refs><RmtInf><Ustrd>${karim}</Ustrd></RmtInf>` +
    '</TxDtls></NtryDtls></Ntry></Ntfctn></BkToCstmrDbtCdtNtfctn></Document>';

  it('is waited for while it is half there, taken without a signature, answered with the signed receipt, and kept', async () => {
    await writeFile(at('inbox', 'camt054-1.xml'), notice.slice(0, 300));
    await after(10);
    expect([await named('inbox'), await named('outbox')]).toEqual([['camt054-1.xml'], []]);
    await writeFile(at('inbox', 'camt054-1.xml'), notice);
    await after(10);
    const receipt = JSON.parse(await readFile(at('outbox', 'camt054-1.receipt.json'), 'utf8')) as object;
    expect(receipt).toMatchObject({
      batch: { partner: 'bank', flow: 'camt.054', name: 'B-1' },
      lines: [{ outcome: 'posted', count: 1, total: '61.50' }],
    });
    expect([await named('inbox'), (await named('archive')).map((name) => name.slice(17))]).toEqual([[], ['camt054-1.xml']]);
    expect((await stage.facts(karim)).at(-1)).toMatchObject({ type: 'urssaf-sync.payment-reported.v1', data: { amount: '61.50' } });
  });

  it('R11 the same file again changes nothing; a file that is none is set aside with its reason', async () => {
    const before = (await stage.facts(karim)).length;
    await writeFile(at('inbox', 'camt054-again.xml'), notice);
    await writeFile(at('inbox', 'other.xml'), '<Document xmlns="urn:other"></Document>');
    await after(10);
    expect((await stage.facts(karim)).length).toBe(before);
    expect(await readFile(at('outbox', 'camt054-again.receipt.json'), 'utf8')).toBe(
      await readFile(at('outbox', 'camt054-1.receipt.json'), 'utf8'),
    );
    expect(JSON.parse(await readFile(at('outbox', 'other.refus.json'), 'utf8'))).toMatchObject({ code: 'bank-file-refused' });
    expect((await named('quarantine')).some((name) => name.endsWith('other.xml.motif.txt'))).toBe(true);
  });
});
