import type { Migration } from '@isu/messaging';

export const returnedDueDates: Migration = {
  name: 'collection-0026-returned-due-dates',
  why: 'What is done about a debit that comes back rests on how often its due dates came back before: all debits were read for it, each time.',
  sql: `
    -- Two in a hundred: those of a due date that are under way or paid are found by debited_once.
    CREATE INDEX debited_returned ON debited_instalment (account, instalment) WHERE returned;`,
};
