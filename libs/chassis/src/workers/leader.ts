import { Leadership, type SignsOfLife } from '@isu/messaging';
import type pg from 'pg';
import type { DataSource, DataSourceOptions } from 'typeorm';

/**
 * Runs a piece of work if no other instance of the service is running it, under a session advisory lock on a connection of its
 * own (never one of the pool, which the work itself needs). Returns undefined, at once, when another holds it. The lock dies
 * with its connection, so that nothing stays locked by a process that is gone; the signal then tells the work to stop, for
 * another instance may have begun. Work that writes in several transactions looks at it before each.
 */
export async function asLeader<T>(db: DataSource, lock: string, work: (signal: AbortSignal) => Promise<T>): Promise<T | undefined> {
  const lead = await takeLead(db, lock);
  try {
    return await (lead && work(lead.lost));
  } finally {
    await lead?.end();
  }
}

/** The same for work that comes again every few seconds: whoever leads keeps its connection, which costs more to make than most turns do. */
export class StandingLeader {
  private lead: Lead | undefined;

  constructor(
    private readonly db: DataSource,
    private readonly lock: string,
    private readonly signs?: SignsOfLife,
  ) {}

  async turn<T>(work: (signal: AbortSignal) => Promise<T>): Promise<T | undefined> {
    if (this.lead?.lost.aborted !== false) this.lead = await takeLead(this.db, this.lock, this.signs);
    return this.lead && work(this.lead.lost);
  }

  async end(): Promise<void> {
    await this.lead?.end();
    this.lead = undefined;
  }
}

async function takeLead(db: DataSource, lock: string, signs?: SignsOfLife): Promise<Lead | undefined> {
  const lost = new AbortController();
  const leadership = await Leadership.tryTake(roadOf(db.options), lock, { onLost: () => lost.abort(), signs });
  return leadership ? { lost: lost.signal, end: () => leadership.resign() } : undefined;
}

interface Lead {
  /** Aborted when the connection is gone, and the lock with it. */
  readonly lost: AbortSignal;
  end(): Promise<void>;
}

function roadOf(options: DataSourceOptions): pg.ClientConfig {
  const { url, extra } = options as { url?: string; extra?: { options?: string } };
  return { connectionString: url, options: extra?.options, application_name: 'isu-leader' };
}
