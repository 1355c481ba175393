import type { Migration } from '@isu/messaging';

export const mergedAccounts: Migration = {
  name: 'collection-0011-merged-accounts',
  why: 'Money of an account that was withdrawn for another of the same person goes on there, under the same reference of the partner (S3).',
  sql: `
    ALTER TABLE payment ADD COLUMN moved_from uuid REFERENCES payment;
    CREATE UNIQUE INDEX payment_moved_from ON payment (moved_from) WHERE moved_from IS NOT NULL;
    -- The partner's reference is one sum of money: where it stands later is no second one.
    ALTER TABLE payment DROP CONSTRAINT payment_partner_reference_key;
    CREATE UNIQUE INDEX payment_reference ON payment (partner, reference) WHERE moved_from IS NULL;`,
};
