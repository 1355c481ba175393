import type { Migration } from '@isu/messaging';

export const sessions: Migration = {
  name: '0001-sessions',
  why: 'Who has signed in: the digest of the cookie, never the cookie; the tokens of an agent sealed with a key that goes with the session.',
  sql: `
    CREATE TABLE session (
      id uuid PRIMARY KEY,
      cookie_digest bytea NOT NULL UNIQUE,
      kind text NOT NULL CHECK (kind IN ('insured', 'agent')),
      account text CHECK (account ~ '^[0-9]{13}$'),
      subject text,
      office jsonb,
      sealed_tokens bytea,
      last_seen_at timestamptz NOT NULL,
      ends_at timestamptz NOT NULL,
      CHECK ((kind = 'insured') = (account IS NOT NULL)),
      CHECK ((kind = 'agent') = (subject IS NOT NULL AND office IS NOT NULL AND sealed_tokens IS NOT NULL))
    );
    CREATE INDEX session_account ON session (account) WHERE account IS NOT NULL;
    CREATE INDEX session_ends_at ON session (ends_at);

    CREATE TABLE agent_sign_in (
      cookie_digest bytea PRIMARY KEY,
      state text NOT NULL,
      nonce text NOT NULL,
      verifier text NOT NULL,
      back_to text NOT NULL,
      redirect_uri text NOT NULL,
      ends_at timestamptz NOT NULL
    );
    CREATE INDEX agent_sign_in_ends_at ON agent_sign_in (ends_at);

    CREATE TABLE desk_opening (
      session_id uuid NOT NULL REFERENCES session ON DELETE CASCADE,
      account text NOT NULL CHECK (account ~ '^[0-9]{13}$'),
      purpose text NOT NULL,
      ends_at timestamptz NOT NULL,
      PRIMARY KEY (session_id, account)
    );`,
};
