import type { Migration } from '@isu/messaging';

export const anomaliesInOrder: Migration = {
  name: 'urssaf-sync-0022-anomalies-in-order',
  why: 'A cell sees the anomalies of the accounts that its caisse holds today: the list is read in its order, and filtered by who holds the account.',
  sql: `
    CREATE INDEX anomaly_open_in_order ON anomaly (opened_at, id) WHERE closed_at IS NULL;
    CREATE INDEX anomaly_closed_in_order ON anomaly (closed_at, id) WHERE closed_at IS NOT NULL;`,
};
