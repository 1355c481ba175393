/** Closed at start; opened once, when the author knows that what it remembers of itself is all that it ever told. */
export class WriteGate {
  private open = false;

  get isOpen(): boolean {
    return this.open;
  }

  openForGood(): void {
    this.open = true;
  }
}
