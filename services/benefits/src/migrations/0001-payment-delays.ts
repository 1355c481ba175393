import type { Migration } from '@isu/messaging';

/** The id of the report is all that is kept of a payment: no account, no amount. */
export const paymentDelays: Migration = {
  name: 'benefits-0001-payment-delays',
  why: 'How long each payment took from the partner’s line to the rights it changes (N4), to be shown as it is.',
  sql: `
    CREATE TABLE payment_delay (
      report uuid PRIMARY KEY,
      known_at timestamptz NOT NULL,
      delay_ms bigint NOT NULL CHECK (delay_ms >= 0)
    );
    CREATE INDEX payment_delay_known ON payment_delay (known_at);`,
};
