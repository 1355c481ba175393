export type LedgerRefusalCode = 'key-with-other-content' | 'nothing-to-correct' | 'already-corrected' | 'day-not-come' | 'day-out-of-order';

/** How the ledger says no; nothing has been written. Each service gives the code its own status and wording. */
export class LedgerRefusal extends Error {
  constructor(
    readonly code: LedgerRefusalCode,
    readonly details: Readonly<Record<string, string>>,
  ) {
    super(`${code} ${JSON.stringify(details)}`);
  }
}
