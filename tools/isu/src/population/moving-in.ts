import { createHash } from 'node:crypto';
import { SaidNo, type Asker, type SystemClient } from '../system-client.js';
import type { Formality } from './formalities.js';
import { creationOf } from './formalities.js';
import type { InventedPerson } from './person.js';

/** A person of the population, once affiliated. */
export interface Inhabitant {
  readonly person: InventedPerson;
  readonly account: string;
}

export const agent: Asker = { role: 'agent-national', org: 'rsi', purpose: 'Peuplement par la ligne de commande isu' };
const operator: Asker = { role: 'operator' };
const files = '/api/affiliation/v1/cfe-files';
const linesInFile = 10_000;
const outcomesAtATime = 500;

interface FileState {
  readonly number: number;
  readonly digest: string;
}

/** What became of a line, in the order of the file. */
export interface LineOutcome {
  readonly line: number;
  readonly account: string | null;
  readonly code: string | null;
}

/**
 * The door of the formalities centres, which affiliates in numbers. Told again under its reference, a formality is a duplicate that says its
 * account: the same people are found again, and nothing is done twice.
 */
export class FormalitiesCentre {
  private last: FileState | null | undefined;

  constructor(
    private readonly client: SystemClient,
    private readonly centre: string,
  ) {}

  /** A centre of its own for each seed: its formalities are the same whenever they are told again. */
  static ofSeed(client: SystemClient, seed: number): FormalitiesCentre {
    return new FormalitiesCentre(client, `population-${String(seed)}`);
  }

  async tell(lines: readonly Formality['line'][], date: string): Promise<LineOutcome[]> {
    const outcomes: LineOutcome[] = [];
    for (let from = 0; from < lines.length; from += linesInFile)
      outcomes.push(...(await this.send(lines.slice(from, from + linesInFile), date)));
    return outcomes;
  }

  private async send(lines: readonly Formality['line'][], date: string): Promise<LineOutcome[]> {
    this.last ??= await this.lastFile();
    const number = (this.last?.number ?? 0) + 1;
    const header = {
      ...{ type: 'header', format: 'isu-cfe/1', centre: this.centre, number, businessDate: date },
      ...{ previousDigest: this.last?.digest ?? null, createdAt: `${date}T06:00:00Z` },
    };
    const body = [header, ...lines].map((line) => `${JSON.stringify(line)}\n`).join('');
    const digest = createHash('sha256').update(body).digest('hex');
    const content = `${body}${JSON.stringify({ type: 'trailer', count: lines.length, digest })}\n`;
    await this.client.ask('POST', files, { as: operator, content, headers: { 'content-type': 'application/x-ndjson' } });
    this.last = { number, digest };
    return this.outcomesOf(number);
  }

  private async lastFile(): Promise<FileState | null> {
    let found: FileState | null = null;
    for (let number = 1; ; number += 1) {
      const next = await this.client
        .get<{ digest: string }>(`${files}/${this.centre}/${String(number)}`, operator)
        .catch((error: unknown) => (error instanceof SaidNo && error.status === 404 ? null : Promise.reject(error as Error)));
      if (!next) return found;
      found = { number, digest: next.body.digest };
    }
  }

  private async outcomesOf(number: number): Promise<LineOutcome[]> {
    const lines: LineOutcome[] = [];
    for (let after: number | null = 0; after !== null;) {
      const query = `after=${String(after)}&limit=${String(outcomesAtATime)}`;
      const page: { lines: LineOutcome[]; next: number | null } = (
        await this.client.get<{ lines: LineOutcome[]; next: number | null }>(
          `${files}/${this.centre}/${String(number)}/lines?${query}`,
          operator,
        )
      ).body;
      lines.push(...page.lines);
      after = page.next;
    }
    return lines;
  }
}

/** Affiliates people; those who are there already are found again. */
export async function moveIn(centre: FormalitiesCentre, people: readonly InventedPerson[], date: string) {
  const outcomes = await centre.tell(
    people.map((person) => creationOf(person).line),
    date,
  );
  const inhabitants: Inhabitant[] = [];
  const refused: string[] = [];
  outcomes.forEach(({ account, code }, rank) => {
    const person = people[rank];
    if (person && account !== null) inhabitants.push({ person, account });
    else refused.push(code ?? 'refused');
  });
  return { inhabitants, refused };
}
