import { sha256 as sha256Bytes } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';
import canonicalize from 'canonicalize';

/** How JSON.stringify writes half a character: `\ud83d` after an even number of backslashes. */
const loneSurrogate = /(?<!\\)(?:\\\\)*\\ud[89a-f][0-9a-f]{2}/;

/**
 * Canonical JSON text (RFC 8785): equal values have equal bytes in any language. Refuses what has no canonical form
 * (undefined, NaN, half a character), for another language would refuse it or write something else.
 *
 * What we write every day is put in key order and left to the engine's own JSON writer, by specification the same texts and numbers and
 * three times as fast as the library (a whole account on each fold); anything unusual goes to the library.
 */
export function canonicalJson(value: unknown): string {
  return ordered(value).text;
}

/**
 * The canonical text, and what it says when it is read back: for who must look at exactly what others will read. In key order the
 * value is that already, unless it holds something that its text has not.
 */
export function canonicalReading(value: unknown): { readonly text: string; readonly read: unknown } {
  const { text, copy } = ordered(value);
  return { text, read: copy === null ? JSON.parse(text) : copy.value };
}

function ordered(value: unknown): { readonly text: string; readonly copy: { readonly value: unknown } | null } {
  const ordering = new KeyOrdering();
  const copy = ordering.of(value);
  const text = ordering.isFaithful ? JSON.stringify(copy) : (canonicalize as unknown as (value: unknown) => string | undefined)(value);
  if (text === undefined) throw new TypeError('A value without a JSON form has no canonical form.');
  if (text.includes('\\ud') && loneSurrogate.test(text)) throw new TypeError('A lone surrogate has no canonical form.');
  return { text, copy: ordering.isFaithful && ordering.isWhole ? { value: copy } : null };
}

/**
 * Puts the keys of every object in order (UTF-16 units, as RFC 8785 says), and tells whether the result says the same. What is in order already
 * (whatever was read from a canonical text, and most of what is written) is not copied: copying is most of the work.
 */
class KeyOrdering {
  isFaithful = true;
  /** Nothing in the result is left out of its text, or written there as something else. */
  isWhole = true;

  of(value: unknown): unknown {
    if (typeof value === 'string') return value;
    if (typeof value !== 'object' || value === null) return this.ofPlain(value);
    return Array.isArray(value) ? this.ofList(value) : this.ofObject(value as Record<string, unknown>);
  }

  private ofPlain(value: unknown): unknown {
    if (typeof value === 'number') {
      if (!Number.isFinite(value)) this.isFaithful = false;
      if (Object.is(value, -0)) this.isWhole = false;
    } else if (value !== null && typeof value !== 'boolean') this.isWhole = false;
    return value;
  }

  private ofList(list: readonly unknown[]): readonly unknown[] {
    let copy: unknown[] | undefined;
    for (let at = 0; at < list.length; at += 1) {
      const entry = this.of(list[at]);
      if (copy === undefined && entry !== list[at]) copy = list.slice(0, at);
      copy?.push(entry);
    }
    return copy ?? list;
  }

  private ofObject(object: Record<string, unknown>): Record<string, unknown> {
    if (typeof object['toJSON'] === 'function') this.isFaithful = false;
    const keys = Object.keys(object);
    let values: unknown[] | undefined = Object.getPrototypeOf(object) === Object.prototype ? undefined : [];
    let previous = '';
    for (const [at, key] of keys.entries()) {
      // A copy would lose `__proto__`, and would put keys such as `10` before all others and in the order of numbers.
      if (key <= ':' || key === '__proto__') this.isFaithful = false;
      const value = this.of(object[key]);
      if (values === undefined && (value !== object[key] || key <= previous)) values = keys.slice(0, at).map((before) => object[before]);
      values?.push(value);
      previous = key;
    }
    return values === undefined ? object : inOrder(keys, values);
  }
}

/** Insertion sort: objects have few keys, most of them in order; several times as fast there as the general sort. */
function inOrder(keys: string[], values: unknown[]): Record<string, unknown> {
  if (keys.length > 40) return manyInOrder(keys, values);
  for (let next = 1; next < keys.length; next += 1) {
    const [key, value] = [keys[next] as string, values[next]];
    let place = next;
    for (; place > 0 && (keys[place - 1] as string) > key; place -= 1) {
      keys[place] = keys[place - 1] as string;
      values[place] = values[place - 1];
    }
    keys[place] = key;
    values[place] = value;
  }
  return objectOf(keys, values);
}

function manyInOrder(keys: readonly string[], values: readonly unknown[]): Record<string, unknown> {
  const valueOf = new Map(keys.map((key, at) => [key, values[at]]));
  const sorted = [...keys].sort();
  return objectOf(sorted, sorted.map((key) => valueOf.get(key))); // prettier-ignore
}

function objectOf(keys: readonly string[], values: readonly unknown[]): Record<string, unknown> {
  const ordered: Record<string, unknown> = {};
  keys.forEach((key, at) => (ordered[key] = values[at]));
  return ordered;
}

/** Node's own, several times as fast as what is written in JavaScript; a browser has none that answers at once. */
const nodeCrypto = (
  globalThis as {
    process?: { getBuiltinModule?: (name: string) => { hash?: (algorithm: string, content: string | Uint8Array) => string } | undefined };
  }
).process?.getBuiltinModule?.('node:crypto');

/** SHA-256 of a text (in UTF-8) or of bytes, in lower-case hexadecimal. */
export function sha256(content: string | Uint8Array): string {
  if (nodeCrypto?.hash) return nodeCrypto.hash('sha256', content);
  return bytesToHex(sha256Bytes(typeof content === 'string' ? utf8ToBytes(content) : content));
}

/** The digest of a fact, or of any JSON value: SHA-256 of its canonical form. */
export const digestOf = (value: unknown): string => sha256(canonicalJson(value));
