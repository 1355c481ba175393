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
  /** After such a fault of a common transaction each lane has one of its own: what is the fault of one holds nobody else up. Otherwise all share it. */
  readonly eachAloneAfter?: (fault: unknown) => boolean;
}

/**
 * Lanes that have little each, served together: what comes while a transaction runs waits for the next one and shares it. Few facts on
 * many lanes then cost one transaction instead of one each; with much to do, lanes fill their transactions alone, side by side.
 */
export class Gathering<T, A = void> {
  private readonly waiting: Part<T, A>[] = [];
  private underway = 0;
  private isAboutToSetOut = false;
  private patience: NodeJS.Timeout | null = null;

  constructor(
    private readonly serve: (items: readonly T[], signal: AbortSignal) => Promise<A>,
    private readonly settings: GatheringSettings,
  ) {}

  /** Answers what the common transaction answers, or `notBegun`; rejects with what it met. */
  join(items: readonly T[], signal: AbortSignal): Promise<A | typeof notBegun> {
    return new Promise((resolve, reject) => {
      this.waiting.push({ items, signal, resolve, reject });
      this.setOutSoon();
    });
  }

  /** When all who come in this moment have come: lanes are woken together, and the first would otherwise go alone. */
  private setOutSoon(): void {
    if (this.isAboutToSetOut) return;
    this.isAboutToSetOut = true;
    process.nextTick(() => {
      this.isAboutToSetOut = false;
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

  /** The first come, and those after them who still fit. */
  private takeParts(): Part<T, A>[] {
    let [end, size] = [1, this.waiting[0]?.items.length ?? 0];
    for (let next = this.waiting[end]; next && size + next.items.length <= this.settings.itemsAtOnce; next = this.waiting[end]) {
      size += next.items.length;
      end += 1;
    }
    return this.waiting.splice(0, end);
  }

  private async run(parts: readonly Part<T, A>[]): Promise<void> {
    this.underway += 1;
    await this.serveTogether(parts);
    this.underway -= 1;
    this.setOut();
  }

  private async serveTogether(parts: readonly Part<T, A>[]): Promise<void> {
    const wanted = parts.filter(({ signal }) => !signal.aborted);
    for (const part of parts) if (part.signal.aborted) part.resolve(notBegun);
    const [first] = wanted;
    if (!first) return;
    try {
      const all = wanted.flatMap(({ items }) => items);
      const answer = await this.serve(all, first.signal);
      for (const part of wanted) part.resolve(answer);
    } catch (fault) {
      if (wanted.length > 1 && this.settings.eachAloneAfter?.(fault)) for (const part of wanted) await this.serveTogether([part]);
      else for (const part of wanted) part.reject(fault);
    }
  }
}
