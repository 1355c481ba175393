/** For each moment that work which can wait has had, so many are left to what has the right of way. */
const restsPerTurn = 3;

/**
 * A process of the embedded mode has one thread for everything. While somebody waits for what takes long to make, the rest makes room: it goes
 * on one piece at a time, with rests in between, so that nothing stands still. Where services are processes of their own, nobody passes here.
 */
export class RightOfWay {
  private given = 0;
  private turns: Promise<void> = Promise.resolve();
  private endRest: () => void = () => undefined;

  /** Whether somebody waits for such work at this moment. */
  get isGiven(): boolean {
    return this.given > 0;
  }

  /** Does work that somebody waits for. */
  async give<T>(work: () => Promise<T>): Promise<T> {
    this.given += 1;
    try {
      return await work();
    } finally {
      this.given -= 1;
      if (this.given === 0) this.endRest();
    }
  }

  /** Does work that can wait: at once, or in its turn while the way is given to other work. */
  async pass<T>(work: () => Promise<T>): Promise<T> {
    if (this.given === 0) return work();
    const before = this.turns;
    let end: () => void = () => undefined;
    this.turns = new Promise((resolve) => (end = resolve));
    await before;
    const startedAt = performance.now();
    try {
      return await work();
    } finally {
      this.rest(performance.now() - startedAt, end);
    }
  }

  private rest(tookMs: number, end: () => void): void {
    if (this.given === 0) return end();
    const timer = setTimeout(end, tookMs * restsPerTurn);
    this.endRest = () => {
      clearTimeout(timer);
      end();
    };
  }
}
