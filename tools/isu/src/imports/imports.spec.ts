import { createPublicKey, generateKeyPairSync, verify } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { writeBatch } from '@isu/contracts';
import { fakeSystem, type FakeSystem } from '../terminal/fake-system.spec-kit.js';
import { isu } from '../terminal/terminal.spec-kit.js';

const { text } = writeBatch(
  {
    partner: 'urssaf',
    flow: 'payments',
    number: 12,
    businessDate: '2016-05-19',
    previousDigest: 'a'.repeat(64),
    createdAt: '2016-05-19T18:00:00Z',
  },
  [{ type: 'payment', reference: 'U-1', account: '1300000001231', amount: '10', valueOn: '2016-05-19', means: 'transfer' }],
);
const trailer = text.split('\n').at(-2) ?? '';
const receipt = {
  format: 'isu-receipt/1',
  batch: { partner: 'urssaf', flow: 'payments', number: 12, name: '12' },
  digest: 'd'.repeat(64),
  outcome: 'accepted',
  count: 3,
  total: '1240.50',
  lines: [
    { from: 2, to: 2, outcome: 'posted', count: 1, total: '1000' },
    { from: 3, to: 3, outcome: 'to-be-matched', count: 1, total: '40.50' },
    { from: 4, to: 4, outcome: 'posted', count: 1, total: '200' },
  ],
};
const batches = 'POST /api/urssaf-sync/v1/flows/urssaf/payments/batches';

let system: FakeSystem;
let folder: string;
let file: string;
const { privateKey, publicKey } = generateKeyPairSync('ed25519');

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'isu-import-'));
  file = join(folder, 'payments.ndjson');
  writeFileSync(file, text);
  process.env['ISU_FOLDER'] = folder;
});
afterEach(async () => {
  delete process.env['ISU_FOLDER'];
  rmSync(folder, { recursive: true, force: true });
  await system.close();
});

describe('isu import, a batch', () => {
  it('sends the bytes as they are with the signature that stands beside the file', async () => {
    system = await fakeSystem({ [batches]: { json: receipt } });
    writeFileSync(`${file}.sig`, `${'A'.repeat(86)}==\n`);
    expect((await isu(['import', file, '--url', system.url])).code).toBe(0);
    const [sent] = system.received;
    expect(sent?.body).toBe(text);
    expect(sent?.headers['isu-signature']).toBe(`${'A'.repeat(86)}==`);
    expect([sent?.asker.get('role'), sent?.asker.get('partner')]).toEqual(['partner-system', 'urssaf']);
  });

  it('signs the last line with the development key where no signature stands beside it', async () => {
    system = await fakeSystem({ [batches]: { json: receipt } });
    writeFileSync(join(folder, 'partner-urssaf.pem'), privateKey.export({ type: 'pkcs8', format: 'pem' }));
    await isu(['import', file, '--url', system.url]);
    const signature = Buffer.from(String(system.received[0]?.headers['isu-signature']), 'base64');
    expect(verify(null, Buffer.from(`${trailer}\n`), createPublicKey(publicKey.export({ type: 'spki', format: 'pem' })), signature)).toBe(
      true,
    );
  });

  it('refuses to send without a signature or a key', async () => {
    system = await fakeSystem({ [batches]: { json: receipt } });
    const { code, err } = await isu(['import', file, '--url', system.url]);
    expect(code).toBe(2);
    expect(err).toContain('il manque la signature du lot');
    expect(system.received).toEqual([]);
  });

  it('prints lines and euros by outcome, which add up to the file', async () => {
    system = await fakeSystem({ [batches]: { json: receipt } });
    writeFileSync(`${file}.sig`, 'signature');
    const { out } = await isu(['import', file, '--url', system.url]);
    const plain = out.replace(/[\u00a0\u202f]/gu, ' ');
    expect(plain).toContain('Lot 12 de urssaf/payments accepté');
    expect(plain).toMatch(/transmises au compte +2 +1 200 €/);
    expect(plain).toMatch(/à rapprocher +1 +40,50 €/);
    expect(plain).toMatch(/Total +3 +1 240,50 €/);
  });

  it('prints the receipt byte for byte for programs', async () => {
    system = await fakeSystem({ [batches]: { text: '{"b":1, "a":2}' } });
    writeFileSync(`${file}.sig`, 'signature');
    expect((await isu(['import', file, '--json', '--url', system.url])).out).toBe('{"b":1, "a":2}\n');
  });

  it('tells a refusal line by line and ends with 1', async () => {
    const errors = [{ field: 'line 9, digest', code: 'digest-differs', accepted: 'le SHA-256 de ce qui précède' }];
    system = await fakeSystem({
      [batches]: { status: 422, json: { code: 'batch-refused', title: 'Fichier refusé', detail: 'Refusé en entier.', errors } },
    });
    writeFileSync(`${file}.sig`, 'signature');
    const { code, err } = await isu(['import', file, '--url', system.url]);
    expect(code).toBe(1);
    expect(err).toBe('Refusé : Refusé en entier.\n  ligne 9, digest : accepté : le SHA-256 de ce qui précède\n');
  });

  it('sends a file whose header cannot be read too, so that its refusal is recorded', async () => {
    system = await fakeSystem({ [batches]: { json: receipt } });
    writeFileSync(file, 'not a batch');
    writeFileSync(`${file}.sig`, 'signature');
    await isu(['import', file, '--url', system.url]);
    expect(system.received[0]?.body).toBe('not a batch');
  });

  it('asks again while the lines are still being placed', async () => {
    let asked = 0;
    system = await fakeSystem({
      [batches]: () => (++asked === 1 ? { status: 409, json: { code: 'batch-being-placed', detail: 'En cours.' } } : { json: receipt }),
    });
    writeFileSync(`${file}.sig`, 'signature');
    expect((await isu(['import', file, '--url', system.url])).code).toBe(0);
    expect(asked).toBe(2);
  });
});

