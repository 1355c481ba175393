import type { Vector } from '@isu/contracts';
import type { EntityManager } from 'typeorm';

type Reading = Pick<EntityManager, 'query'>;

/** A bucket of accounts, by the first three hexadecimal digits of the MD5 of their numbers, which only spreads them: 4 096 buckets. */
export interface FingerprintBucket {
  readonly bucket: string;
  readonly accounts: number;
  /** SHA-256 of the numbers and fingerprints of its accounts, in order. */
  readonly digest: string;
}

export interface FingerprintLeaf {
  readonly account: string;
  readonly fold: string;
  readonly vector: Vector;
  readonly fingerprint: string;
}

/** Every bucket that holds an account. One pass over the table, in the order of its index. */
export async function bucketsOf(tx: Reading): Promise<FingerprintBucket[]> {
  return tx.query(
    `SELECT substr(md5(stream), 1, 3) AS bucket, count(*)::int AS accounts,
       encode(sha256(convert_to(string_agg(stream || fingerprint, '' ORDER BY stream COLLATE "C"), 'UTF8')), 'hex') AS digest
       FROM account_fingerprint GROUP BY 1 ORDER BY 1`,
  ) as Promise<FingerprintBucket[]>;
}

export async function leavesOf(tx: Reading, buckets: readonly string[]): Promise<FingerprintLeaf[]> {
  return tx.query(
    `SELECT stream AS account, fold, vector, fingerprint FROM account_fingerprint
      WHERE substr(md5(stream), 1, 3) = ANY($1) ORDER BY substr(md5(stream), 1, 3), stream COLLATE "C"`,
    [buckets],
  ) as Promise<FingerprintLeaf[]>;
}
