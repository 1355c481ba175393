import { createHash, generateKeyPairSync, sign, verify } from 'node:crypto';
import { affiliateTraders } from '@isu/distributed';
import { genesis, linkHash, signedPartOf, type WrittenBatch } from '@isu/contracts';
import { accountsOf, type Figure, type Section } from '../section.js';
import { withEmptySystem } from '../systems/embedded-process.js';
import { spentBetween } from '../systems/measured-system.js';
import { peakDuring, residentMb } from '../systems/memory.js';
import { MeasuringUrssaf } from '../systems/payments.js';

const sizes = { whole: 5_000, quick: 50 };
const paymentsEach = 20;

/** A batch of 100 000 payments, from its first byte sent to its signed receipt, while all services already work on what they hear of it. */
export const signedReceipt: Section = {
  name: 'receipt',
  title: 'A batch of 100,000 payments on 5,000 accounts, to its signed receipt',
  measure: ({ tell, quick }) =>
    withEmptySystem(async (system) => {
      const accounts = accountsOf(quick, sizes);
      const lines = accounts * paymentsEach;
      tell(`affiliating ${String(accounts)} people`);
      const urssaf = new MeasuringUrssaf(system.client, system.folder, await affiliateTraders(system.client, accounts));
      const { batch } = urssaf.next(lines);
      tell('sending the batch');
      const beforeMb = residentMb(system.pid);
      const { result, peakMb } = await peakDuring(system.pid, async () => {
        const [start, before] = [performance.now(), system.spentMs];
        await urssaf.send(batch);
        return { tookMs: performance.now() - start, ...spentBetween(before, system.spentMs) };
      });
      return figures({ ...result, lines, grownMb: peakMb - beforeMb, peakMb, provingMs: provingMs(batch) });
    }),
};

/**
 * What proof costs, done again by itself over the same batch: its digest, its signature checked, of each line the digest of what it says and of
 * the fact that tells it on, the receipt signed, and the links of the journal.
 */
function provingMs(batch: WrittenBatch): number {
  const { privateKey, publicKey } = generateKeyPairSync('ed25519');
  const signature = sign(null, Buffer.from(signedPartOf(batch)), privateKey);
  const lines = batch.text.split('\n');
  const before = process.cpuUsage();
  createHash('sha256').update(batch.text).digest('hex');
  verify(null, Buffer.from(signedPartOf(batch)), publicKey, signature);
  for (const line of lines) {
    createHash('sha256').update(line).digest('hex');
    // A fact is some 600 bytes long, three times its line.
    createHash('sha256').update(line.repeat(3)).digest('hex');
  }
  sign(null, Buffer.from(batch.text.slice(0, 1_000)), privateKey);
  for (let link = 0; link < 3; link += 1) linkHash(genesis.hash, { act: 'receipt-signed', digest: batch.digest });
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1_000;
}

interface Measured {
  readonly lines: number;
  readonly tookMs: number;
  readonly node: number;
  readonly postgres: number;
  readonly grownMb: number;
  readonly peakMb: number;
  readonly provingMs: number;
}

const figures = ({ lines, tookMs, node, postgres, grownMb, peakMb, provingMs: proof }: Measured): Figure[] => [
  {
    ...{ name: `${lines.toLocaleString('en')} payments to their signed receipt`, value: tookMs / 1_000, unit: 's' },
    limit: { at: 'most', value: 30 },
    note: `${((lines * 1_000) / tookMs).toFixed(0)} lines/s while the other services post what they hear`,
  },
  {
    ...{ name: 'processor time a line, all services', value: (node + postgres) / lines, unit: 'ms' },
    note: `Node ${(node / lines).toFixed(2)}, PostgreSQL ${(postgres / lines).toFixed(2)}`,
  },
  { name: 'memory grown, Node', value: grownMb, unit: 'MB', limit: { at: 'most', value: 300 }, note: `peak ${peakMb.toFixed(0)} MB` },
  {
    ...{ name: 'signing and chaining, of that processor time', value: (proof * 100) / (node + postgres), unit: '%' },
    limit: { at: 'most', value: 10 },
    note: `${proof.toFixed(0)} ms for all of it`,
  },
];
