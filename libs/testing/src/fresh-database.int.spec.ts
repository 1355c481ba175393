import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { freshDatabase, type FreshDatabase } from './fresh-database.js';

const notes = { name: '0001-notes', sql: 'CREATE TABLE note (id int PRIMARY KEY, words text NOT NULL)' };

describe('A fresh database', () => {
  let fresh: FreshDatabase;
  beforeAll(async () => void (fresh = await freshDatabase([notes], { schema: 'collection' })));
  afterAll(() => fresh.close());

  it('is migrated by the owner and used by a role that owns nothing', async () => {
    await fresh.db.query(`INSERT INTO note VALUES (1, 'bonjour')`);
    expect(await fresh.owner.query('SELECT words FROM collection.note')).toEqual([{ words: 'bonjour' }]);
    expect(await fresh.db.query('SELECT current_user AS me, current_schema AS schema')).toEqual([
      { me: 'spec_collection', schema: 'collection' },
    ]);
    await expect(fresh.db.query('ALTER TABLE note ADD COLUMN extra int')).rejects.toThrow('must be owner of table note');
    await expect(fresh.db.query('CREATE TABLE mine (id int)')).rejects.toThrow('permission denied for schema');
  });

  it('is not shared: the same schema elsewhere holds other rows, even when both are made at once', async () => {
    const others = await Promise.all([1, 2, 3].map(() => freshDatabase([notes], { schema: 'collection' })));
    for (const other of others) expect(await other.db.query('SELECT * FROM note')).toEqual([]);
    await Promise.all(others.map((other) => other.close()));
  });

  it('says which migration failed', async () => {
    await expect(freshDatabase([{ name: '0007-broken', sql: 'CREATE NONSENSE' }])).rejects.toThrow('0007-broken');
  });
});
