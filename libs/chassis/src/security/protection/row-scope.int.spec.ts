import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { freshDatabase, type FreshDatabase } from '@isu/testing';
import type { Reach } from '../policy/reach.js';
import { rowScopeSql, serviceScope, setScope } from './row-scope.js';

const creteil = '1300001234517';
const lyon = '2600001234560';
const liberal = '2900001234555';

const within = (funds: readonly string[], on = '2016-05-20'): Reach => ({ kind: 'funds', funds, on });

describe('I9 R15 — the second wall: rows of persons', () => {
  let base: FreshDatabase;
  beforeAll(async () => {
    const sql = `CREATE TABLE insured_person (account text PRIMARY KEY, name text NOT NULL); ${rowScopeSql('insured_person')}`;
    base = await freshDatabase([{ name: '0001-insured-person', sql }], { schema: 'affiliation' });
    await base.db.transaction(async (tx) => {
      await setScope(tx, serviceScope);
      await tx.query(`INSERT INTO insured_person SELECT account, account FROM unnest($1::text[]) AS account`, [[creteil, lyon, liberal]]);
    });
  });
  afterAll(() => base.close());

  const seen = (reach: Reach | null, source = base.db): Promise<string[]> =>
    source.transaction(async (tx) => {
      if (reach) await setScope(tx, reach);
      const rows = (await tx.query(`SELECT account FROM insured_person ORDER BY account`)) as { account: string }[];
      return rows.map(({ account }) => account);
    });

  it.each<[string, Reach, string[]]>([
    ['an agent sees the accounts of their funds', within(['13', '14']), [creteil]],
    ['an agent of two regions sees both', within(['13', '26']), [creteil, lyon]],
    ['an agent of the liberal fund sees fund 29', within(['29']), [liberal]],
    ['the insured person sees their own account', { kind: 'account', account: lyon }, [lyon]],
    ['a partner sees no person', { kind: 'partner', partner: 'urssaf' }, []],
    ['who reaches nothing sees nothing', { kind: 'nothing' }, []],
    ['the service at its own work sees all', serviceScope, [creteil, lyon, liberal]],
  ])('%s', async (_, reach, accounts) => expect(await seen(reach)).toEqual(accounts));

  it('no scope, no rows: for the service and for the owner of the table alike', async () => {
    expect(await seen(null)).toEqual([]);
    expect(await seen(null, base.owner)).toEqual([]);
    expect(await base.db.query(`SELECT * FROM insured_person`)).toEqual([]);
  });

  it('a scope ends with its transaction: the next user of the connection sees nothing', async () => {
    const session = base.db.createQueryRunner();
    await session.startTransaction();
    await setScope(session.manager, serviceScope);
    await session.commitTransaction();
    expect(await session.query(`SELECT * FROM insured_person`)).toEqual([]);
    await session.release();
  });

  it('nothing is written out of scope: not added, not changed, not moved to another region', async () => {
    const writing = (reach: Reach, sql: string) =>
      base.db.transaction(async (tx) => {
        await setScope(tx, reach);
        return (await tx.query(sql)) as unknown;
      });
    const inCreteil: Reach = within(['13']);
    await expect(writing(inCreteil, `INSERT INTO insured_person VALUES ('2600000000099', 'x')`)).rejects.toThrow('row-level security');
    await expect(writing(inCreteil, `UPDATE insured_person SET account = '2600000000099'`)).rejects.toThrow('row-level security');
    expect(await writing(inCreteil, `UPDATE insured_person SET name = 'x' WHERE account = '${lyon}'`)).toEqual([[], 0]);
    await expect(base.db.query(`INSERT INTO insured_person VALUES ('1300000000099', 'x')`)).rejects.toThrow('row-level security');
  });

  it('a fund is not a pattern: neither a star nor a comma widens it', async () => {
    for (const funds of [['%'], ['*'], [''], ['1']]) expect(await seen(within(funds))).toEqual([]);
  });

  it('finds one account by its index, in scope or not', async () => {
    const plan = await base.db.transaction(async (tx) => {
      await setScope(tx, within(['13']));
      await tx.query(`SET LOCAL enable_seqscan = off`);
      return JSON.stringify(await tx.query(`EXPLAIN SELECT * FROM insured_person WHERE account = '${creteil}'`));
    });
    expect(plan).toContain('insured_person_pkey');
  });
});
