import type { Migration } from '@isu/messaging';

export const money: Migration = {
  name: 'urssaf-sync-0002-money',
  why: 'Money that partners told of: once per partner and reference, once through whichever door, kept even when nobody is known to own it.',
  sql: `
    CREATE TABLE known_account (account text COLLATE "C" PRIMARY KEY);

    CREATE TABLE payment (
      id uuid PRIMARY KEY,
      partner text NOT NULL,
      reference text NOT NULL,
      content text NOT NULL,
      flow text NOT NULL,
      batch text NOT NULL,
      line integer NOT NULL,
      -- As the partner wrote it, which may be no account of ours; empty when a bank line names none.
      account text COLLATE "C" NOT NULL,
      amount numeric(14,2) NOT NULL CHECK (amount > 0),
      value_on date NOT NULL,
      means text NOT NULL,
      payment_reference text,
      bank_reference text,
      end_to_end text,
      allocation jsonb,
      state text NOT NULL CHECK (state IN ('to-be-matched', 'reported', 'duplicate')),
      -- Our payment-reported, once the account is known.
      fact uuid UNIQUE,
      -- The same money, told first by another partner; each partner tells of it once.
      twin_of uuid REFERENCES payment,
      correlation uuid NOT NULL,
      UNIQUE (partner, reference),
      UNIQUE (twin_of, partner),
      CHECK ((state = 'reported') = (fact IS NOT NULL)),
      CHECK ((state = 'duplicate') = (twin_of IS NOT NULL))
    );
    CREATE INDEX payment_bank_reference ON payment (bank_reference) WHERE bank_reference IS NOT NULL;
    CREATE INDEX payment_end_to_end ON payment (end_to_end) WHERE end_to_end IS NOT NULL;
    CREATE INDEX payment_to_be_matched ON payment (account) WHERE state = 'to-be-matched';

    CREATE TABLE reversal (
      id uuid PRIMARY KEY,
      partner text NOT NULL,
      reference text NOT NULL,
      content text NOT NULL,
      flow text NOT NULL,
      batch text NOT NULL,
      line integer NOT NULL,
      reverses text NOT NULL,
      -- A bank names what it returns by the bank's references, whoever told of the payment.
      by_bank_reference boolean NOT NULL,
      amount numeric(14,2) NOT NULL CHECK (amount > 0),
      value_on date NOT NULL,
      reason text NOT NULL,
      state text NOT NULL CHECK (state IN ('waiting', 'reported', 'refused')),
      payment uuid REFERENCES payment,
      fact uuid UNIQUE,
      correlation uuid NOT NULL,
      UNIQUE (partner, reference),
      CHECK ((state = 'reported') = (fact IS NOT NULL))
    );
    CREATE UNIQUE INDEX reversal_of_payment ON reversal (payment) WHERE state <> 'refused';
    CREATE INDEX reversal_waiting ON reversal (reverses) WHERE state = 'waiting';

    -- Lines that moved nothing: other content under a known reference, or what the trade refuses.
    CREATE TABLE rejected_line (
      partner text NOT NULL,
      reference text NOT NULL,
      content text NOT NULL,
      outcome text NOT NULL CHECK (outcome IN ('conflict', 'refused')),
      reason text NOT NULL,
      flow text NOT NULL,
      batch text NOT NULL,
      line integer NOT NULL,
      anomaly uuid,
      PRIMARY KEY (partner, reference, content)
    );`,
};
