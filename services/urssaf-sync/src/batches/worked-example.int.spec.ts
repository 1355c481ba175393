import { readFileSync } from 'node:fs';
import { createPublicKey, verify } from 'node:crypto';
import { FileFaults } from '@isu/chassis';
import { signedPartOf } from '@isu/contracts';
import { incomingFlows } from '../flows/flow-catalogue.js';
import { examplePartnerKeys, exampleReceiptKey } from '../settings.js';
import { Stage } from '../urssaf-sync.spec-kit.js';
import { readBatch } from './batch-reader.js';

/** What the partner's engineers build from: the published page, byte for byte. */
const page = readFileSync(new URL('../../../../docs/partner-exchange.md', import.meta.url), 'utf8');
const block = (name: string): string => new RegExp(`\`\`\`${name}\\n([^]*?)\`\`\``).exec(page)?.[1] ?? '';
const [text, signature, receipt, receiptSignature] = [
  block('ndjson'),
  block('signature').trim(),
  block('receipt').trim(),
  block('receipt-signature').trim(),
];

let stage: Stage;
beforeAll(async () => {
  stage = await Stage.open('isu_sync_example', { withExampleKeys: true });
  await stage.register('1300001234517');
});
afterAll(() => stage?.close());

describe('the worked example of docs/partner-exchange.md', () => {
  it('has the sizes that the page says', () => {
    const last = signedPartOf({ text });
    expect([Buffer.byteLength(text) - Buffer.byteLength(last), Buffer.byteLength(last)]).toEqual([524, 124]);
  });

  it('R10 is accepted with its signature, and answered with its receipt, to the byte', async () => {
    const answer = await stage.send({ text }, { signature });
    expect([answer.status, answer.text, answer.headers.get('isu-signature')]).toEqual([201, receipt, receiptSignature]);
    expect(verify(null, Buffer.from(receipt), createPublicKey(exampleReceiptKey), Buffer.from(receiptSignature, 'base64'))).toBe(true);
  });

  it.each([
    ['incomes', '21749.50'],
    ['balances', '1114.17'],
  ])(
    'R10 N5 so is a first batch of %s, of %s euros: of its form, its digest, its total, and signed by the partner’s key',
    async (flow, total) => {
      const content = block(flow);
      const faults = new FileFaults();
      const read = await readBatch(bytesOf(content), {
        ...{ faults, records: incomingFlows[flow]?.records ?? [] },
        stage: () => Promise.resolve(),
      });
      expect([faults.list, read.count, read.total.toString(), read.trailer?.digest]).toEqual([[], 2, total, read.digest]);
      const { urssaf: key = '' } = JSON.parse(examplePartnerKeys) as { urssaf?: string };
      const signed = Buffer.from(block(`${flow}-signature`), 'base64');
      expect(verify(null, Buffer.from(signedPartOf({ text: content })), createPublicKey(key), signed)).toBe(true);
    },
  );
});

async function* bytesOf(content: string): AsyncGenerator<Uint8Array> {
  yield await Promise.resolve(Buffer.from(content));
}
