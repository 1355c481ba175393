import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';

/** A box that does not open: altered, moved to another place, or closed with another key. */
export class SealBroken extends Error {
  constructor() {
    super('A protected field does not open: it was altered, moved, or sealed with another key.');
  }
}

const version = 1;
const ivBytes = 12;
const tagBytes = 16;
const headBytes = 1 + ivBytes + tagBytes;

/** AES-256-GCM: version (1 byte), nonce (12), tag (16), then the ciphertext. `place` is bound to the box without being in it. */
export function sealBox(key: Buffer, place: string, content: Buffer): Buffer {
  const iv = randomBytes(ivBytes);
  const cipher = createCipheriv('aes-256-gcm', key, iv, { authTagLength: tagBytes });
  cipher.setAAD(Buffer.from(place, 'utf8'));
  const sealed = Buffer.concat([cipher.update(content), cipher.final()]);
  return Buffer.concat([Buffer.of(version), iv, cipher.getAuthTag(), sealed]);
}

export function openBox(key: Buffer, place: string, box: Buffer): Buffer {
  if (box.length < headBytes || box[0] !== version) throw new SealBroken();
  const decipher = createDecipheriv('aes-256-gcm', key, box.subarray(1, 1 + ivBytes), { authTagLength: tagBytes });
  decipher.setAAD(Buffer.from(place, 'utf8'));
  decipher.setAuthTag(box.subarray(1 + ivBytes, headBytes));
  try {
    return Buffer.concat([decipher.update(box.subarray(headBytes)), decipher.final()]);
  } catch {
    throw new SealBroken();
  }
}
