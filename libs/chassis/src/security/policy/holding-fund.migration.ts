import type { Migration } from '@isu/messaging';

/** The facts that can say another caisse than the number does: transfers, and a new start after an end. Few people have one. */
const moving = `author = 'affiliation' AND (type = 'affiliation.fund-changed.v1' OR (type = 'affiliation.registered.v1' AND seq > 1))`;

export const holdingFundMigration: Migration = {
  name: 'chassis-0004-holding-fund',
  why: 'Which caisse holds an account on a day, by the facts that this service keeps: agents reach who was transferred to them, and no longer who left (I9).',
  sql: `
    CREATE INDEX fact_moving_fund ON fact (stream, effective_on DESC, seq DESC) WHERE ${moving};

    CREATE FUNCTION holding_fund(held text, on_day date) RETURNS text LANGUAGE sql STABLE PARALLEL SAFE AS $$
      SELECT coalesce(
        (SELECT envelope->'data'->>'fund' FROM fact WHERE stream = held AND ${moving} AND effective_on <= on_day
          ORDER BY effective_on DESC, seq DESC LIMIT 1),
        left(held, 2))
    $$;`,
};
