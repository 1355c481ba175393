import { generateKeyPairSync, sign } from 'node:crypto';
import { signedPartOf, writeBatch, type BatchRecord } from '@isu/contracts';
import { FileFaults } from '@isu/chassis';
import { Partners } from '../partners/partners.js';
import { readBankFile } from '../bank-files/read-bank-file.js';
import { readBatch } from './batch-reader.js';

/* The parsers alone, over every way in which a small file can be cut, and many in which a bit can turn. */

const keys = generateKeyPairSync('ed25519');
const partners = new Partners({ urssaf: keys.publicKey.export({ type: 'spki', format: 'pem' }).toString() });

const record: BatchRecord = {
  ...{ type: 'payment', reference: 'U-1', account: '1300001234517', amount: '1234.56', valueOn: '2016-05-18', means: 'transfer' },
  paymentReference: 'RF691300001234517201605',
};
const batch = writeBatch(
  {
    partner: 'urssaf',
    flow: 'payments',
    number: 1,
    businessDate: '2016-05-19',
    previousDigest: null,
    createdAt: '2016-05-19T18:00:00.000Z',
  },
  [record, { type: 'reversal', reference: 'U-2', reverses: 'U-1', amount: '1234.56', valueOn: '2016-05-19', reason: 'AM04' }],
);
const signature = sign(null, Buffer.from(signedPartOf(batch)), keys.privateKey).toString('base64');

const notice = Buffer.from(
  '<?xml version="1.0" encoding="UTF-8"?><Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.054.001.08"><BkToCstmrDbtCdtNtfctn>' +
    '<GrpHdr><MsgId>M1</MsgId><CreDtTm>2016-05-19T20:00:00</CreDtTm></GrpHdr><Ntfctn><Ntry><Amt Ccy="EUR">12.34</Amt><CdtDbtInd>CRDT</CdtDbtInd>' +
    '<Sts><Cd>BOOK</Cd></Sts><ValDt><Dt>2016-05-18</Dt></ValDt><NtryDtls><TxDtls><Refs><AcctSvcrRef>B1</AcctSvcrRef></Refs></TxDtls></NtryDtls></Ntry></Ntfctn>' +
    '</BkToCstmrDbtCdtNtfctn></Document>',
);

async function* once(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes;
}

/** Accepted only if nothing is wrong with the form and the signature is that of the partner. */
async function takesBatch(bytes: Buffer, by = signature): Promise<boolean> {
  const faults = new FileFaults();
  const read = await readBatch(once(bytes), { records: ['payment', 'reversal'], faults, stage: () => Promise.resolve() });
  return faults.isEmpty && partners.signed('urssaf', read.signedBytes, by);
}

/** What is read of the notice: its lines and total; null when it is refused. */
async function readNotice(bytes: Buffer): Promise<string | null> {
  const faults = new FileFaults();
  const { file } = await readBankFile(once(bytes), { faults, stage: () => Promise.resolve() });
  if (file) return `${String(file.count)} ${file.total.toString()}`;
  expect(faults.list[0]?.code).toMatch(/^[a-z-]+$/);
  return null;
}

/** Spread over the whole file, each another bit. */
const turned = (bytes: Buffer, rank: number): Buffer => {
  const copy = Buffer.from(bytes);
  const bit = Math.floor((rank * bytes.length * 8) / 256) + (rank % 7);
  const at = Math.min(bytes.length - 1, bit >> 3);
  copy[at] = (copy[at] ?? 0) ^ (1 << (bit & 7));
  return copy;
};

