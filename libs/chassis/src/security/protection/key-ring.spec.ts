import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from '@jest/globals';
import { KeyRing, KeyRingRefused } from './key-ring.js';

const [a, b] = [Buffer.alloc(32, 1).toString('base64'), Buffer.alloc(32, 2).toString('base64')];

describe('I9 — the keys outside the database', () => {
  const folder = mkdtempSync(join(tmpdir(), 'isu-keys-'));
  afterAll(() => rmSync(folder, { recursive: true }));

  it('are made at the first start, and are the same at the next', () => {
    const file = join(folder, 'security', 'key-ring.json');
    const first = KeyRing.openOrCreate(file);
    const second = KeyRing.openOrCreate(file);
    expect(first.mac('x')).toEqual(second.mac('x'));
    expect(first.wrappingKey('k1')).toEqual(second.wrappingKey('k1'));
    expect(statSync(file).mode & 0o777).toBe(0o600);
  });

  it('are not made anew over a ring that cannot be read: that would lose every field', () => {
    const file = join(folder, 'broken.json');
    writeFileSync(file, '{"current":');
    expect(() => KeyRing.openOrCreate(file)).toThrow(KeyRingRefused);
    expect(readFileSync(file, 'utf8')).toBe('{"current":');
  });

  it.each([
    ['no JSON', 'k1'],
    ['a list', '[]'],
    ['a short key', JSON.stringify({ current: 'k1', wrapping: { k1: 'c2hvcnQ=' }, index: b })],
    ['a key of zeros', JSON.stringify({ current: 'k1', wrapping: { k1: Buffer.alloc(32).toString('base64') }, index: b })],
    ['a current key that is missing', JSON.stringify({ current: 'k2', wrapping: { k1: a }, index: b })],
    ['one key for two uses', JSON.stringify({ current: 'k1', wrapping: { k1: a }, index: a })],
    ['no index key', JSON.stringify({ current: 'k1', wrapping: { k1: a } })],
    ['a key id with a space', JSON.stringify({ current: 'k 1', wrapping: { 'k 1': a }, index: b })],
  ])('R14 — refuse %s, and repeat nothing of it', (_, text) => {
    const refused = () => KeyRing.parse(text);
    expect(refused).toThrow(KeyRingRefused);
    expect(refused).not.toThrow(new RegExp([a, b, 'c2hvcnQ='].map((key) => key.replace(/[+/=]/g, '\\$&')).join('|')));
  });

  it('are not shown by printing the ring', () => {
    const ring = KeyRing.parse(JSON.stringify({ current: 'k1', wrapping: { k1: a }, index: b }));
    expect(JSON.stringify({ ring })).toBe('{"ring":"[key ring]"}');
  });
});
