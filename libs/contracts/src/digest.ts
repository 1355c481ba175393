import { sha256 as sha256Bytes } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';
import canonicalize from 'canonicalize';

/** How JSON.stringify writes half a character: `\ud83d` after an even number of backslashes. */
const loneSurrogate = /(?<!\\)(?:\\\\)*\\ud[89a-f][0-9a-f]{2}/;

/**
 * Canonical JSON text (RFC 8785): equal values have equal bytes in any language. Refuses what has no canonical form
 * (undefined, NaN, half a character), for another language would refuse it or write something else.
 */
export function canonicalJson(value: unknown): string {
  const text = (canonicalize as unknown as (value: unknown) => string | undefined)(value);
  if (text === undefined) throw new TypeError('A value without a JSON form has no canonical form.');
  if (text.includes('\\ud') && loneSurrogate.test(text)) throw new TypeError('A lone surrogate has no canonical form.');
  return text;
}

/** SHA-256 of a text (in UTF-8) or of bytes, in lower-case hexadecimal. */
export function sha256(content: string | Uint8Array): string {
  return bytesToHex(sha256Bytes(typeof content === 'string' ? utf8ToBytes(content) : content));
}

/** The digest of a fact, or of any JSON value: SHA-256 of its canonical form. */
export const digestOf = (value: unknown): string => sha256(canonicalJson(value));
