import { setTimeout as pause } from 'node:timers/promises';
import type { BusinessClock } from '@isu/values';
import type { EntityManager } from 'typeorm';
import type { AnomalyBook } from '../anomalies/anomaly-book.js';
import { findOpenOf } from '../anomalies/anomaly.table.js';
import { alteredFact, type AlteredFact } from './altered-fact.js';
import { differingBuckets, missingOf, verdictOn, type Copies } from './copies.js';
import type { CopiesReader } from './copies-reader.js';
import { forgetDifferences, saveDifferences, type CopyDifference } from './copy-difference.table.js';

interface Parts {
  readonly reader: CopiesReader;
  readonly book: AnomalyBook;
  readonly clock: BusinessClock;
  /** How long facts are given to arrive before they are asked for again. */
  readonly patienceMs?: number;
}

type Difference = Omit<CopyDifference, 'since' | 'seenAt'>;

/** What asking again found of the accounts whose stored copies were not the same. */
export interface Settled {
  readonly equal: readonly string[];
  readonly differences: readonly Difference[];
}

const rounds = 3;

/**
 * Inside: whether the copies of each account are the same. Stored fingerprints tell which to look at; only what is folded afresh from the
 * facts decides, asked again while anything may still be on its way.
 */
export class InsideReconciliation {
  constructor(private readonly parts: Parts) {}

  /** The buckets in which some account differs, by stored fingerprints. */
  async suspectBuckets(): Promise<string[]> {
    return differingBuckets(await this.parts.reader.trees());
  }

  /** The accounts of these buckets whose stored copies differ. */
  async suspects(buckets: readonly string[]): Promise<string[]> {
    const stored = await this.parts.reader.stored(buckets);
    return [...stored].filter(([, copies]) => verdictOn(copies) !== 'equal').map(([account]) => account);
  }

  async settle(accounts: readonly string[]): Promise<Settled> {
    const [equal, differences]: [string[], Difference[]] = [[], []];
    for (const account of accounts) {
      const { verdict, copies, altered } = await this.look(account);
      if (verdict === 'equal') equal.push(account);
      else differences.push({ account, kind: verdict, copies, missing: missingOf(copies), altered });
    }
    return { equal, differences };
  }

  private async look(account: string): Promise<{ verdict: ReturnType<typeof verdictOn>; copies: Copies; altered: AlteredFact | null }> {
    const { reader, patienceMs = 500 } = this.parts;
    for (let round = 1; ; round += 1) {
      const copies = await reader.now(account);
      const verdict = verdictOn(copies);
      if (verdict === 'diverged') return { verdict, copies, altered: await alteredFact(account, copies, reader) };
      if (verdict === 'equal' || round === rounds) return { verdict, copies, altered: null };
      await pause(patienceMs * round);
    }
  }

  /** What was found becomes visible: an anomaly for each divergence, closed by itself once the copies agree. */
  async keep(tx: EntityManager, { equal, differences }: Settled, correlation: string): Promise<{ opened: number; closed: number }> {
    const { book, clock } = this.parts;
    await saveDifferences(tx, differences, clock.now());
    await forgetDifferences(tx, equal);
    const diverged = differences.filter(({ kind }) => kind === 'diverged');
    const opened = await book.open(tx, diverged.map(divergence), correlation);
    const over = await findOpenOf(tx, 'copies', equal);
    const closed = await book.close(
      tx,
      over.map(({ id }) => ({ id, settledBy: 'Réglé par constat : les copies du compte concordent de nouveau', correlation })),
    );
    return { opened, closed };
  }
}

const divergence = ({ account, copies, altered }: Difference) => ({
  ...{ account, type: 'conflict' as const, origin: 'copies' as const, subject: 'copies', details: { copies, altered } },
  cause: altered
    ? `Copies divergentes : le fait ${String(altered.seq)} de ${altered.author} n’est pas chez ${altered.service} tel qu’il a été écrit`
    : 'Copies divergentes : mêmes faits comptés, empreintes différentes, cause à rechercher',
});
