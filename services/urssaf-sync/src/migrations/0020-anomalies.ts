import type { Migration } from '@isu/messaging';

/**
 * The worklist follows the facts by a trigger, whoever writes one: a line that was rejected, a comparison, facts that came back after
 * a restore. What an anomaly is about beyond its fact is said by who opens it, in the same transaction.
 */
export const anomalies: Migration = {
  name: 'urssaf-sync-0020-anomalies',
  why: 'The cell’s worklist: what is open in which region, since when, who has it, what is proposed and by whom it was approved.',
  sql: `
    CREATE TABLE anomaly (
      id uuid PRIMARY KEY,
      account text COLLATE "C" NOT NULL,
      fund text COLLATE "C" NOT NULL GENERATED ALWAYS AS (left(account, 2)) STORED,
      type text NOT NULL,
      cause text NOT NULL,
      opened_at timestamptz NOT NULL,
      opened_fact uuid NOT NULL,
      -- What found it, and what of the account it is about; open once.
      origin text NOT NULL DEFAULT 'line' CHECK (origin IN ('line', 'transit', 'copies', 'balances')),
      subject text NOT NULL DEFAULT '',
      details jsonb NOT NULL DEFAULT '{}',
      -- The correcting fact that a rule proposes.
      correction jsonb,
      assigned_to text,
      assigned_at timestamptz,
      closed_at timestamptz,
      closed_fact uuid,
      settled_by text
    );
    CREATE UNIQUE INDEX anomaly_open_once ON anomaly (account, origin, subject) WHERE closed_at IS NULL AND origin <> 'line';
    CREATE INDEX anomaly_worklist ON anomaly (fund, opened_at, id) WHERE closed_at IS NULL;
    CREATE INDEX anomaly_closed ON anomaly (fund, closed_at, id) WHERE closed_at IS NOT NULL;
    CREATE INDEX anomaly_account ON anomaly (account);

    CREATE TABLE proposal (
      id uuid PRIMARY KEY,
      anomaly uuid NOT NULL REFERENCES anomaly,
      correction jsonb NOT NULL,
      reason text NOT NULL,
      proposed_by text NOT NULL,
      proposed_at timestamptz NOT NULL,
      state text NOT NULL DEFAULT 'proposed' CHECK (state IN ('proposed', 'approved', 'refused')),
      decided_by text,
      decided_at timestamptz,
      decision_reason text,
      facts uuid[] NOT NULL DEFAULT '{}',
      CHECK ((state = 'proposed') = (decided_by IS NULL)),
      -- Four eyes, whatever the code above believes.
      CHECK (decided_by IS NULL OR state = 'refused' OR decided_by <> proposed_by)
    );
    CREATE UNIQUE INDEX proposal_pending ON proposal (anomaly) WHERE state = 'proposed';
    CREATE INDEX proposal_of_anomaly ON proposal (anomaly, proposed_at);

    CREATE FUNCTION follow_anomalies() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
      INSERT INTO anomaly (id, account, type, cause, opened_at, opened_fact)
        SELECT DISTINCT ON (envelope->'data'->>'anomalyId') (envelope->'data'->>'anomalyId')::uuid, stream, envelope->'data'->>'type',
               envelope->'data'->>'cause', recorded_at, id
          FROM arrived WHERE author = 'urssaf-sync' AND type = 'urssaf-sync.anomaly-opened.v1'
         ORDER BY envelope->'data'->>'anomalyId', seq
        ON CONFLICT DO NOTHING;
      UPDATE anomaly a SET closed_at = c.recorded_at, closed_fact = c.id, settled_by = c.envelope->'data'->>'settledBy'
        FROM arrived c WHERE c.author = 'urssaf-sync' AND c.type = 'urssaf-sync.anomaly-closed.v1'
         AND a.id = (c.envelope->'data'->>'anomalyId')::uuid AND a.closed_at IS NULL;
      RETURN NULL;
    END $$;
    CREATE TRIGGER follow_anomalies AFTER INSERT ON fact REFERENCING NEW TABLE AS arrived FOR EACH STATEMENT EXECUTE FUNCTION follow_anomalies();

    INSERT INTO anomaly (id, account, type, cause, opened_at, opened_fact)
      SELECT DISTINCT ON (envelope->'data'->>'anomalyId') (envelope->'data'->>'anomalyId')::uuid, stream, envelope->'data'->>'type',
             envelope->'data'->>'cause', recorded_at, id
        FROM fact WHERE author = 'urssaf-sync' AND type = 'urssaf-sync.anomaly-opened.v1'
       ORDER BY envelope->'data'->>'anomalyId', seq;
    UPDATE anomaly a SET closed_at = c.recorded_at, closed_fact = c.id, settled_by = c.envelope->'data'->>'settledBy'
      FROM (SELECT DISTINCT ON (envelope->'data'->>'anomalyId') * FROM fact
             WHERE author = 'urssaf-sync' AND type = 'urssaf-sync.anomaly-closed.v1' ORDER BY envelope->'data'->>'anomalyId', seq) c
     WHERE a.id = (c.envelope->'data'->>'anomalyId')::uuid;`,
};
