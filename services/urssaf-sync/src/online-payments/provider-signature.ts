import { sign, verify, type KeyObject } from 'node:crypto';

/** How far the provider's clock may be from ours: what was signed before that is asked for anew. */
export const windowSeconds = 300;

export type SignatureVerdict = 'valid' | 'missing' | 'forged' | 'late';

const headerPattern = /^t=(\d{1,12}),ed25519=([A-Za-z0-9+/]{86}==)$/;

const signedBytes = (seconds: string, body: Uint8Array): Buffer => Buffer.concat([Buffer.from(`${seconds}.`), body]);

/** `t=<seconds>,ed25519=<base64>` over the instant and the bytes as they came: what is read afterwards is what was signed. */
export function judgeSignature(
  header: string | undefined,
  body: Uint8Array,
  { key, now }: { key: KeyObject; now: Date },
): SignatureVerdict {
  const [, seconds = '', signature = ''] = headerPattern.exec(header ?? '') ?? [];
  if (signature === '') return 'missing';
  if (!verify(null, signedBytes(seconds, body), key, Buffer.from(signature, 'base64'))) return 'forged';
  return Math.abs(now.getTime() / 1_000 - Number(seconds)) <= windowSeconds ? 'valid' : 'late';
}

/** As a provider signs. */
export function signatureOf(body: Uint8Array, { key, at }: { key: KeyObject; at: Date }): string {
  const seconds = String(Math.floor(at.getTime() / 1_000));
  return `t=${seconds},ed25519=${sign(null, signedBytes(seconds, body), key).toString('base64')}`;
}
