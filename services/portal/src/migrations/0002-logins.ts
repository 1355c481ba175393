import type { Migration } from '@isu/messaging';

export const logins: Migration = {
  name: '0002-logins',
  why: 'How insured people come in: their e-mail found by a blind index, their password as Argon2id, links and codes by their digest; what is asked and what is sent waits in tables, so that a kill loses neither.',
  sql: `
    CREATE TABLE login (
      account text PRIMARY KEY CHECK (account ~ '^[0-9]{13}$'),
      person_id uuid NOT NULL,
      email_index bytea NOT NULL UNIQUE,
      sealed_email bytea NOT NULL,
      password text NOT NULL,
      changed_at timestamptz NOT NULL
    );

    CREATE TABLE attempt (
      key bytea PRIMARY KEY,
      count integer NOT NULL,
      last_at timestamptz NOT NULL
    );

    CREATE TABLE asked_opening (
      id uuid PRIMARY KEY,
      kind text NOT NULL CHECK (kind IN ('opening', 'new-password')),
      sealed bytea NOT NULL,
      asked_at timestamptz NOT NULL,
      next_at timestamptz NOT NULL,
      attempts integer NOT NULL DEFAULT 0
    );
    CREATE INDEX asked_opening_next_at ON asked_opening (next_at);

    CREATE TABLE one_time_link (
      digest bytea PRIMARY KEY,
      kind text NOT NULL CHECK (kind IN ('link', 'letter')),
      account text NOT NULL CHECK (account ~ '^[0-9]{13}$'),
      person_id uuid NOT NULL,
      sealed_email bytea,
      made_at timestamptz NOT NULL,
      ends_at timestamptz NOT NULL,
      used_at timestamptz,
      CHECK ((kind = 'link') = (sealed_email IS NOT NULL))
    );
    CREATE INDEX one_time_link_account ON one_time_link (account, made_at);

    CREATE TABLE mail (
      id uuid PRIMARY KEY,
      sealed bytea NOT NULL,
      made_at timestamptz NOT NULL,
      next_at timestamptz NOT NULL,
      attempts integer NOT NULL DEFAULT 0
    );
    CREATE INDEX mail_next_at ON mail (next_at);

    -- The printing job asks affiliation for the name and the address at the moment of printing.
    CREATE TABLE letter (
      id uuid PRIMARY KEY,
      account text NOT NULL CHECK (account ~ '^[0-9]{13}$'),
      sealed bytea NOT NULL,
      written_on date NOT NULL,
      written_at timestamptz NOT NULL,
      printed_at timestamptz
    );
    CREATE INDEX letter_account ON letter (account, written_at);`,
};
