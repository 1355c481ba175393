import type { Migration } from '@isu/messaging';

export const whatAffiliationSaid: Migration = {
  name: 'collection-0005-what-affiliation-said',
  why: 'Periods of activity, dated statuses, relief of starters, collaborating spouse and mandate: what an assessment or a calendar rests on.',
  sql: `
    -- What affiliation said beside the columns, as \`accounts/told.ts\` reads it; empty for nearly everybody.
    ALTER TABLE account ADD COLUMN told jsonb NOT NULL DEFAULT '{}';
    -- Whose turnovers are awaited: yearly and daily runs look at nobody else.
    CREATE INDEX account_of_micro ON account (account)
      WHERE opened_on IS NOT NULL AND (regime = 'micro-social' OR told ? 'statuses');`,
};
