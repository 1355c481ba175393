import type { Migration } from '@isu/messaging';

export const whoseSpouse: Migration = {
  name: 'affiliation-0011-whose-spouse',
  why: 'A collaborating spouse sees on whose account they are called: found by the spouse among what was said of the heads.',
  sql: `CREATE INDEX fact_spouse ON fact ((envelope->'data'->>'spouseAccount')) WHERE type = 'affiliation.spouse-linked.v1';`,
};
