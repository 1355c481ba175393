export const personKeyMigration = {
  name: 'security-0002-person-key',
  why: 'One data key per person, wrapped by a key outside the database: losing it erases the person’s fields everywhere, backups included.',
  sql: `
CREATE TABLE person_key (
  person_id uuid PRIMARY KEY,
  wrapped bytea,
  wrapped_by text,
  created_at timestamptz NOT NULL,
  erased_at timestamptz,
  CHECK ((wrapped IS NULL) = (erased_at IS NOT NULL) AND (wrapped IS NULL) = (wrapped_by IS NULL))
);
CREATE INDEX person_key_wrapped_by ON person_key (wrapped_by) WHERE wrapped IS NOT NULL;`,
};
