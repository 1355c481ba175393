import { rowScopeSql } from '@isu/chassis';
import type { Migration } from '@isu/messaging';

export const businessesContactsMandates: Migration = {
  name: 'affiliation-0004-businesses-contacts-mandates',
  why: 'Every establishment finds its person, corrected contacts keep their versions sealed, direct debits rest on a signed mandate.',
  sql: `
    -- Numbers of the public register, kept as they are: what is searched by. The list itself is folded from person_change.
    CREATE TABLE establishment (
      account char(13) NOT NULL REFERENCES insured_person,
      siret char(14) NOT NULL CHECK (siret ~ '^[0-9]{14}$'),
      siren char(9) NOT NULL GENERATED ALWAYS AS (left(siret, 9)) STORED,
      PRIMARY KEY (account, siret)
    );
    CREATE INDEX establishment_siret ON establishment (siret);
    CREATE INDEX establishment_siren ON establishment (siren, account);
    SELECT set_config('app.scope', 'everything', true);
    INSERT INTO establishment (account, siret) SELECT account, siret FROM insured_person WHERE siret IS NOT NULL;
    ${rowScopeSql('establishment')}

    CREATE TABLE contact (
      account char(13) NOT NULL REFERENCES insured_person,
      version int NOT NULL CHECK (version >= 1),
      contact_sealed bytea NOT NULL,
      recorded_at timestamptz NOT NULL,
      recorded_by text NOT NULL,
      recorded_org text,
      PRIMARY KEY (account, version)
    );
    ${rowScopeSql('contact')}

    CREATE TABLE mandate (
      rum text PRIMARY KEY CHECK (rum ~ '^[A-Z0-9][A-Z0-9-]{0,34}$'),
      account char(13) NOT NULL REFERENCES insured_person,
      number int NOT NULL CHECK (number >= 1),
      ics text NOT NULL,
      -- Digest of the text that was signed, and who signed it, when, through whom: the evidence of the act.
      text_digest char(64) NOT NULL,
      evidence jsonb NOT NULL,
      bank_details_version int NOT NULL,
      signed_on date NOT NULL,
      signed_at timestamptz NOT NULL,
      revoked_on date CHECK (revoked_on >= signed_on),
      revoked_at timestamptz,
      revoked_by text,
      revocation_reason text,
      UNIQUE (account, number)
    );
    CREATE UNIQUE INDEX mandate_in_force ON mandate (account) WHERE revoked_on IS NULL;
    ${rowScopeSql('mandate')}`,
};
