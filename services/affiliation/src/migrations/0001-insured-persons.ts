import { rowScopeSql } from '@isu/chassis';
import type { Migration } from '@isu/messaging';

export const insuredPersons: Migration = {
  name: 'affiliation-0001-insured-persons',
  why: 'The insured person and their bank details: what identifies is sealed, and rows are seen only within a scope.',
  sql: `
    CREATE TABLE fund_sequence (
      fund char(2) PRIMARY KEY,
      last_number bigint NOT NULL CHECK (last_number >= 0)
    );

    CREATE TABLE insured_person (
      account char(13) PRIMARY KEY,
      person_id uuid NOT NULL UNIQUE,
      group_code text NOT NULL CHECK (group_code IN ('artisan', 'commercant', 'profession-liberale')),
      regime text NOT NULL CHECK (regime IN ('common', 'micro-social')),
      fund char(2) NOT NULL,
      department text NOT NULL,
      started_on date NOT NULL,
      nir_status text NOT NULL CHECK (nir_status IN ('certified', 'provisional')),
      nir_index bytea NOT NULL UNIQUE,
      nir_sealed bytea NOT NULL,
      identity_sealed bytea NOT NULL,
      registered_at timestamptz NOT NULL,
      registered_by text NOT NULL
    );

    CREATE TABLE bank_details (
      account char(13) NOT NULL REFERENCES insured_person,
      version int NOT NULL CHECK (version >= 1),
      iban_sealed bytea NOT NULL,
      recorded_at timestamptz NOT NULL,
      recorded_by text NOT NULL,
      PRIMARY KEY (account, version)
    );
    ${rowScopeSql('insured_person')}
    ${rowScopeSql('bank_details')}`,
};