describe('N5 I8 a batch that was damaged on its way', () => {
  const whole = Buffer.from(batch.text);

  it('as it was sent, it is taken', async () => expect(await takesBatch(whole)).toBe(true));

  it('cut at any byte, it is refused', async () => {
    for (let cut = 0; cut < whole.length; cut += 1) expect([cut, await takesBatch(whole.subarray(0, cut))]).toEqual([cut, false]);
  });

  it('with any of 256 bits turned, it is refused: digest and signature answer for every byte', async () => {
    for (let rank = 0; rank < 256; rank += 1) expect([rank, await takesBatch(turned(whole, rank))]).toEqual([rank, false]);
  });

  it('with a bit of its signature turned, or the signature of another, it is refused', async () => {
    const other = generateKeyPairSync('ed25519');
    const byAnother = sign(null, Buffer.from(signedPartOf(batch)), other.privateKey).toString('base64');
    expect(await takesBatch(whole, byAnother)).toBe(false);
    for (const index of [0, 20, 63]) {
      const bytes = Buffer.from(signature, 'base64');
      bytes[index] = (bytes[index] ?? 0) ^ 1;
      expect(await takesBatch(whole, bytes.toString('base64'))).toBe(false);
    }
  });

  it.each<[string, Buffer]>([
    ['with a byte order mark', Buffer.concat([Buffer.from([0xef, 0xbb, 0xbf]), whole])],
    ['in UTF-16', Buffer.from(batch.text, 'utf16le')],
    [
      'with a line more',
      Buffer.from(batch.text.replace('{"type":"trailer"', `${JSON.stringify({ ...record, reference: 'U-3' })}\n{"type":"trailer"`)),
    ],
    ['with a line less', Buffer.from(batch.text.split('\n').toSpliced(1, 1).join('\n'))],
    ['with a cent more', Buffer.from(batch.text.replace('1234.56', '1234.57'))],
    ['twice in one file', Buffer.concat([whole, whole])],
    ['empty', Buffer.alloc(0)],
  ])('%s, it is refused', async (_, bytes) => expect(await takesBatch(bytes)).toBe(false));
});

describe('N5 I8 a bank file that was damaged on its way', () => {
  it('as it was sent, it is read', async () => expect(await readNotice(notice)).toBe('1 12.34'));

  it('cut at any byte, it is refused with a code', async () => {
    for (let cut = 0; cut < notice.length; cut += 1) expect([cut, await readNotice(notice.subarray(0, cut))]).toEqual([cut, null]);
  });

  it('with any of 256 bits turned, it is refused, or read as a bank might have written it: nothing is thrown', async () => {
    const read = new Set<string | null>();
    for (let rank = 0; rank < 256; rank += 1) read.add(await readNotice(turned(notice, rank)));
    // A bank file bears no signature: a turned bit inside a text is another text. Its road is what must be trusted.
    expect(read).toContain(null);
    for (const one of read) expect(one ?? '0 0').toMatch(/^\d+ -?\d+(\.\d{2})?$/);
  });

  it('an amount of a form that is none is no money: the entry is refused, the file stands', async () => {
    for (const amount of ['1e3', '-5', '12,34', '0.001', 'NaN', '12..34', '99999999999', ' ', '+1'])
      expect([amount, await readNotice(Buffer.from(notice.toString().replace('12.34', amount)))]).toEqual([amount, '1 0']);
  });
});

describe('F49 a bank file of any length', () => {
  it('is read as it comes: each thousand lines are handed on before the line after them is here', async () => {
    const [begins, entry, ends] = [
      notice.indexOf('<Ntry>'),
      notice.subarray(notice.indexOf('<Ntry>'), notice.indexOf('</Ntry>') + '</Ntry>'.length),
      notice.indexOf('</Ntfctn>'),
    ];
    let given = 0;
    async function* coming(): AsyncGenerator<Uint8Array> {
      yield notice.subarray(0, begins);
      while (given < 2_500) {
        given += 1;
        yield entry;
      }
      yield notice.subarray(ends);
    }
    const handedOn: [lines: number, given: number][] = [];
    const faults = new FileFaults();
    const { file } = await readBankFile(coming(), { faults, stage: async (run) => void handedOn.push([run.length, given]) });
    expect(handedOn).toEqual([
      [1_000, 1_000],
      [1_000, 2_000],
      [500, 2_500],
    ]);
    // 2 500 × 12.34
    expect([file?.count, file?.total.toString()]).toEqual([2_500, '30850']);
  });
});
