import type { Migration } from '@isu/messaging';

export const peopleToCall: Migration = {
  name: 'urssaf-sync-0045-people-to-call',
  why: 'Whoever was affiliated and is called for nothing sixty days later is looked for each evening, among those of one day (S4).',
  sql: `CREATE INDEX fact_registered ON fact (greatest((recorded_at AT TIME ZONE 'Europe/Paris')::date, effective_on)) WHERE type = 'affiliation.registered.v1';`,
};
