const width = 30;
/** Smaller files are sent before a bar could be read. */
const worthShowing = 1_000_000;

/** A bar that is drawn again on its own line while a file leaves. */
export class ProgressBar {
  private sent = 0;
  private shownPercent = -1;

  constructor(
    private readonly size: number,
    private readonly draw: ((text: string) => void) | null,
  ) {}

  /** Nothing is drawn for a small file, or where nobody watches. */
  static of(size: number, terminal: { readonly watched: boolean; tell(text: string): void }): ProgressBar {
    const isShown = terminal.watched && size >= worthShowing;
    return new ProgressBar(size, isShown ? (text) => terminal.tell(text) : null);
  }

  advance(bytes: number): void {
    this.sent += bytes;
    const percent = Math.floor((this.sent / this.size) * 100);
    if (!this.draw || percent === this.shownPercent) return;
    this.shownPercent = percent;
    const filled = Math.round((percent / 100) * width);
    const waiting = percent === 100 ? '  traitement des lignes…' : '';
    this.draw(`\r[${'#'.repeat(filled)}${'·'.repeat(width - filled)}] ${String(percent).padStart(3)} %${waiting}`);
  }

  end(): void {
    this.draw?.('\n');
  }
}
