import pg from 'pg';

/**
 * The right to be the one that works, held as a session advisory lock on a connection of its own: when that connection
 * ends, for whatever reason, the right has ended with it. What must not be done by two is done over this connection.
 */
export class Leadership {
  private ended = false;

  private constructor(
    readonly connection: pg.Client,
    private readonly onLost: () => void,
  ) {
    const end = () => {
      if (this.ended) return;
      this.ended = true;
      this.onLost();
    };
    connection.on('error', end);
    connection.on('end', end);
  }

  /** Takes the right for this task in this schema, or answers null when another holds it. */
  static async tryTake(settings: pg.ClientConfig, task: string, onLost: () => void = () => undefined): Promise<Leadership | null> {
    const connection = new pg.Client({ keepAlive: true, query_timeout: 30_000, connectionTimeoutMillis: 5_000, ...settings });
    const leadership = new Leadership(connection, onLost);
    try {
      await connection.connect();
      const { rows } = await connection.query<{ taken: boolean }>(
        'SELECT pg_try_advisory_lock(hashtext($1), hashtext(current_schema())) AS taken',
        [`isu ${task}`],
      );
      if (rows[0]?.taken) return leadership;
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
    this.ended = true;
    await this.connection.end().catch(() => undefined);
  }
}
