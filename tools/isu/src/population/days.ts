import { setTimeout as pause } from 'node:timers/promises';
import { authors, type Author } from '@isu/contracts';
import type { Day } from '@isu/values';
import { WrongUsage } from '../exit-codes.js';
import { SaidNo, SystemUnreachable, type SystemClient } from '../system-client.js';

/** The business day of a demonstration system, which passes at the word of whoever sits at the machine: forwards only. */
export class DemonstrationDays {
  constructor(private readonly client: SystemClient) {}

  /** False for a day that is past already. */
  async moveTo(day: Day): Promise<boolean> {
    try {
      await this.client.ask('POST', `/demonstration/day/${day.iso}`, {
        as: { role: 'operator' },
        headers: { 'isu-demonstration': 'population' },
      });
      return true;
    } catch (error) {
      if (!(error instanceof SaidNo)) throw error;
      if (error.status === 409) return false;
      throw new WrongUsage('--years ne se vit que sur un système de démonstration (npm start), depuis la machine où il tourne');
    }
  }
}

/** Without any progress for so long, somebody has stopped hearing. */
const patienceMs = 120_000;
const restMs = 200;

/** Resolves when these services hold every fact that each author has written. */
export async function untilHeard(client: SystemClient, readers: readonly Author[] = authors): Promise<void> {
  let [before, movedAt] = ['', performance.now()];
  for (;;) {
    const written = await Promise.all(authors.map((author) => highestPosition(client, author, author)));
    const held = await Promise.all(readers.map((reader) => Promise.all(authors.map((author) => highestPosition(client, reader, author)))));
    if (held.every((positions) => positions.every((position, rank) => position >= (written[rank] ?? 0n)))) return;
    const seen = held.flat().join(' ');
    if (seen !== before) [before, movedAt] = [seen, performance.now()];
    if (performance.now() - movedAt > patienceMs)
      throw new SystemUnreachable('Un service n’entend plus les autres : voyez isu divergence et isu parked list.');
    await pause(restMs);
  }
}

interface OwedJob {
  readonly name: string;
  readonly daysBehind: number;
  readonly last: { readonly state: string; readonly done: number } | null;
}

/**
 * Resolves when nothing is owed any more for the dates that have come: whatever is lived next finds what the days before it have left. A job that
 * fails is tried again by the system, and not awaited.
 */
export async function untilDone(client: SystemClient): Promise<void> {
  let [before, movedAt] = ['', performance.now()];
  for (;;) {
    const all = await Promise.all(
      authors.map(async (service) => (await client.get<{ items: OwedJob[] }>(`/api/${service}/v1/jobs`, { role: 'operator' })).body.items),
    );
    const owed = all.flat().filter(({ daysBehind, last }) => daysBehind > 0 && last?.state !== 'retrying');
    if (owed.length === 0) return;
    const seen = owed.map(({ name, daysBehind, last }) => `${name} ${String(daysBehind)} ${String(last?.done)}`).join(', ');
    if (seen !== before) [before, movedAt] = [seen, performance.now()];
    if (performance.now() - movedAt > patienceMs)
      throw new SystemUnreachable(`Les traitements n’avancent plus (voyez isu job list) : ${seen}.`);
    await pause(restMs);
  }
}

async function highestPosition(client: SystemClient, reader: Author, author: Author): Promise<bigint> {
  const { body } = await client.get<{ position: string }>(`/api/${reader}/v1/facts/highest-position?author=${author}`, { role: 'service' });
  return BigInt(body.position);
}
