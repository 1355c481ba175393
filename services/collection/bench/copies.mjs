/** Copies of one account, by the set: rows of a table under other numbers, keys and texts as they are told to change. */
export const copying = (db, model) =>
  async function copyRows(table, numbers, { key = 'account', changes = {} } = {}) {
    const columns = await db.query(
      `SELECT attname AS name FROM pg_attribute
        WHERE attrelid = $1::regclass AND attnum > 0 AND NOT attisdropped AND attgenerated = '' AND attidentity = '' ORDER BY attnum`,
      [table],
    );
    const names = columns.map(({ name }) => name);
    const values = names.map((name) => changes[name] ?? (name === key ? 'c.account' : `t.${name}`));
    await db.query(
      `INSERT INTO ${table} (${names.join(', ')}) SELECT ${values.join(', ')}
       FROM ${table} t CROSS JOIN unnest($1::text[]) AS c (account) WHERE t.${key} = '${model}'`,
      [numbers],
    );
  };
