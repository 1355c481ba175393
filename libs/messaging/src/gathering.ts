/** The answer to a lane that was given up while its part waited. */
export const notBegun = Symbol('not begun');

/** One lane's part of a common transaction: what it brings, and whether it still wants it. */
interface Part<T, A> {
  readonly items: readonly T[];
  readonly signal: AbortSignal;
  readonly resolve: (answer: A | typeof notBegun) => void;
  readonly reject: (fault: unknown) => void;
}

export interface GatheringSettings {
  /** A transaction holds as many items, unless one lane brings more by itself. */
  readonly itemsAtOnce: number;
  /** Transactions that run side by side. Another one sets out beside the first only when it is full, or when the first takes long. */
  readonly transactionsAtOnce: number;
  /** What waits sets out after this, whatever goes on. */
  readonly patienceMs: number;
}

/**
 * Lanes that have little each, served together: what comes while a transaction runs waits for the next one and shares it. Few facts on
 * many lanes then cost one transaction instead of one each; with much to do, lanes fill their transactions alone, side by side.
 */
export class Gathering<T, A = void> {
  private waiting: Part<T, A>[] = [];
  private underway = 0;
  private patience: NodeJS.Timeout | null = null;

  constructor(
    private readonly serve: (items: readonly T[], signal: AbortSignal) => Promise<A>,
    private readonly settings: GatheringSettings,
  ) {}

  /** Answers what the common transaction answers, or `notBegun`; rejects with what it met. */
  join(items: readonly T[], signal: AbortSignal): Promise<A | typeof notBegun> {
    return new Promise((resolve, reject) => {
      this.waiting.push({ items, signal, resolve, reject });
      this.setOut();
    });
  }

  private setOut(isPatienceOver = false): void {
    while (this.waiting.length > 0 && this.mayBegin(isPatienceOver)) void this.run(this.takeParts());
    if (this.waiting.length > 0) this.patience ??= setTimeout(() => this.patienceOver(), this.settings.patienceMs);
    else this.rest();
  }

  private patienceOver(): void {
    this.patience = null;
    this.setOut(true);
  }

  private rest(): void {
    if (this.patience) clearTimeout(this.patience);
    this.patience = null;
  }

  private mayBegin(isPatienceOver: boolean): boolean {
    if (this.underway === 0) return true;
    const { itemsAtOnce, transactionsAtOnce } = this.settings;
    const waiting = this.waiting.reduce((sum, { items }) => sum + items.length, 0);
    return this.underway < transactionsAtOnce && (isPatienceOver || waiting >= itemsAtOnce);
  }

  /** The first come, and whoever still fits beside them. */
  private takeParts(): Part<T, A>[] {
    let room = this.settings.itemsAtOnce;
    const taken: Part<T, A>[] = [];
    const left: Part<T, A>[] = [];
    for (const part of this.waiting) {
      const fits = taken.length === 0 || (left.length === 0 && part.items.length <= room);
      (fits ? taken : left).push(part);
      if (fits) room -= part.items.length;
    }
    this.waiting = left;
    return taken;
  }

  private async run(parts: readonly Part<T, A>[]): Promise<void> {
    this.underway += 1;
    try {
      const wanted = parts.filter(({ signal }) => !signal.aborted);
      for (const part of parts) if (part.signal.aborted) part.resolve(notBegun);
      const [first] = wanted;
      if (!first) return;
      const all = wanted.flatMap(({ items }) => items);
      const answer = await this.serve(all, first.signal);
      for (const part of wanted) part.resolve(answer);
    } catch (fault) {
      for (const part of parts) part.reject(fault);
    } finally {
      this.underway -= 1;
      this.setOut();
    }
  }
}
