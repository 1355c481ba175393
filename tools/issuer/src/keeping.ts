import { createHmac, randomBytes } from 'node:crypto';
import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { exportJWK, generateKeyPair, type JWK } from 'jose';

/** What the issuer must find again at its next start, so that tokens, sessions and clients outlive it. */
export interface IssuerKeeping {
  readonly signingKeys: readonly JWK[];
  /** Each client's secret and the cookies' keys come from this one. */
  readonly root: string;
}

/** Made at the first start, readable by its owner only. */
export async function openKeeping(folder: string): Promise<IssuerKeeping> {
  const file = join(folder, 'issuer.json');
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as IssuerKeeping;
  } catch (fault) {
    if ((fault as NodeJS.ErrnoException).code !== 'ENOENT') throw fault;
  }
  // RS256 signs the ID tokens, because every client library must know it; ES256 our access tokens, because it is short.
  const keeping = { signingKeys: [await newKey('ES256'), await newKey('RS256')], root: randomBytes(32).toString('base64url') };
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  writeFileSync(`${file}.new`, JSON.stringify(keeping), { mode: 0o600, flush: true });
  // Renamed into place: a kill in mid-write leaves no half of a file that the next start would stumble over.
  renameSync(`${file}.new`, file);
  return keeping;
}

export const secretOf = ({ root }: IssuerKeeping, name: string): string => createHmac('sha256', root).update(name).digest('base64url');

async function newKey(alg: string): Promise<JWK> {
  const { privateKey } = await generateKeyPair(alg, { extractable: true });
  return { ...(await exportJWK(privateKey)), alg, use: 'sig', kid: `${alg.toLowerCase()}-${randomBytes(6).toString('hex')}` };
}
