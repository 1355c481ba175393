import type { Migration } from '@isu/messaging';

/**
 * Names and e-mails stay sealed: what is added are their blind indexes, which find an equal value and tell nothing else. Those of
 * people registered before are worked out when the service starts (`search-keys-worker.ts`): the key is not in the database.
 * A SIRET is printed on every invoice and published in the national register: it is kept as it is.
 */
export const findingAPerson: Migration = {
  name: 'affiliation-0002-finding-a-person',
  why: 'The activity of a person, and the ways to find them beside the NIR: name, SIRET, e-mail.',
  sql: `
    ALTER TABLE insured_person
      ADD COLUMN siret char(14) CHECK (siret ~ '^[0-9]{14}$'),
      ADD COLUMN activity text,
      ADD COLUMN naf text,
      -- Null until worked out, and for ever once the person's key is erased.
      ADD COLUMN family_name_index bytea,
      ADD COLUMN full_name_index bytea,
      ADD COLUMN email_index bytea;
    CREATE INDEX insured_person_siret ON insured_person (siret) WHERE siret IS NOT NULL;
    CREATE INDEX insured_person_family_name ON insured_person (family_name_index, account);
    CREATE INDEX insured_person_full_name ON insured_person (full_name_index, account);
    CREATE INDEX insured_person_without_keys ON insured_person (account) WHERE family_name_index IS NULL;`,
};
