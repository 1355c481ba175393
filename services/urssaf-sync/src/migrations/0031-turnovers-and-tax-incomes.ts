import type { Migration } from '@isu/messaging';

export const turnoversAndTaxIncomes: Migration = {
  name: 'urssaf-sync-0031-turnovers-and-tax-incomes',
  why: 'Declarations of turnover and incomes that the tax office knows come through the border as declarations of income do.',
  sql: `
    ALTER TABLE declared_income
      ADD kind text NOT NULL DEFAULT 'declared' CHECK (kind IN ('declared', 'tax', 'turnover')),
      -- Of a turnover: the month or the quarter, and in which activity.
      ADD period text,
      ADD activity text,
      -- Nobody signs what the tax office tells.
      ALTER declarant DROP NOT NULL,
      ADD CHECK ((kind = 'turnover') = (period IS NOT NULL)),
      ADD CHECK ((period IS NULL) = (activity IS NULL));`,
};
