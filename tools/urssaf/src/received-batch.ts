import { createHash, verify, type KeyObject } from 'node:crypto';
import { signedPartOf, type BatchHeader, type BatchTrailer, type OutgoingRecord } from '@isu/contracts';

/** A batch of the other side that is what it says it is. */
export interface ReceivedBatch {
  readonly header: BatchHeader;
  readonly records: readonly OutgoingRecord[];
  readonly digest: string;
  readonly total: string;
}

interface Expected {
  readonly flow: string;
  readonly number: number;
  /** Of the batch before; null for the first one, undefined where our books lack it. */
  readonly previousDigest: string | null | undefined;
  /** The other side signs with the key of its receipts. */
  readonly key: KeyObject;
}

/** Reads a batch of the other side, or says what is wrong with it: signature, number, chain, digest, count. */
export function readReceived(text: string, signature: string, { flow, number, previousDigest, key }: Expected): ReceivedBatch | string {
  const last = signedPartOf({ text });
  if (!verify(null, Buffer.from(last), key, Buffer.from(signature, 'base64'))) return 'signature-wrong';
  const [header, ...lines] = text.trimEnd().split('\n').map((line) => JSON.parse(line) as unknown); // prettier-ignore
  const [first, trailer] = [header as BatchHeader, lines.pop() as BatchTrailer];
  if (first.flow !== flow || first.number !== number) return 'other-batch';
  if (previousDigest !== undefined && first.previousDigest !== previousDigest) return 'previous-digest-differs';
  const digest = createHash('sha256').update(text.slice(0, text.length - last.length)).digest('hex'); // prettier-ignore
  if (trailer.digest !== digest) return 'digest-differs';
  if (trailer.count !== lines.length) return 'count-differs';
  return { header: first, records: lines as OutgoingRecord[], digest, total: trailer.controlTotal };
}
