import { authors, type Author, type Fact, type FactType, type Vector } from '@isu/contracts';
import type { Reading } from './fact-store.js';

/** A fact as this service holds it. */
export interface HeldFact {
  readonly fact: Fact;
  readonly digest: string;
  /** When this service got it, by its business clock; of its own facts, when it wrote them. ISO UTC. */
  readonly learnedAt: string;
}

interface HeldQuestion {
  /** Only what stands beyond these numbers. */
  readonly after?: Vector;
  readonly types?: readonly FactType[];
  readonly limit?: number;
}

/**
 * The facts of a stream in the order in which this service learned them; each author's in the order of their numbers, also where
 * one came late (a number that was given up and came after all), so that a vector says exactly how far one has read.
 */
export async function heldFacts(tx: Reading, stream: string, { after = {}, types, limit }: HeldQuestion = {}): Promise<HeldFact[]> {
  const rows = await tx.query<{ text: string; digest: string; learnedAt: string }[]>(
    `SELECT text, digest, to_char(received_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') AS "learnedAt" FROM (
       SELECT author, seq, type, envelope::text AS text, digest, received_at,
         max(received_at) OVER (PARTITION BY author ORDER BY seq) AS in_turn
       FROM fact WHERE author = ANY($1) AND stream = $2
     ) held
     WHERE seq > coalesce(($3::json ->> author)::bigint, 0) AND ($4::text[] IS NULL OR type = ANY($4))
     ORDER BY in_turn, author, seq LIMIT $5`,
    [authors, stream, JSON.stringify(after), types ?? null, limit ?? null],
  );
  return rows.map(({ text, ...held }) => ({ fact: JSON.parse(text) as Fact, ...held }));
}

/** How far one has read after these facts. */
export function vectorAfter(before: Vector, facts: readonly { readonly author: Author; readonly seq: number }[]): Vector {
  const vector = { ...before };
  for (const { author, seq } of facts) vector[author] = Math.max(vector[author] ?? 0, seq);
  return vector;
}
