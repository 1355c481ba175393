import { rowScopeSql } from '@isu/chassis';
import type { Migration } from '@isu/messaging';

export const acreNirMerges: Migration = {
  name: 'affiliation-0007-acre-nir-merges',
  why: 'Silence accepts an ACCRE request on its day, a replaced NIR stays searchable, two accounts of one person become one.',
  sql: `
    CREATE TABLE acre_request (
      account char(13) NOT NULL REFERENCES insured_person,
      started_on date NOT NULL,
      requested_on date NOT NULL,
      -- Silence is acceptance from the day after.
      decide_by date NOT NULL,
      decision text CHECK (decision IN ('granted', 'refused')),
      decided_on date,
      by_silence boolean NOT NULL DEFAULT false,
      reason text,
      PRIMARY KEY (account, started_on)
    );
    CREATE INDEX acre_request_waiting ON acre_request (decide_by, account) WHERE decision IS NULL;
    ${rowScopeSql('acre_request')}

    -- Numbers that a person had before: by blind index, as the one in force.
    CREATE TABLE former_nir (
      nir_index bytea PRIMARY KEY,
      account char(13) NOT NULL REFERENCES insured_person,
      nir_sealed bytea NOT NULL,
      replaced_at timestamptz NOT NULL
    );
    CREATE INDEX former_nir_account ON former_nir (account);
    ${rowScopeSql('former_nir')}

    ALTER TABLE insured_person ADD COLUMN merged_into char(13) REFERENCES insured_person, ADD CHECK (merged_into <> account);
    CREATE INDEX insured_person_merged ON insured_person (merged_into) WHERE merged_into IS NOT NULL;

    CREATE TABLE dependant (
      id uuid PRIMARY KEY,
      account char(13) NOT NULL REFERENCES insured_person,
      identity_sealed bytea NOT NULL,
      reason text NOT NULL CHECK (reason IN ('child', 'adult-before-2016')),
      from_on date NOT NULL,
      until_on date NOT NULL CHECK (until_on >= from_on)
    );
    CREATE INDEX dependant_account ON dependant (account, from_on);
    ${rowScopeSql('dependant')}

    CREATE TABLE portal_opening (
      group_code text PRIMARY KEY CHECK (group_code IN ('artisan', 'commercant', 'profession-liberale')),
      opens_on date,
      set_at timestamptz NOT NULL,
      set_by text NOT NULL
    );`,
};