describe('isu import, a file of a formalities centre', () => {
  it('F61 sends it as an operator, counts its formalities by outcome, and tells those that were refused', async () => {
    const outcomes = { applied: 4, proposed: 1, duplicate: 0, conflict: 0, refused: 1 };
    const line = { line: 7, reference: 'P4-33', code: 'not-found', field: null, accepted: null };
    system = await fakeSystem({
      'POST /api/affiliation/v1/cfe-files': { json: { centre: 'cma-93', number: 1, digest: 'd'.repeat(64), count: 6, outcomes } },
      'GET /api/affiliation/v1/cfe-files/cma-93/1/lines': { json: { lines: [line] } },
    });
    writeFileSync(file, '{"type":"header","format":"isu-cfe/1","centre":"cma-93","number":1}\n');
    const { code, out } = await isu(['import', file, '--url', system.url]);
    expect([code, system.received[0]?.asker.get('role')]).toEqual([0, 'operator']);
    expect(out).toContain('Fichier 1 de cma-93 traité');
    expect(out).toMatch(/appliquées +4/);
    expect(out).toMatch(/Total +6/);
    expect(out).toContain('ligne 7, P4-33 : not-found');
  });
});

describe('isu import, a bank file', () => {
  it('sends XML as a bank file, without a signature', async () => {
    system = await fakeSystem({ 'POST /api/urssaf-sync/v1/bank-files': { json: receipt } });
    const statement = join(folder, 'camt.xml');
    writeFileSync(statement, '\uFEFF<?xml version="1.0"?><Document/>');
    expect((await isu(['import', statement, '--url', system.url])).code).toBe(0);
    expect(system.received[0]?.headers['content-type']).toBe('application/xml');
  });

  it('refuses a file that is not there', async () => {
    system = await fakeSystem({});
    expect((await isu(['import', join(folder, 'absent'), '--url', system.url])).code).toBe(2);
  });
});
