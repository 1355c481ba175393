import type { Migration } from '@isu/messaging';

/**
 * Said by the tables, so that it holds whoever writes: also a process of the release before, which does not see lines that wait in runs and
 * would take a batch for placed. It fails there, and the batch is finished by one of this release.
 */
export const wholeReceipts: Migration = {
  name: 'urssaf-sync-0044-whole-receipts',
  why: 'A receipt is written once each line of its file has its outcome, never before (R10).',
  sql: `
    CREATE FUNCTION receipt_of_a_whole_batch() RETURNS trigger LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
    BEGIN
      IF NEW.count <> (SELECT coalesce(sum(last_line - first_line + 1), 0) FROM line_outcome
                        WHERE partner = NEW.partner AND flow = NEW.flow AND number = NEW.number) THEN
        RAISE EXCEPTION 'A receipt is written once each line has its outcome.' USING ERRCODE = 'integrity_constraint_violation';
      END IF;
      RETURN NEW;
    END $$;
    CREATE TRIGGER whole BEFORE UPDATE OF receipt ON batch FOR EACH ROW WHEN (OLD.receipt IS NULL AND NEW.receipt IS NOT NULL)
      EXECUTE FUNCTION receipt_of_a_whole_batch();`,
};
