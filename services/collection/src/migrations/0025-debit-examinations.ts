import type { Migration } from '@isu/messaging';

export const debitExaminations: Migration = {
  name: 'collection-0025-debit-examinations',
  why: 'What an agent found about a debit that came back for a reason that does not say enough, and what waits for one.',
  sql: `
    CREATE TABLE debit_examination (
      end_to_end text COLLATE "C" PRIMARY KEY REFERENCES debit,
      action text NOT NULL,
      -- In the agent's words; it leaves this table for agents alone.
      reason text NOT NULL,
      examined_by text NOT NULL,
      examined_on date NOT NULL
    );
    -- Few, whatever their age: what nobody has looked at.
    CREATE INDEX debit_to_examine ON debit (returned_on, account) WHERE outcome IN ('to-examine', 'mandate-revoked');
    -- Few too: what was left to an online payment under way, and is debited if that comes to nothing.
    CREATE INDEX not_debited_paying_online ON not_debited (due_on) WHERE obstacle = 'paying-online';`,
};
