import type { DataSource, EntityManager } from 'typeorm';
import type { AgentNames as Names } from '../face/desk-file.js';

/** How agents are called who have come in here: to a colleague a name says more than what their issuer numbers them by. */
export class AgentNames {
  constructor(private readonly db: DataSource) {}

  async note(tx: Pick<EntityManager, 'query'>, subject: string, name: string): Promise<void> {
    await tx.query(
      `INSERT INTO agent_name (subject, name) VALUES ($1, $2)
       ON CONFLICT (subject) DO UPDATE SET name = excluded.name WHERE agent_name.name <> excluded.name`,
      [subject, name],
    );
  }

  /** Of those among the subjects that are known; a subject may be null where nobody acted. */
  async of(subjects: readonly (string | null | undefined)[]): Promise<Names> {
    const asked = [...new Set(subjects.filter((subject) => typeof subject === 'string'))];
    if (asked.length === 0) return {};
    const rows = (await this.db.query('SELECT subject, name FROM agent_name WHERE subject = ANY($1)', [asked])) as {
      subject: string;
      name: string;
    }[];
    return Object.fromEntries(rows.map(({ subject, name }) => [subject, name]));
  }
}
