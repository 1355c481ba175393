import pg from 'pg';

/** How long the server waits for a sign of life of whoever leads, and how often one is given. */
export interface SignsOfLife {
  readonly patienceMs: number;
  readonly everyMs: number;
}

const usualSigns: SignsOfLife = { patienceMs: 60_000, everyMs: 10_000 };

export interface LeadershipTerms {
  readonly onLost?: () => void;
  readonly signs?: SignsOfLife;
}

/**
 * The right to be the one that works, held as a session advisory lock on a connection of its own: when that connection
 * ends, for whatever reason, the right has ended with it. What must not be done by two is done over this connection.
 * A process that stands still (stopped by a signal, its machine paused) keeps its connections open; the server ends this
 * one when it has heard nothing for too long, so that another may lead.
 */
export class Leadership {
  private ended = false;
  private life: NodeJS.Timeout | undefined;

  private constructor(
    readonly connection: pg.Client,
    private readonly onLost: () => void,
  ) {
    const end = () => {
      if (this.ended) return;
      this.forget();
      this.onLost();
    };
    connection.on('error', end);
    connection.on('end', end);
  }

  /** Takes the right for this task in this schema, or answers null when another holds it. */
  static async tryTake(
    settings: pg.ClientConfig,
    task: string,
    { onLost = () => undefined, signs = usualSigns }: LeadershipTerms = {},
  ): Promise<Leadership | null> {
    const connection = new pg.Client({ keepAlive: true, query_timeout: 30_000, connectionTimeoutMillis: 5_000, ...settings });
    const leadership = new Leadership(connection, onLost);
    try {
      await connection.connect();
      const { rows } = await connection.query<{ taken: boolean }>(
        `SELECT pg_try_advisory_lock(hashtext($1), hashtext(current_schema())) AS taken, set_config('idle_session_timeout', $2, false)`,
        [`isu ${task}`, String(signs.patienceMs)],
      );
      if (rows[0]?.taken) return leadership.live(signs);
    } catch (fault) {
      await leadership.resign();
      throw fault;
    }
    await leadership.resign();
    return null;
  }

  get isHeld(): boolean {
    return !this.ended;
  }

  /** Ends the connection, and the lock with it. */
  async resign(): Promise<void> {
    this.forget();
    await this.connection.end().catch(() => undefined);
  }

  private live({ everyMs }: SignsOfLife): this {
    // What a sign meets is no matter here: when the connection is gone, its own events say so.
    this.life = setInterval(() => void this.connection.query('SELECT 1').catch(() => undefined), everyMs).unref();
    return this;
  }

  private forget(): void {
    this.ended = true;
    clearInterval(this.life);
  }
}
