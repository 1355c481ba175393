import type { Migration } from './migration.js';

/**
 * Rows are keyed by (holder, …) everywhere but in `ledger_key`, so that the three large tables can be cut by a hash of the holder
 * one day without touching a key: a unique index of a cut table must contain what it is cut by, and an idempotency key must stay
 * unique over all holders, which is why keys have a table of their own (to be cut by key).
 */
export const ledger: Migration = {
  name: '0001-ledger',
  why: 'Money moves by rows that cannot be unbalanced, changed or removed.',
  sql: `
    -- One row a book: its lock, and the number of its last entry. The only table here whose rows change.
    CREATE TABLE ledger_book (
      holder text COLLATE "C" PRIMARY KEY CHECK (holder = 'house' OR holder ~ '^[0-9]{13}$'),
      entries integer NOT NULL DEFAULT 0 CHECK (entries >= 0),
      last_recorded_at timestamptz(3) NOT NULL DEFAULT '-infinity'
    ) WITH (fillfactor = 70);

    CREATE TABLE ledger_transaction (
      holder text COLLATE "C" NOT NULL,
      entry integer NOT NULL CHECK (entry > 0),
      key text COLLATE "C" NOT NULL,
      content_hash bytea NOT NULL CHECK (length(content_hash) = 32),
      reason text NOT NULL,
      effective_on date NOT NULL,
      accounting_day date NOT NULL,
      recorded_at timestamptz(3) NOT NULL,
      corrects integer CHECK (corrects < entry),
      posting_count integer NOT NULL CHECK (posting_count > 0),
      total numeric(14,2) NOT NULL CHECK (total > 0),
      PRIMARY KEY (holder, entry)
    );
    -- Undone once at most.
    CREATE UNIQUE INDEX ledger_transaction_corrected ON ledger_transaction (holder, corrects) WHERE corrects IS NOT NULL;
    -- Rows come in the order of their accounting day: a block range index finds a day among years at almost no cost.
    CREATE INDEX ledger_transaction_day ON ledger_transaction USING brin (accounting_day) WITH (pages_per_range = 32, autosummarize = on);

    CREATE TABLE ledger_key (
      key text COLLATE "C" PRIMARY KEY,
      holder text COLLATE "C" NOT NULL,
      entry integer NOT NULL
    );

    CREATE TABLE ledger_posting (
      holder text COLLATE "C" NOT NULL,
      entry integer NOT NULL,
      line smallint NOT NULL CHECK (line > 0),
      accounting_day date NOT NULL,
      from_kind text COLLATE "C" NOT NULL,
      from_year smallint,
      from_code text COLLATE "C",
      to_kind text COLLATE "C" NOT NULL,
      to_year smallint,
      to_code text COLLATE "C",
      amount numeric(14,2) NOT NULL CHECK (amount > 0),
      PRIMARY KEY (holder, entry, line),
      CHECK ((from_kind, from_year, from_code) IS DISTINCT FROM (to_kind, to_year, to_code)),
      CHECK (from_kind IN ('bank','contributions','surcharges','penalties','fees','suspense','transfers','remissions','write-offs')
        OR holder <> 'house' AND from_kind IN ('receivable','surcharge','penalty','fee','credit','refund')),
      CHECK (to_kind IN ('bank','contributions','surcharges','penalties','fees','suspense','transfers','remissions','write-offs')
        OR holder <> 'house' AND to_kind IN ('receivable','surcharge','penalty','fee','credit','refund'))
    );
    CREATE INDEX ledger_posting_day ON ledger_posting USING brin (accounting_day) WITH (pages_per_range = 32, autosummarize = on);

    -- Each posting seen from its two accounts: what it takes from one (credit), what it brings to the other (debit).
    CREATE VIEW ledger_movement AS
      SELECT p.holder, p.entry, p.line, p.accounting_day, side.kind, side.year, side.code, side.debit, side.credit
      FROM ledger_posting p
      CROSS JOIN LATERAL (VALUES
        (p.from_kind, p.from_year, p.from_code, 0::numeric(14,2), p.amount),
        (p.to_kind, p.to_year, p.to_code, p.amount, 0::numeric(14,2))) AS side (kind, year, code, debit, credit);

    -- Closed accounting days: each carries the digest of the one before.
    CREATE TABLE ledger_day (
      day date PRIMARY KEY,
      transactions integer NOT NULL,
      postings integer NOT NULL,
      total numeric(18,2) NOT NULL,
      previous_digest bytea,
      digest bytea NOT NULL,
      closed_at timestamptz(3) NOT NULL
    );
    CREATE TABLE ledger_day_total (
      day date NOT NULL REFERENCES ledger_day,
      kind text COLLATE "C" NOT NULL,
      year smallint,
      code text COLLATE "C",
      debit numeric(18,2) NOT NULL,
      credit numeric(18,2) NOT NULL,
      UNIQUE NULLS NOT DISTINCT (day, kind, year, code)
    );

    -- The day a posting is booked on: the wanted one, else the first that is still open. Whoever books on a day holds it shared
    -- until commit, and the close takes it alone, so that no posting slips into a day while its totals are taken.
    CREATE FUNCTION ledger_open_day(wanted date) RETURNS date LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
    DECLARE
      booked date := wanted;
      closed date;
    BEGIN
      IF current_setting('transaction_isolation') <> 'read committed' THEN
        RAISE EXCEPTION 'The ledger relies on locks and needs READ COMMITTED.';
      END IF;
      LOOP
        PERFORM pg_advisory_xact_lock_shared('ledger_day'::regclass::oid::integer, booked - date '2000-01-01');
        SELECT max(day) INTO closed FROM ledger_day;
        IF closed IS NULL OR closed < booked THEN RETURN booked; END IF;
        booked := closed + 1;
      END LOOP;
    END $$;

    CREATE FUNCTION ledger_day_leaf(ledger_transaction) RETURNS bytea LANGUAGE sql STABLE AS $$
      SELECT sha256(convert_to(concat_ws('|', $1.holder, $1.entry, encode($1.content_hash, 'hex'),
        to_char($1.recorded_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')), 'UTF8'))
    $$;
    CREATE FUNCTION ledger_day_digest(of_day date, previous bytea) RETURNS bytea LANGUAGE sql STABLE SET search_path FROM CURRENT AS $$
      SELECT sha256(coalesce(previous, ''::bytea) || convert_to(to_char(of_day, 'YYYY-MM-DD'), 'UTF8')
        || coalesce(string_agg(ledger_day_leaf(t), ''::bytea ORDER BY t.holder, t.entry), ''::bytea))
      FROM ledger_transaction t WHERE t.accounting_day = of_day
    $$;

    -- A transaction and its postings are written in one statement, whole, on an open day. Checked by set, not row by row.
    CREATE FUNCTION ledger_whole_transactions() RETURNS trigger LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
    BEGIN
      IF EXISTS (
        SELECT FROM (SELECT DISTINCT holder, entry FROM fresh) f
        LEFT JOIN ledger_transaction t USING (holder, entry)
        LEFT JOIN LATERAL (
          SELECT count(*) AS lines, sum(p.amount) AS total, min(p.accounting_day) AS first, max(p.accounting_day) AS last
          FROM ledger_posting p WHERE p.holder = f.holder AND p.entry = f.entry) p ON true
        WHERE (t.posting_count, t.total, t.accounting_day, t.accounting_day) IS DISTINCT FROM (p.lines, p.total, p.first, p.last)
      ) THEN
        RAISE EXCEPTION 'A transaction is written once, whole, with its postings.' USING ERRCODE = 'integrity_constraint_violation';
      END IF;
      IF (SELECT min(accounting_day) FROM fresh) <= (SELECT max(day) FROM ledger_day) THEN
        RAISE EXCEPTION 'That accounting day is closed.' USING ERRCODE = 'integrity_constraint_violation';
      END IF;
      RETURN NULL;
    END $$;
    CREATE TRIGGER whole AFTER INSERT ON ledger_transaction REFERENCING NEW TABLE AS fresh
      FOR EACH STATEMENT EXECUTE FUNCTION ledger_whole_transactions();
    CREATE TRIGGER whole AFTER INSERT ON ledger_posting REFERENCING NEW TABLE AS fresh
      FOR EACH STATEMENT EXECUTE FUNCTION ledger_whole_transactions();

    -- Append-only: the right is taken from the service, and the act is stopped for the owner too.
    CREATE FUNCTION ledger_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
      RAISE EXCEPTION '% is append-only: write a correction.', TG_TABLE_NAME USING ERRCODE = 'insufficient_privilege';
    END $$;
    DO $$
    DECLARE
      kept text;
      grantee text;
    BEGIN
      FOREACH kept IN ARRAY ARRAY['ledger_transaction', 'ledger_key', 'ledger_posting', 'ledger_day', 'ledger_day_total'] LOOP
        EXECUTE format('CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON %I
          FOR EACH STATEMENT EXECUTE FUNCTION ledger_append_only()', kept);
        -- Whoever the schema gives rights to by default; the owner keeps its own, which foreign keys need, and meets the trigger.
        FOR grantee IN SELECT DISTINCT CASE acl.grantee WHEN 0 THEN 'PUBLIC' ELSE quote_ident(pg_get_userbyid(acl.grantee)) END
          FROM pg_class, aclexplode(relacl) acl WHERE pg_class.oid = kept::regclass AND acl.grantee <> relowner
        LOOP
          EXECUTE format('REVOKE UPDATE, DELETE, TRUNCATE ON %I FROM %s', kept, grantee);
        END LOOP;
      END LOOP;
    END $$;`,
};
