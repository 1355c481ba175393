import { createPrivateKey, createPublicKey, generateKeyPairSync, randomBytes, type KeyObject } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';

/** A secret of this folder: drawn at the first start, kept for its owner alone. */
export function keptSecret(file: string): string {
  return kept(file, () => randomBytes(32).toString('base64url'));
}

/** An Ed25519 key pair of this folder, as PEM: the partner's, or our own for receipts. */
export function keptSigningKey(file: string): { readonly privateKey: KeyObject; readonly privatePem: string; readonly publicPem: string } {
  const privatePem = kept(file, () => generateKeyPairSync('ed25519').privateKey.export({ type: 'pkcs8', format: 'pem' }).toString());
  const privateKey = createPrivateKey(privatePem);
  return { privateKey, privatePem, publicPem: createPublicKey(privateKey).export({ type: 'spki', format: 'pem' }).toString() };
}

function kept(file: string, make: () => string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
    const secret = make();
    writeFileSync(file, secret, { mode: 0o600, flag: 'wx' });
    return secret;
  }
}
