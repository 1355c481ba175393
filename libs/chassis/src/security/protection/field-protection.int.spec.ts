import { randomBytes, randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { FakeClock, freshDatabase, type FreshDatabase } from '@isu/testing';
import type { EntityManager } from 'typeorm';
import { FieldProtection, PersonErased } from './field-protection.js';
import { KeyRing, KeyRingRefused } from './key-ring.js';
import { personKeyMigration } from './person-key.migration.js';
import { SealBroken } from './sealed-box.js';

const nirPlace = { table: 'insured_person', column: 'nir' };
const ibanPlace = { table: 'insured_person', column: 'iban' };
const nir = '255081416802538';

const ringOf = (current: string, ids: readonly string[], keys: Record<string, string>, index: string) =>
  KeyRing.parse(JSON.stringify({ current, wrapping: Object.fromEntries(ids.map((id) => [id, keys[id]])), index }));

describe('I9 R14 — fields closed with a key of the person’s own', () => {
  const clock = new FakeClock('2016-05-20');
  const keys = { k1: randomBytes(32).toString('base64'), k2: randomBytes(32).toString('base64') };
  const index = randomBytes(32).toString('base64');
  const protection = new FieldProtection(ringOf('k1', ['k1'], keys, index), clock);
  let base: FreshDatabase;
  beforeAll(async () => void (base = await freshDatabase([personKeyMigration], { schema: 'affiliation' })));
  afterAll(() => base.close());

  const inTx = <T>(work: (tx: EntityManager) => Promise<T>): Promise<T> => base.db.transaction(work);
  const sealed = (person: string, text = nir, place = nirPlace) => inTx((tx) => protection.seal(tx, person, place, text));
  const opened = (person: string, box: Buffer, place = nirPlace, by = protection) => inTx((tx) => by.open(tx, person, place, box));

  it('open to what was sealed, accents and empty text included, and never look twice the same', async () => {
    const person = randomUUID();
    const [first, second] = [await sealed(person), await sealed(person)];
    expect(first.equals(second)).toBe(false);
    expect(first.includes(nir)).toBe(false);
    expect(await opened(person, first)).toBe(nir);
    expect(await opened(person, await sealed(person, ''))).toBe('');
    expect(await opened(person.toUpperCase(), await sealed(person, 'Créteil, 3ᵉ étage'))).toBe('Créteil, 3ᵉ étage');
  });

  it('do not open elsewhere: in another column, another table, or for another person', async () => {
    const [person, other] = [randomUUID(), randomUUID()];
    const box = await sealed(person);
    await sealed(other);
    await expect(opened(person, box, ibanPlace)).rejects.toBeInstanceOf(SealBroken);
    await expect(opened(person, box, { table: 'dependant', column: 'nir' })).rejects.toBeInstanceOf(SealBroken);
    await expect(opened(other, box)).rejects.toBeInstanceOf(SealBroken);
  });

  it('do not open when the person’s key is put in the place of another’s', async () => {
    const [person, other] = [randomUUID(), randomUUID()];
    const box = await sealed(person);
    await sealed(other);
    await base.db.query(`UPDATE person_key SET wrapped = (SELECT wrapped FROM person_key WHERE person_id = $1) WHERE person_id = $2`, [
      person,
      other,
    ]);
    await expect(opened(other, box)).rejects.toBeInstanceOf(SealBroken);
    await base.db.query(`DELETE FROM person_key WHERE person_id = $1`, [other]);
  });

  it('do not open once a single bit is changed, wherever it stands', async () => {
    const person = randomUUID();
    const box = await sealed(person);
    for (let at = 0; at < box.length; at += 1) {
      const flipped = Buffer.from(box);
      flipped[at]! ^= 1;
      await expect(opened(person, flipped)).rejects.toBeInstanceOf(SealBroken);
    }
    for (const cut of [0, 1, 28, box.length - 1]) await expect(opened(person, box.subarray(0, cut))).rejects.toBeInstanceOf(SealBroken);
  });

  it('a broken field says nothing of what it held', async () => {
    const fault = await opened(randomUUID(), await sealed(randomUUID())).catch((error: Error) => error);
    expect(String(fault)).not.toMatch(/\d{6}/);
  });

  it('a set of a thousand people is sealed and opened in order, one key for each', async () => {
    const people = Array.from({ length: 500 }, () => randomUUID());
    const fields = [...people, ...people].map((personId, rank) => ({ personId, text: `n° ${rank}` }));
    const boxes = await inTx((tx) => protection.sealMany(tx, nirPlace, fields));
    const texts = await inTx((tx) =>
      protection.openMany(
        tx,
        nirPlace,
        boxes.map((box, rank) => ({ personId: fields[rank]!.personId, sealed: box })),
      ),
    );
    expect(texts).toEqual(fields.map(({ text }) => text));
    const [{ count }] = (await base.db.query(`SELECT count(*)::int AS count FROM person_key WHERE person_id = ANY($1)`, [people])) as [
      { count: number },
    ];
    expect(count).toBe(500);
    expect(await inTx((tx) => protection.sealMany(tx, nirPlace, []))).toEqual([]);
  });

  it('two transactions that meet a new person at the same time end with one key', async () => {
    const person = randomUUID();
    const boxes = await Promise.all(Array.from({ length: 6 }, () => sealed(person)));
    for (const box of boxes) expect(await opened(person, box)).toBe(nir);
  });

  it('an erased person’s fields are gone for good, and nothing more can be sealed for them', async () => {
    const [person, kept, unknown] = [randomUUID(), randomUUID(), randomUUID()];
    const [box, other] = [await sealed(person), await sealed(kept)];
    await inTx((tx) => protection.erase(tx, person));
    await inTx((tx) => protection.erase(tx, person));
    await inTx((tx) => protection.erase(tx, unknown));
    await expect(opened(person, box)).rejects.toBeInstanceOf(PersonErased);
    await expect(sealed(person)).rejects.toBeInstanceOf(PersonErased);
    await expect(sealed(unknown)).rejects.toBeInstanceOf(PersonErased);
    expect(await opened(kept, other)).toBe(nir);
    expect(await inTx((tx) => protection.erasedAmong(tx, [person, kept, unknown]))).toEqual(new Set([person, unknown]));
  });

  it('the keys’ rotation wraps anew, in batches, and touches no field; then the old key may go', async () => {
    const people = Array.from({ length: 5 }, () => randomUUID());
    const boxes = await Promise.all(people.map((person) => sealed(person)));
    const both = new FieldProtection(ringOf('k2', ['k1', 'k2'], keys, index), clock);
    const newOnly = new FieldProtection(ringOf('k2', ['k2'], keys, index), clock);
    await expect(opened(people[0]!, boxes[0]!, nirPlace, newOnly)).rejects.toBeInstanceOf(KeyRingRefused);
    let wrapped = 0;
    for (let turn = -1; turn !== 0; wrapped += turn) turn = await inTx((tx) => both.rewrap(tx, 200));
    expect(wrapped).toBeGreaterThanOrEqual(5);
    for (const [rank, person] of people.entries()) expect(await opened(person, boxes[rank]!, nirPlace, newOnly)).toBe(nir);
  });

  it('the blind index is the same for the same value, in every process, and apart for each kind and each key', () => {
    const twin = new FieldProtection(ringOf('k2', ['k2'], keys, index), clock);
    const stranger = new FieldProtection(KeyRing.parse(KeyRing.generate()), clock);
    expect(protection.blindIndex('nir', nir)).toEqual(twin.blindIndex('nir', nir));
    expect(protection.blindIndex('nir', nir)).toHaveLength(32);
    expect(protection.blindIndex('nir', nir)).not.toEqual(protection.blindIndex('iban', nir));
    expect(protection.blindIndex('nir', nir)).not.toEqual(stranger.blindIndex('nir', nir));
  });
});
