import { refuse as standard, setScope, type Access, type ServiceContext } from '@isu/chassis';
import type { Group } from '@isu/contracts';
import type { AccountNumber, Day } from '@isu/values';
import type { EntityManager } from 'typeorm';
import { v7 } from 'uuid';
import { fundOfCode } from '../funds/fund.js';
import { findPerson } from '../insured-persons/insured-person.table.js';
import { refuse } from '../refusals.js';

/** Something that a caisse tells its insured (F8). */
export interface News {
  readonly id: string;
  readonly fund: string;
  readonly title: string;
  readonly text: string;
  /** Only for these groups; null for all. */
  readonly groups: readonly Group[] | null;
  readonly until: string | null;
  readonly publishedAt: string;
}

export interface Publishing {
  readonly title: string;
  readonly text: string;
  readonly groups: readonly Group[] | null;
  readonly until: Day | null;
}

const columns = `id, fund, title, body AS text, groups, to_char(until, 'YYYY-MM-DD') AS until,
  to_char(published_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') AS "publishedAt"`;
const shown = `fund = $1 AND withdrawn_at IS NULL AND (until IS NULL OR until >= $2)`;
const mostShown = 50;

type Context = Pick<ServiceContext, 'db' | 'clock'>;

export class NewsService {
  constructor(
    private readonly context: Context,
    private readonly newId: () => string = v7,
  ) {}

  /** Published by an agent of the caisse, and read at once by its insured. */
  async publish(tx: EntityManager, fund: string, { title, text, groups, until }: Publishing, { subject }: Access): Promise<News> {
    mustExist(fund);
    const publishedAt = this.context.clock.recordedAt();
    const news: News = { id: this.newId(), fund, title, text, groups, until: until?.iso ?? null, publishedAt };
    await tx.query(
      'INSERT INTO fund_news (id, fund, title, body, groups, until, published_at, published_by) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)',
      [news.id, fund, title, text, groups, news.until, publishedAt, subject.sub],
    );
    return news;
  }

  /** Taken back: nobody reads it from now on. */
  async withdraw(tx: EntityManager, fund: string, id: string, { subject }: Access): Promise<News> {
    mustExist(fund);
    const [rows] = (await tx.query(
      `UPDATE fund_news SET withdrawn_at = $3, withdrawn_by = $4 WHERE id = $2 AND fund = $1 AND withdrawn_at IS NULL RETURNING ${columns}`,
      [fund, id, this.context.clock.recordedAt(), subject.sub],
    )) as [News[], number];
    if (!rows[0]) throw standard('not-found');
    return rows[0];
  }

  async ofFund(fund: string): Promise<News[]> {
    mustExist(fund);
    return this.context.db.query(
      `SELECT ${columns} FROM fund_news WHERE ${shown} ORDER BY published_at DESC, id LIMIT ${String(mostShown)}`,
      [fund, this.context.clock.today().iso],
    );
  }

  /** What the person's own caisse tells people of their group, the latest first. */
  async ofPerson(account: AccountNumber, access: Access): Promise<News[]> {
    return this.context.db.transaction(async (tx) => {
      await setScope(tx, access.reach);
      const person = await findPerson(tx, account.toString());
      if (!person) throw standard('not-found');
      return tx.query(
        `SELECT ${columns} FROM fund_news WHERE ${shown} AND (groups IS NULL OR $3 = ANY(groups))
          ORDER BY published_at DESC, id LIMIT ${String(mostShown)}`,
        [person.fund, this.context.clock.today().iso, person.group],
      );
    });
  }
}

function mustExist(fund: string): void {
  if (!fundOfCode(fund)) throw refuse('unknown-fund');
}
