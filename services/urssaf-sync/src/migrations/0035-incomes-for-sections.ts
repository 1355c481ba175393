import type { Migration } from '@isu/messaging';

export const incomesForSections: Migration = {
  name: 'urssaf-sync-0035-incomes-for-sections',
  why: 'The incomes of the professions libérales are told to their pension sections too: those that were recorded before wait now.',
  sql: `
    INSERT INTO outgoing_line (partner, flow, fact, author, account, seq, known_on)
      SELECT 'cnavpl', 'incomes-out', f.id, f.author, f.stream, f.seq, (f.recorded_at AT TIME ZONE 'Europe/Paris')::date
        FROM fact f JOIN (
          SELECT DISTINCT ON (stream) stream, envelope->'data'->>'group' AS "group" FROM fact
           WHERE author = 'affiliation' AND type IN ('affiliation.registered.v1', 'affiliation.status-changed.v1')
           ORDER BY stream, seq DESC) last ON last.stream = f.stream AND last."group" = 'profession-liberale'
       WHERE f.author = 'collection' AND f.type = 'collection.income-recorded.v1'
      ON CONFLICT DO NOTHING;`,
};
