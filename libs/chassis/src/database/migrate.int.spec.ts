import { emptyDatabase, silentLogger, type EmptyDatabase } from '@isu/testing';
import { together } from '@isu/messaging';
import pg from 'pg';
import { ServiceSettings } from '../settings/service-settings.js';
import { readSettings } from '../settings/settings.js';
import { openDatabase, prepareSchema } from './connect.js';
import { copyRows } from './copy-rows.js';

const first = { name: 'notes-0001', why: 'Notes.', sql: 'CREATE TABLE note (id int PRIMARY KEY);' };
const second = { name: 'notes-0002', why: 'Words.', sql: `ALTER TABLE note ADD COLUMN words text;` };

describe('the schema of a service', () => {
  let database: EmptyDatabase;
  let settings: ServiceSettings;

  beforeAll(async () => {
    database = await emptyDatabase();
    settings = readSettings(ServiceSettings, { ISU_DATABASE_URL: database.url, ISU_ROLE_PREFIX: 'isu_migrate_spec' });
  });
  afterAll(() => database.close());

  const prepare = (...migrations: (typeof first)[]) => prepareSchema({ name: 'urssaf-sync', settings, migrations, log: silentLogger });
  const applied = async () => (await database.query('SELECT name FROM urssaf_sync.migration ORDER BY name')).map(({ name }) => name);

  it('is made at the first start, and a second start changes nothing', async () => {
    await prepare(first);
    await prepare(first);
    expect(await applied()).toEqual(['notes-0001']);
  });

  it('goes forward: what is new is applied, in order', async () => {
    await prepare(first, second);
    expect(await applied()).toEqual(['notes-0001', 'notes-0002']);
  });

  it('refuses the start when an applied migration has been changed', async () => {
    await expect(prepare({ ...first, sql: 'CREATE TABLE other ();' }, second)).rejects.toThrow(
      'Migration notes-0001 has been changed since it was applied',
    );
  });

  it('leaves an older code alone: what it does not know stays applied', async () => {
    await prepare(first);
    expect(await applied()).toEqual(['notes-0001', 'notes-0002']);
  });

  it('refuses two migrations of one name', () => expect(prepare(first, first)).rejects.toThrow('Two migrations are named notes-0001'));

  it('I8 — a migration that fails leaves nothing of itself', async () => {
    const broken = { name: 'notes-0003', why: 'Broken.', sql: 'CREATE TABLE half (); SELECT 1/0;' };
    await expect(prepare(first, second, broken)).rejects.toThrow('notes-0003 failed and left nothing behind');
    expect(await database.query(`SELECT to_regclass('urssaf_sync.half') AS half`)).toEqual([{ half: null }]);
    expect(await applied()).toEqual(['notes-0001', 'notes-0002']);
  });

  it('four instances that start at once apply each migration once', async () => {
    const third = { name: 'notes-0004', why: 'Once.', sql: 'CREATE TABLE once ();' };
    await Promise.all([1, 2, 3, 4].map(() => prepare(first, second, third)));
    expect(await applied()).toContain('notes-0004');
  });

  it('R15 — the service connects as a role that owns nothing, and that another secret does not open', async () => {
    const { db } = await openDatabase({ name: 'urssaf-sync', settings, migrations: [first], entities: [], log: silentLogger });
    try {
      await db.query('INSERT INTO note VALUES (1)');
      await expect(db.query('DROP TABLE note')).rejects.toMatchObject({ code: '42501' });
      await expect(db.query('SET ROLE isu_migrate_spec_urssaf_sync_owner')).rejects.toMatchObject({ code: '42501' });
      expect(await db.query(`SELECT date '2016-03-27' AS day, 9007199254740993 AS big`)).toEqual([
        { day: '2016-03-27', big: '9007199254740993' },
      ]);
    } finally {
      await db.destroy();
    }
  });

  describe('a transaction, whose beginning travels with its first statement', () => {
    let db: Awaited<ReturnType<typeof openDatabase>>['db'];
    beforeAll(async () => {
      ({ db } = await openDatabase({ name: 'urssaf-sync', settings, migrations: [first], entities: [], log: silentLogger }));
      await db.query('DELETE FROM note');
    });
    afterAll(() => db.destroy());
    const notes = async () => (await db.query<{ id: number }[]>('SELECT id FROM note ORDER BY id')).map(({ id }) => id);

    it('I8 — leaves nothing where one of several statements that travel together fails, and says what failed first', async () => {
      const work = db.transaction((tx) =>
        together(tx.query('INSERT INTO note VALUES (1)'), tx.query('INSERT INTO note VALUES (1)'), tx.query('INSERT INTO note VALUES (2)')),
      );
      await expect(work).rejects.toMatchObject({ code: '23505' });
      await expect(db.transaction((tx) => tx.query('INSERT INTO nothing VALUES (1)'))).rejects.toMatchObject({ code: '42P01' });
      expect(await notes()).toEqual([]);
    });

    it('keeps what several statements wrote, each seeing what was asked before it, and answers each with its own rows', async () => {
      const answers = await db.transaction((tx) =>
        together(
          tx.query('INSERT INTO note SELECT unnest($1::int[]) RETURNING id', [[3, 4]]),
          tx.query('SELECT count(*)::int AS n FROM note'),
          tx.query('SELECT txid_current_if_assigned() IS NOT NULL AS written, now() = statement_timestamp() AS first'),
        ),
      );
      expect(answers).toEqual([[{ id: 3 }, { id: 4 }], [{ n: 2 }], [{ written: true, first: false }]]);
      expect(await notes()).toEqual([3, 4]);
    });

    it('goes on with statements that travel together after rows were laid by COPY', async () => {
      const counted = await db.transaction(async (tx) => {
        await copyRows(tx, { table: 'note', columns: ['id'] }, [[5], [6]]);
        return together(tx.query('INSERT INTO note VALUES (7) RETURNING id'), tx.query('SELECT count(*)::int AS n FROM note'));
      });
      expect(counted).toEqual([[{ id: 7 }], [{ n: 5 }]]);
      expect(await notes()).toEqual([3, 4, 5, 6, 7]);
    });
  });

  it('R14 — the password of a role never travels: PostgreSQL is given its verifier, and lets the password in', async () => {
    const { connectionString } = await prepare(first);
    const client = new pg.Client(connectionString);
    await client.connect();
    await client.end();
    const [role] = await database.query(`SELECT rolpassword FROM pg_authid WHERE rolname = 'isu_migrate_spec_urssaf_sync'`);
    expect(role?.['rolpassword']).toMatch(/^SCRAM-SHA-256\$4096:/);
  });
});
