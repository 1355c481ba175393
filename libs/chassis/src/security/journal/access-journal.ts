import type { BusinessClock } from '@isu/values';
import type { EntityManager } from 'typeorm';
import type { Operation } from '../policy/operations.js';
import type { Subject } from '../tokens/claims.js';

export type AccessOutcome = 'shown' | 'masked' | 'nobody-found';

/** Who used whose personal data, for whom, where, why, when. */
export interface AccessEntry {
  readonly id: string;
  readonly recordedAt: string;
  readonly wallAt: string;
  readonly sub: string;
  readonly org: string;
  readonly role: string;
  readonly funds: readonly string[];
  readonly via: readonly string[];
  readonly purpose: string;
  readonly operation: string;
  readonly account: string | null;
  readonly correlation: string;
  readonly outcome: AccessOutcome;
}

export interface AccessToJournal {
  readonly subject: Subject;
  readonly purpose: string;
  readonly operation: Operation;
  /** One entry for each; `[null]` for a list, or for a search that found nobody. */
  readonly accounts: readonly (string | null)[];
  readonly correlation: string;
  readonly outcome: AccessOutcome;
}

/** A TypeORM `DataSource` or `EntityManager`. */
export type Sql = Pick<EntityManager, 'query'>;

export const entryColumns = `e.id, e.recorded_at AS "recordedAt", e.wall_at AS "wallAt", e.sub, e.org, e.role, e.funds, e.via, e.purpose,
  e.operation, e.account, e.correlation, e.outcome`;

/** Writes and shows the journal. Sealing is a worker's (`sealing.ts`): it must not make a reader wait for another. */
export class AccessJournal {
  constructor(
    readonly db: Sql,
    private readonly clock: BusinessClock,
  ) {}

  /** Resolves once the entries are kept. The guard awaits it before anything is shown: no entry, no answer. */
  async record({ subject, purpose, operation, accounts, correlation, outcome }: AccessToJournal): Promise<void> {
    await this.db.query(
      `WITH entry AS (
         INSERT INTO access_journal (recorded_at, wall_at, sub, org, role, funds, via, purpose, operation, account, correlation, outcome)
         SELECT $1, $2, $3, $4, $5, $6, $7, $8, $9, account, $10, $11 FROM unnest($12::text[]) AS account
         RETURNING id)
       INSERT INTO access_unsealed SELECT id FROM entry`,
      [
        this.clock.recordedAt(),
        this.clock.now().toISOString(),
        subject.sub,
        subject.org,
        subject.role,
        subject.funds,
        subject.via,
        purpose,
        operation,
        correlation,
        outcome,
        accounts,
      ],
    );
  }

  /** The organisation of whoever carried an operation out on this account, by correlation; who acts on their own account has no entry. */
  async organisationsOf(account: string, operation: Operation, correlations: readonly string[]): Promise<Map<string, string>> {
    const rows = (await this.db.query(
      `SELECT DISTINCT e.correlation, e.org FROM access_journal e WHERE e.account = $1 AND e.operation = $2 AND e.correlation = ANY($3)`,
      [account, operation, correlations],
    )) as { correlation: string; org: string }[];
    return new Map(rows.map(({ correlation, org }) => [correlation, org]));
  }

  /** Who has looked at this account, latest first; `before` is the id of the last entry already shown. */
  async entriesOf(account: string, { before, limit = 50 }: { before?: string; limit?: number } = {}): Promise<AccessEntry[]> {
    const rows: unknown[] = await this.db.query(
      `SELECT ${entryColumns} FROM access_journal e WHERE e.account = $1 AND ($2::bigint IS NULL OR e.id < $2) ORDER BY e.id DESC LIMIT $3`,
      [account, before ?? null, limit],
    );
    return rows.map(toEntry);
  }
}

/** The driver gives instants as `Date`; an entry has them as the text that is hashed. */
export function toEntry(row: unknown): AccessEntry {
  const { recordedAt, wallAt, ...rest } = row as Omit<AccessEntry, 'recordedAt' | 'wallAt'> & { recordedAt: Date; wallAt: Date };
  return { ...rest, recordedAt: recordedAt.toISOString(), wallAt: wallAt.toISOString() };
}
