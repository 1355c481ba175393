import type { Migration } from '@isu/messaging';

export const linesWithoutNames: Migration = {
  name: 'collection-0023-lines-without-names',
  why: 'The names of four fields were more than half of the lines of a due date, written and read again at every call, for nobody who asks into them.',
  sql: `
    -- [{year, code, amount, paid}] becomes [[year, code, amount, paid]], in the same order.
    CREATE FUNCTION lines_without_names(named json) RETURNS json LANGUAGE sql IMMUTABLE AS $$
      SELECT coalesce(json_agg(json_build_array(line->'year', line->'code', line->'amount', line->'paid') ORDER BY rank), '[]')
      FROM json_array_elements(named) WITH ORDINALITY AS l (line, rank)
    $$;
    ALTER TABLE instalment ALTER COLUMN lines TYPE json USING lines_without_names(lines);
    DROP FUNCTION lines_without_names(json);`,
};
