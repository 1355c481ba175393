import type { Migration } from '@isu/messaging';

export const credits: Migration = {
  name: 'collection-0012-credits',
  why: 'Since when money is credit, and what of it was given back.',
  sql: `
    ALTER TABLE payment
      -- What was given back to the person of it, or is on its way.
      ADD COLUMN refunded numeric(14,2) NOT NULL DEFAULT 0 CHECK (refunded BETWEEN 0 AND amount),
      -- The day on which its credit appeared, while it has any.
      ADD COLUMN credit_since date,
      DROP CONSTRAINT payment_check,
      -- Negative is owed to us: refunded, and then taken back by the bank that had paid.
      ADD CONSTRAINT payment_credit CHECK (credit BETWEEN -refunded AND amount);
    UPDATE payment SET credit_since = accounting_day WHERE credit > 0;
    DROP INDEX payment_with_credit;
    CREATE INDEX payment_with_credit ON payment (account) WHERE credit <> 0;
    CREATE INDEX payment_credit_since ON payment (credit_since, account) WHERE credit > 0;`,
};
