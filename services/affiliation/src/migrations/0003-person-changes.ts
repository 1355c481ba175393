import { rowScopeSql } from '@isu/chassis';
import type { Migration } from '@isu/messaging';

/**
 * A change is written once and never edited: what was true on a day, as known on another, is folded from these rows. Those of
 * people registered before are made of their row when they are first needed.
 */
export const personChanges: Migration = {
  name: 'affiliation-0003-person-changes',
  why: 'Every change of a person’s situation, with the day it took effect, when we learned it, who said so and why (I7).',
  sql: `
    CREATE TABLE person_change (
      account char(13) NOT NULL REFERENCES insured_person,
      version int NOT NULL CHECK (version >= 1),
      subject text NOT NULL,
      change text NOT NULL,
      effective_on date NOT NULL,
      learned_at timestamptz NOT NULL,
      by_sub text NOT NULL,
      -- Null for those registered before this was kept.
      by_org text,
      by_role text,
      reason text,
      detail jsonb NOT NULL,
      PRIMARY KEY (account, version)
    );
    ${rowScopeSql('person_change')}

    -- The next day on which a change said in advance comes into force: the person's row then shows it.
    ALTER TABLE insured_person ADD COLUMN next_change_on date;
    CREATE INDEX insured_person_next_change ON insured_person (next_change_on) WHERE next_change_on IS NOT NULL;

    -- Acts that one agent proposes and another decides (four eyes): to another caisse, into another account.
    CREATE TABLE proposal (
      id uuid PRIMARY KEY,
      account char(13) NOT NULL REFERENCES insured_person,
      kind text NOT NULL CHECK (kind IN ('fund-change', 'merge')),
      content jsonb NOT NULL,
      reason text NOT NULL,
      proposed_at timestamptz NOT NULL,
      proposed_by text NOT NULL,
      state text NOT NULL CHECK (state IN ('proposed', 'accepted', 'refused')),
      decided_at timestamptz,
      decided_by text CHECK (decided_by <> proposed_by),
      decision_reason text
    );
    CREATE UNIQUE INDEX proposal_open ON proposal (account, kind) WHERE state = 'proposed';
    CREATE INDEX proposal_account ON proposal (account, proposed_at);
    ${rowScopeSql('proposal')}`,
};
