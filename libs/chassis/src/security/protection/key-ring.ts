import { createHmac, randomBytes } from 'node:crypto';
import { linkSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';

/** A key ring that cannot be used. Its text is never repeated. */
export class KeyRingRefused extends Error {}

const keyBytes = 32;
const keyIdPattern = /^[a-z0-9][a-z0-9-]{0,40}$/;

interface WrittenRing {
  readonly current: string;
  readonly wrapping: Readonly<Record<string, string>>;
  readonly index: string;
}

/**
 * The keys that stay outside the database: those that wrap the persons' data keys, by id, and the one of the blind index.
 * Written as JSON: `{"current":"k2","wrapping":{"k1":"<base64>","k2":"<base64>"},"index":"<base64>"}`, each key of 32 bytes.
 * Rotation: add a key, make it current, restart, run `protection.rewrap` until it answers 0, then take the old key out.
 */
export class KeyRing {
  readonly #wrapping: ReadonlyMap<string, Buffer>;
  readonly #index: Buffer;

  private constructor(
    readonly currentId: string,
    wrapping: ReadonlyMap<string, Buffer>,
    index: Buffer,
  ) {
    this.#wrapping = wrapping;
    this.#index = index;
  }

  static parse(text: string): KeyRing {
    const { current, wrapping, index } = readRing(text);
    const keys = new Map(Object.entries(wrapping).map(([id, key]) => [id, keyFrom(key)] as const));
    if (![...keys.keys()].every((id) => keyIdPattern.test(id))) throw new KeyRingRefused('A key id has letters, digits and hyphens.');
    if (!keys.has(current)) throw new KeyRingRefused('The current wrapping key is not in the ring.');
    const indexKey = keyFrom(index);
    if ([...keys.values()].some((key) => key.equals(indexKey))) throw new KeyRingRefused('The index has a key of its own.');
    return new KeyRing(current, keys, indexKey);
  }

  /** The embedded mode's ring: made at the first start, kept beside the data, readable by its owner only. */
  static openOrCreate(file: string): KeyRing {
    try {
      return KeyRing.parse(readFileSync(file, 'utf8'));
    } catch (fault) {
      if ((fault as NodeJS.ErrnoException).code !== 'ENOENT') throw fault;
    }
    mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
    keepOnce(file, KeyRing.generate());
    return KeyRing.parse(readFileSync(file, 'utf8'));
  }

  /** The text of a fresh ring. */
  static generate(): string {
    const fresh = () => randomBytes(keyBytes).toString('base64');
    return JSON.stringify({ current: 'k1', wrapping: { k1: fresh() }, index: fresh() });
  }

  wrappingKey(id: string): Buffer {
    const key = this.#wrapping.get(id);
    if (!key) throw new KeyRingRefused(`The wrapping key ${id} is no longer in the ring.`);
    return key;
  }

  mac(text: string): Buffer {
    return createHmac('sha256', this.#index).update(text, 'utf8').digest();
  }

  toJSON(): string {
    return '[key ring]';
  }
}

/**
 * Whole or not at all, and never over another: a kill in mid-write, or two processes that start together, must not leave half
 * a ring or two rings, which would lose sealed fields.
 */
function keepOnce(file: string, text: string): void {
  const draft = `${file}.${process.pid}`;
  writeFileSync(draft, text, { mode: 0o600, flush: true });
  try {
    linkSync(draft, file);
  } catch (fault) {
    if ((fault as NodeJS.ErrnoException).code !== 'EEXIST') throw fault;
  } finally {
    rmSync(draft);
  }
}

function readRing(text: string): WrittenRing {
  try {
    const { current, wrapping, index } = JSON.parse(text) as Partial<WrittenRing>;
    if (typeof current === 'string' && typeof wrapping === 'object' && typeof index === 'string') return { current, wrapping, index };
  } catch {
    // Said below, in the same words: what the text holds must not reach a log.
  }
  throw new KeyRingRefused('The key ring is not JSON with current, wrapping and index.');
}

function keyFrom(text: string): Buffer {
  const key = Buffer.from(String(text), 'base64');
  if (key.length !== keyBytes || key.every((byte) => byte === 0)) throw new KeyRingRefused('A key is 32 bytes in base64.');
  return key;
}
