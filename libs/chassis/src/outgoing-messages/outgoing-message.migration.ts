import type { Migration } from '@isu/messaging';

export const outgoingMessageMigration: Migration = {
  name: 'chassis-0003-outgoing-message',
  why: 'What a decision tells the person is written with the decision, and delivered afterwards, at least once (F19).',
  sql: `
    CREATE TABLE outgoing_message (
      id uuid PRIMARY KEY,
      account text COLLATE "C" NOT NULL,
      kind text NOT NULL,
      channel text NOT NULL CHECK (channel IN ('email', 'letter')),
      language text NOT NULL DEFAULT 'fr',
      subject text NOT NULL,
      body text NOT NULL,
      documents jsonb NOT NULL,      -- [{name, path}]
      written_on date NOT NULL,
      written_at timestamptz NOT NULL,
      correlation uuid,
      state text NOT NULL DEFAULT 'waiting' CHECK (state IN ('waiting', 'delivered', 'failed')),
      attempts integer NOT NULL DEFAULT 0,
      -- Taken until then by whoever delivers it: if nobody says what became of it, it is taken again.
      next_at timestamptz NOT NULL,
      settled_at timestamptz,
      -- A code, never the words of a mail server: they repeat the address.
      failure text
    );
    CREATE INDEX outgoing_message_waiting ON outgoing_message (channel, next_at) WHERE state = 'waiting';
    CREATE INDEX outgoing_message_of_account ON outgoing_message (account, written_at);`,
};
