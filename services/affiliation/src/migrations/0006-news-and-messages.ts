import { rowScopeSql } from '@isu/chassis';
import type { Migration } from '@isu/messaging';

export const newsAndMessages: Migration = {
  name: 'affiliation-0006-news-and-messages',
  why: 'What a caisse tells its insured, and what they write to it: each with the instant at which it was there.',
  sql: `
    CREATE TABLE fund_news (
      id uuid PRIMARY KEY,
      fund char(2) NOT NULL,
      title text NOT NULL,
      body text NOT NULL,
      -- Only for these groups; null for all.
      groups text[],
      until date,
      published_at timestamptz NOT NULL,
      published_by text NOT NULL,
      withdrawn_at timestamptz,
      withdrawn_by text
    );
    CREATE INDEX fund_news_shown ON fund_news (fund, published_at DESC) WHERE withdrawn_at IS NULL;

    CREATE SEQUENCE fund_message_number;
    CREATE TABLE fund_message (
      reference text PRIMARY KEY,
      account char(13) NOT NULL REFERENCES insured_person,
      fund char(2) NOT NULL,
      subject text NOT NULL,
      text_sealed bytea NOT NULL,
      received_at timestamptz NOT NULL,
      answer_sealed bytea,
      answered_at timestamptz,
      answered_by text
    );
    CREATE INDEX fund_message_waiting ON fund_message (fund, received_at) WHERE answered_at IS NULL;
    CREATE INDEX fund_message_account ON fund_message (account, received_at);
    ${rowScopeSql('fund_message')}`,
};
