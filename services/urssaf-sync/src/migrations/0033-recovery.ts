import type { Migration } from '@isu/messaging';

export const recovery: Migration = {
  name: 'urssaf-sync-0033-recovery',
  why: 'Surcharges for lateness are told to Urssaf, and stand in both books: those that were applied before wait now, and their accounts are balanced anew.',
  sql: `
    INSERT INTO outgoing_line (partner, flow, fact, author, account, seq, known_on)
      SELECT 'urssaf', 'recovery', id, author, stream, seq, (recorded_at AT TIME ZONE 'Europe/Paris')::date
        FROM fact
       WHERE type IN ('collection.surcharge-charged.v1', 'collection.surcharge-cancelled.v1', 'collection.surcharge-remitted.v1')
      ON CONFLICT DO NOTHING;

    INSERT INTO account_touch (stream) SELECT DISTINCT account FROM outgoing_line WHERE flow = 'recovery';`,
};
