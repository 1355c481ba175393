import { createHash } from 'node:crypto';
import { journalHead } from '@isu/chassis';
import { canonicalJson } from '@isu/contracts';
import { together } from '@isu/messaging';
import type { EntityManager } from 'typeorm';
import { exchangeChain } from '../exchange-journal/exchange-journal.js';

type Reading = Pick<EntityManager, 'query'>;

export const digestOfReceipt = (receipt: string): string => createHash('sha256').update(receipt).digest('hex');

/**
 * What our journals had come to when a batch was settled: whoever keeps it sees if their past is changed or cut off later. It travels
 * beside the receipt, not in it: the receipt of a batch is the same bytes for ever, even from a service that was restored.
 */
export async function keepHeads(tx: EntityManager, receipt: string): Promise<void> {
  const digest = digestOfReceipt(receipt);
  const [access, exchange] = await together(journalHead(tx), journalHead(tx, exchangeChain));
  const heads = { format: 'isu-heads/1', receipt: digest, access, exchange };
  await tx.query('INSERT INTO receipt_heads (receipt, heads) VALUES ($1, $2) ON CONFLICT DO NOTHING', [digest, canonicalJson(heads)]);
}

/** Null for a receipt of the time before. */
export async function headsOf(tx: Reading, receipt: string): Promise<string | null> {
  const [kept] = (await tx.query('SELECT heads FROM receipt_heads WHERE receipt = $1', [digestOfReceipt(receipt)])) as { heads: string }[];
  return kept?.heads ?? null;
}
