import { rowScopeByHolderSql } from '@isu/chassis';
import type { Migration } from '@isu/messaging';

const tables = [
  ...['insured_person', 'bank_details', 'person_change', 'proposal', 'establishment', 'contact', 'mandate'],
  ...['strike_off', 'fund_message', 'acre_request', 'former_nir', 'dependant'],
];

export const rowsFollowTheHolder: Migration = {
  name: 'affiliation-0008-rows-follow-the-holder',
  why: 'After a transfer the rows of a person are seen by the agents of the caisse that holds them, and no longer by those of the caisse that opened the account (I9).',
  sql: tables.map(rowScopeByHolderSql).join('\n'),
};
