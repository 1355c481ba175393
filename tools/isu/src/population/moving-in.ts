import { createHash } from 'node:crypto';
import { SaidNo, type Asker, type SystemClient } from '../system-client.js';
import type { InventedPerson } from './person.js';

/** A person of the population, once affiliated. */
export interface Inhabitant {
  readonly person: InventedPerson;
  readonly account: string;
}

const operator: Asker = { role: 'operator' };
export const agent: Asker = { role: 'agent-national', org: 'rsi', purpose: 'Peuplement par la ligne de commande isu' };
const files = '/api/affiliation/v1/cfe-files';
const atMost = 10_000;

/** A centre of its own for each seed: its formalities are the same whenever they are told again. */
const centreOf = (seed: number): string => `population-${String(seed)}`;

interface FileState {
  readonly number: number;
  readonly digest: string;
}

/**
 * Affiliates people by the door of the formalities centres: files of creations. Told again, a formality is a duplicate that says its
 * account, so that the same seed finds its people again.
 */
export async function moveIn(client: SystemClient, people: readonly InventedPerson[], { seed, date }: { seed: number; date: string }) {
  let last = await lastFile(client, seed);
  const inhabitants: Inhabitant[] = [];
  const refused: string[] = [];
  for (let from = 0; from < people.length; from += atMost) {
    const some = people.slice(from, from + atMost);
    const file = creations(some, { seed, date, last });
    await client.ask('POST', files, { as: operator, content: file.text, headers: { 'content-type': 'application/x-ndjson' } });
    last = { number: (last?.number ?? 0) + 1, digest: file.digest };
    for (const { line, account, code } of await outcomesOf(client, seed, last.number)) {
      const person = some[line - 2];
      if (person && account !== null) inhabitants.push({ person, account });
      else refused.push(code ?? 'refused');
    }
  }
  return { inhabitants, refused };
}

async function lastFile(client: SystemClient, seed: number): Promise<FileState | null> {
  let found: FileState | null = null;
  for (let number = 1; ; number += 1) {
    const next = await client
      .get<{ digest: string }>(`${files}/${centreOf(seed)}/${String(number)}`, operator)
      .catch((error: unknown) => (error instanceof SaidNo && error.status === 404 ? null : Promise.reject(error as Error)));
    if (!next) return found;
    found = { number, digest: next.body.digest };
  }
}

function creations(
  people: readonly InventedPerson[],
  { seed, date, last }: { seed: number; date: string; last: FileState | null },
): { text: string; digest: string } {
  const header = {
    ...{ type: 'header', format: 'isu-cfe/1', centre: centreOf(seed), number: (last?.number ?? 0) + 1, businessDate: date },
    ...{ previousDigest: last?.digest ?? null, createdAt: `${date}T06:00:00Z` },
  };
  const lines = people.map(
    ({ rank, nir, familyName, givenNames, birthDate, register, regime, startedOn, department, activity, email }) => ({
      ...{ type: 'creation', reference: `P0-${String(rank)}`, nir, familyName, givenNames, birthDate },
      ...{ register, regime, startedOn, department, activity, email },
    }),
  );
  const body = [header, ...lines].map((line) => `${JSON.stringify(line)}\n`).join('');
  const digest = createHash('sha256').update(body).digest('hex');
  return { digest, text: `${body}${JSON.stringify({ type: 'trailer', count: lines.length, digest })}\n` };
}

interface LineOutcome {
  readonly line: number;
  readonly account: string | null;
  readonly code: string | null;
}

async function outcomesOf(client: SystemClient, seed: number, number: number): Promise<LineOutcome[]> {
  const lines: LineOutcome[] = [];
  for (let after: number | null = 0; after !== null;) {
    const page: { lines: LineOutcome[]; next: number | null } = (
      await client.get<{ lines: LineOutcome[]; next: number | null }>(
        `${files}/${centreOf(seed)}/${String(number)}/lines?after=${String(after)}`,
        operator,
      )
    ).body;
    lines.push(...page.lines);
    after = page.next;
  }
  return lines;
}
