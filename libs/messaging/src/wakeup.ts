/**
 * What a loop waits on: time, or a nudge. A nudge that comes while the loop is busy is kept, so that none is lost between
 * looking and falling asleep.
 */
export class Wakeup {
  private nudged = false;
  private wake: (() => void) | null = null;

  nudge(): void {
    this.nudged = true;
    this.wake?.();
  }

  /** True when it was a nudge. */
  async wait(ms: number): Promise<boolean> {
    if (!this.nudged) await this.sleep(ms);
    const nudged = this.nudged;
    this.nudged = false;
    return nudged;
  }

  private sleep(ms: number): Promise<void> {
    return new Promise((resolve) => {
      const finish = () => {
        clearTimeout(timer);
        this.wake = null;
        resolve();
      };
      const timer = setTimeout(finish, ms);
      this.wake = finish;
    });
  }
}

/** Sleeps, or returns at once when the signal says that the work is over. */
export function pause(ms: number, signal?: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal?.aborted) return resolve();
    const finish = () => {
      clearTimeout(timer);
      signal?.removeEventListener('abort', finish);
      resolve();
    };
    const timer = setTimeout(finish, ms);
    signal?.addEventListener('abort', finish, { once: true });
  });
}
