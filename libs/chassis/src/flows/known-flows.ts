import { foldFlows, type Flows } from '@isu/account';
import type { FactStore } from '@isu/messaging';
import type { EntityManager } from 'typeorm';

/** A query surface: a transaction, or the `DataSource` for a read outside. */
type Reading = Pick<EntityManager, 'query'>;

/**
 * The partner flows as this service knows them: what standings and decisions rest on beside the account itself. A flow has
 * thousands of facts and changes a few times a day, so the last fold is kept until a vector moves.
 */
export class KnownFlows {
  private kept: { readonly vectors: string; readonly flows: Flows } | undefined;

  constructor(private readonly facts: FactStore) {}

  async read(tx: Reading): Promise<Flows> {
    // Account numbers are digits: 'a' keeps the search in the flow end of the index, whatever the collation.
    const heads = (await tx.query(
      `SELECT stream, author, max(seq) AS seq FROM fact WHERE stream >= 'a' AND stream LIKE 'flow/%' GROUP BY stream, author ORDER BY stream, author`,
    )) as { stream: string }[];
    const vectors = JSON.stringify(heads);
    if (this.kept?.vectors === vectors) return this.kept.flows;
    const streams = [...new Set(heads.map(({ stream }) => stream))];
    const flows = foldFlows([...(await this.facts.factsOfStreams(tx, streams)).values()].flat());
    this.kept = { vectors, flows };
    return flows;
  }
}
