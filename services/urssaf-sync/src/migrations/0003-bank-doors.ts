import type { Migration } from '@isu/messaging';

export const bankDoors: Migration = {
  name: 'urssaf-sync-0003-bank-doors',
  why: 'A booking of several transactions is told by one message in one sum and by another in detail; banks reject orders of ours.',
  sql: `
    ALTER TABLE payment ADD booking_reference text, ADD booking_total numeric(14,2),
      ADD CHECK ((booking_reference IS NULL) = (booking_total IS NULL));
    CREATE INDEX payment_booking ON payment (booking_reference, id) WHERE booking_reference IS NOT NULL;

    -- Orders that a bank rejected before any money moved: each is told once.
    CREATE TABLE rejected_order (
      partner text NOT NULL,
      reference text NOT NULL,
      content text NOT NULL,
      flow text NOT NULL,
      batch text NOT NULL,
      line integer NOT NULL,
      fact uuid NOT NULL UNIQUE,
      PRIMARY KEY (partner, reference)
    );`,
};
