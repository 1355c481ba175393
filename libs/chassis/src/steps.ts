import type { Logger } from './logs/logger.js';

interface Step {
  readonly name: string;
  undo(): Promise<void>;
}

/** A stop has ten seconds: what takes a good part of them says so, for whoever reads why a process was ended. */
const slowMs = 2_000;

/** What has been started, to be stopped in the reverse order: when the service stops, or when its start fails half-way. */
export class Steps {
  private readonly done: Step[] = [];
  private undoing: Promise<void> | undefined;

  started(name: string, undo: () => Promise<void>): void {
    this.done.push({ name, undo });
  }

  /** Once, whoever asks; a step that cannot be undone does not keep the others from being. */
  undo(log: Logger): Promise<void> {
    this.undoing ??= this.undoAll(log);
    return this.undoing;
  }

  private async undoAll(log: Logger): Promise<void> {
    for (const { name, undo } of this.done.reverse()) {
      const slow = setTimeout(() => log.warn({ worker: name }, 'something takes long to stop'), slowMs);
      await undo().catch((error: unknown) => log.error({ worker: name, error }, 'something would not stop'));
      clearTimeout(slow);
    }
    this.done.length = 0;
  }
}
