import type { Vector } from '@isu/contracts';
import type { EntityManager } from 'typeorm';

type Reading = Pick<EntityManager, 'query'>;

/** A bucket of accounts, by the first three hexadecimal digits of the MD5 of their numbers, which only spreads them: 4 096 buckets. */
export interface FingerprintBucket {
  readonly bucket: string;
  readonly accounts: number;
  /**
   * The exclusive or of the SHA-256 of each of its accounts, number and fingerprint: the same in whatever order they are read. It has to
   * tell copies that differ by accident; whoever may write a fingerprint here needs no collision to hide something.
   */
  readonly digest: string;
}

export interface FingerprintLeaf {
  readonly account: string;
  readonly fold: string;
  readonly vector: Vector;
  readonly fingerprint: string;
}

/** Every bucket that holds an account. One pass over the table in the order in which it lies, which the server's processors share. */
export async function bucketsOf(tx: Reading): Promise<FingerprintBucket[]> {
  const rows: (Omit<FingerprintBucket, 'digest'> & { bits: string })[] = await tx.query(
    `SELECT substr(md5(stream), 1, 3) AS bucket, count(*)::int AS accounts,
       bit_xor(('x' || encode(sha256(convert_to(stream || fingerprint, 'UTF8')), 'hex'))::bit(256))::text AS bits
       FROM account_fingerprint GROUP BY 1 ORDER BY 1`,
  );
  return rows.map(({ bucket, accounts, bits }) => ({ bucket, accounts, digest: hexOf(bits) }));
}

const hexOf = (bits: string): string => BigInt(`0b${bits}`).toString(16).padStart(64, '0');

export async function leavesOf(tx: Reading, buckets: readonly string[]): Promise<FingerprintLeaf[]> {
  return tx.query(
    `SELECT stream AS account, fold, vector, fingerprint FROM account_fingerprint
      WHERE substr(md5(stream), 1, 3) = ANY($1) ORDER BY substr(md5(stream), 1, 3), stream COLLATE "C"`,
    [buckets],
  ) as Promise<FingerprintLeaf[]>;
}
