import { rowScopeSql } from '@isu/chassis';
import type { Migration } from '@isu/messaging';

export const strikeOffs: Migration = {
  name: 'affiliation-0005-strike-offs',
  why: 'The procedure of ex-officio striking off (CSS L. 133-6-7-1): its delays are the person’s safeguard, so each step has its day.',
  sql: `
    CREATE TABLE strike_off (
      id uuid PRIMARY KEY,
      account char(13) NOT NULL REFERENCES insured_person,
      reason text NOT NULL,
      opened_on date NOT NULL,
      -- The last year with a known income; null when there is none.
      last_income_year smallint,
      bodies_until date NOT NULL,
      person_told_on date,
      proof text,
      person_until date,
      state text NOT NULL CHECK (state IN ('bodies', 'person', 'stopped', 'decided')),
      closed_on date,
      closed_because text,
      ended_on date,
      CHECK ((state = 'decided') = (ended_on IS NOT NULL))
    );
    CREATE UNIQUE INDEX strike_off_open ON strike_off (account) WHERE state IN ('bodies', 'person');
    CREATE INDEX strike_off_account ON strike_off (account, opened_on);
    ${rowScopeSql('strike_off')}`,
};
