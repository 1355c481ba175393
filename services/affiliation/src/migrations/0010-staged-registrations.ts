import type { Migration } from '@isu/messaging';

export const stagedRegistrations: Migration = {
  name: 'affiliation-0010-staged-registrations',
  why: 'People registered in numbers are laid here by COPY, which row-level security keeps out of their tables, and taken on from here in the same transaction: it is always empty between two.',
  sql: `
    CREATE UNLOGGED TABLE staged_registration (
      intake uuid NOT NULL,
      account char(13) NOT NULL,
      person_id uuid NOT NULL,
      group_code text NOT NULL,
      regime text NOT NULL,
      fund char(2) NOT NULL,
      department text NOT NULL,
      started_on date NOT NULL,
      siret char(14),
      activity text,
      naf text,
      nir_status text NOT NULL,
      nir_index bytea NOT NULL,
      nir_sealed bytea NOT NULL,
      identity_sealed bytea NOT NULL,
      family_name_index bytea NOT NULL,
      full_name_index bytea NOT NULL,
      email_index bytea,
      -- What was said of the person first: the rows of person_change.
      changes json NOT NULL,
      PRIMARY KEY (intake, account)
    );`,
};
