import type { EntityManager } from 'typeorm';

export interface Violation {
  /** The rule broken, in words. */
  rule: string;
  /** The entry, book or day that breaks it. */
  subject: string;
}

/** Proves the books from the rows alone; a sound ledger gives none. All books and closed days, or one book. */
export function violations(tx: EntityManager, holder: string | null = null): Promise<Violation[]> {
  return tx.query(`SELECT DISTINCT rule, subject FROM ledger_violations($1) ORDER BY rule, subject`, [holder]);
}
