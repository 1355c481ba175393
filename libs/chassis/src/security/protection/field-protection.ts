import { randomBytes } from 'node:crypto';
import type { BusinessClock } from '@isu/values';
import type { EntityManager } from 'typeorm';
import type { KeyRing } from './key-ring.js';
import { openBox, sealBox } from './sealed-box.js';

/** Where a protected field lives. With the person's id it is bound into the box: moved elsewhere, the box does not open. */
export interface FieldPlace {
  readonly table: string;
  readonly column: string;
}

export interface FieldToSeal {
  readonly personId: string;
  readonly text: string;
}

export interface SealedField {
  readonly personId: string;
  readonly sealed: Buffer;
}

/** The person's key was destroyed: what it closed is gone for good, and nothing more may be sealed for them. */
export class PersonErased extends Error {
  constructor() {
    super('The key of this person has been erased.');
  }
}

interface PersonKeyRow {
  person_id: string;
  wrapped: Buffer | null;
  wrapped_by: string | null;
}

/** NIR, IBAN and what is medical: closed by the application with a key of the person's own, before PostgreSQL sees it. */
export class FieldProtection {
  constructor(
    private readonly ring: KeyRing,
    private readonly clock: BusinessClock,
  ) {}

  async seal(tx: EntityManager, personId: string, place: FieldPlace, text: string): Promise<Buffer> {
    const [sealed] = await this.sealMany(tx, place, [{ personId, text }]);
    return sealed as Buffer;
  }

  async open(tx: EntityManager, personId: string, place: FieldPlace, sealed: Buffer): Promise<string> {
    const [text] = await this.openMany(tx, place, [{ personId, sealed }]);
    return text as string;
  }

  /** In the order given; makes the keys of persons who have none. Two statements whatever the number of fields. */
  async sealMany(tx: EntityManager, place: FieldPlace, fields: readonly FieldToSeal[]): Promise<Buffer[]> {
    const people = [...new Set(fields.map(({ personId }) => personId))].sort();
    await this.makeKeys(tx, people);
    const keys = await this.keysOf(tx, people);
    return fields.map(({ personId, text }) => sealBox(keyFor(keys, personId), placeOf(place, personId), Buffer.from(text, 'utf8')));
  }

  /** In the order given. One erased person makes the whole set refuse: leave them out by asking `erasedAmong` first. */
  async openMany(tx: EntityManager, place: FieldPlace, fields: readonly SealedField[]): Promise<string[]> {
    const keys = await this.keysOf(tx, [...new Set(fields.map(({ personId }) => personId))]);
    return fields.map(({ personId, sealed }) => openBox(keyFor(keys, personId), placeOf(place, personId), sealed).toString('utf8'));
  }

  /** Finds an equal value without opening any: HMAC of the normalised text, apart for each kind (`nir`, `iban`). */
  blindIndex(kind: string, normalizedText: string): Buffer {
    return this.ring.mac(`${kind}\0${normalizedText}`);
  }

  /** Destroys the person's key, and with it every field it closed, wherever it was copied. */
  async erase(tx: EntityManager, personId: string): Promise<void> {
    await tx.query(
      `INSERT INTO person_key (person_id, created_at, erased_at) VALUES ($1, $2, $2)
       ON CONFLICT (person_id) DO UPDATE SET wrapped = NULL, wrapped_by = NULL, erased_at = $2 WHERE person_key.erased_at IS NULL`,
      [personId, this.clock.now().toISOString()],
    );
  }

  async erasedAmong(tx: EntityManager, personIds: readonly string[]): Promise<Set<string>> {
    const rows = (await tx.query(`SELECT person_id FROM person_key WHERE person_id = ANY($1::uuid[]) AND erased_at IS NOT NULL`, [
      personIds,
    ])) as PersonKeyRow[];
    return new Set(rows.map(({ person_id }) => person_id));
  }

  /** Rotation: wraps up to `limit` data keys with the ring's current key; answers how many, 0 when none is left. Fields are untouched. */
  async rewrap(tx: EntityManager, limit = 1000): Promise<number> {
    const rows = (await tx.query(
      `SELECT person_id, wrapped, wrapped_by FROM person_key WHERE wrapped IS NOT NULL AND wrapped_by <> $1
       ORDER BY person_id LIMIT $2 FOR UPDATE SKIP LOCKED`,
      [this.ring.currentId, limit],
    )) as PersonKeyRow[];
    const wrapped = rows.map((row) => this.wrap(row.person_id, this.unwrap(row)));
    await tx.query(
      `UPDATE person_key k SET wrapped = fresh.wrapped, wrapped_by = $1
       FROM unnest($2::uuid[], $3::bytea[]) AS fresh (person_id, wrapped) WHERE k.person_id = fresh.person_id`,
      [this.ring.currentId, rows.map(({ person_id }) => person_id), wrapped],
    );
    return rows.length;
  }

  /** Sorted by the caller: two transactions that make keys for the same people wait for each other in the same order. */
  private async makeKeys(tx: EntityManager, personIds: readonly string[]): Promise<void> {
    await tx.query(
      `INSERT INTO person_key (person_id, wrapped, wrapped_by, created_at)
       SELECT fresh.person_id, fresh.wrapped, $1, $2 FROM unnest($3::uuid[], $4::bytea[]) AS fresh (person_id, wrapped)
       WHERE NOT EXISTS (SELECT FROM person_key k WHERE k.person_id = fresh.person_id)
       ON CONFLICT (person_id) DO NOTHING`,
      [this.ring.currentId, this.clock.now().toISOString(), personIds, personIds.map((id) => this.wrap(id, randomBytes(32)))],
    );
  }

  private async keysOf(tx: EntityManager, personIds: readonly string[]): Promise<Map<string, Buffer>> {
    const rows = (await tx.query(`SELECT person_id, wrapped, wrapped_by FROM person_key WHERE person_id = ANY($1::uuid[])`, [
      personIds,
    ])) as PersonKeyRow[];
    return new Map(rows.filter(({ wrapped }) => wrapped !== null).map((row) => [row.person_id, this.unwrap(row)]));
  }

  private wrap(personId: string, key: Buffer): Buffer {
    return sealBox(this.ring.wrappingKey(this.ring.currentId), keyPlaceOf(personId), key);
  }

  private unwrap({ person_id, wrapped, wrapped_by }: PersonKeyRow): Buffer {
    return openBox(this.ring.wrappingKey(wrapped_by ?? ''), keyPlaceOf(person_id), wrapped ?? Buffer.alloc(0));
  }
}

const placeOf = ({ table, column }: FieldPlace, personId: string): string =>
  ['isu-field/1', table, column, personId.toLowerCase()].join('\0');
const keyPlaceOf = (personId: string): string => ['isu-person-key/1', personId.toLowerCase()].join('\0');

function keyFor(keys: ReadonlyMap<string, Buffer>, personId: string): Buffer {
  const key = keys.get(personId.toLowerCase());
  if (!key) throw new PersonErased();
  return key;
}
