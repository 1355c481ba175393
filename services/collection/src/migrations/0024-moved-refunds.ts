import type { Migration } from '@isu/messaging';

export const movedRefunds: Migration = {
  name: 'collection-0024-moved-refunds',
  why: 'A refund goes with its money when two accounts become one; the bank goes on naming it by the account that was withdrawn.',
  sql: `
    CREATE TABLE refund_former_name (
      account text COLLATE "C" NOT NULL,
      number integer NOT NULL,
      -- Its id follows from where it goes: merged once more, it is another one again.
      refund uuid NOT NULL REFERENCES refund ON UPDATE CASCADE,
      PRIMARY KEY (account, number)
    );
    CREATE INDEX refund_former_name_refund ON refund_former_name (refund);`,
};
