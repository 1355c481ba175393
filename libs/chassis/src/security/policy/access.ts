import { refuse } from '../../problems/standard-refusals.js';
import type { AccessJournal } from '../journal/access-journal.js';
import type { BearerToken } from '../tokens/bearer.js';
import type { Subject } from '../tokens/claims.js';
import type { Operation } from './operations.js';
import type { HoldingFunds } from './holding-funds.js';
import { aimedAt, reaches, type Reach, type Target } from './reach.js';

interface Finding {
  readonly subject: Subject;
  readonly operation: Operation;
  /** NIR and IBAN must be shown without the digits that identify. */
  readonly masked: boolean;
  readonly reach: Reach;
  readonly token: BearerToken;
  readonly correlation: string;
}

/** A use of somebody else's personal data, which must be journaled before it is shown. */
export interface Journaling {
  readonly journal: AccessJournal;
  readonly purpose: string;
}

/** What the guard found: who asks, how far they see, and the duty to journal. Handlers get it with `@CurrentAccess()`. */
export class Access {
  readonly subject: Subject;
  readonly operation: Operation;
  readonly masked: boolean;
  readonly reach: Reach;
  /** To be exchanged when a service must call another one for this subject (`ServiceTokens.onBehalfOf`). */
  readonly token: BearerToken;
  readonly correlation: string;
  #owesEntry: boolean;

  constructor(
    finding: Finding,
    private readonly holding: HoldingFunds,
    private readonly journaling: Journaling | null,
  ) {
    this.subject = finding.subject;
    this.operation = finding.operation;
    this.masked = finding.masked;
    this.reach = finding.reach;
    this.token = finding.token;
    this.correlation = finding.correlation;
    this.#owesEntry = journaling !== null;
  }

  /** Whether an answer would show personal data that no journal entry tells of. */
  get owesEntry(): boolean {
    return this.#owesEntry;
  }

  async canReach(...targets: readonly Target[]): Promise<boolean> {
    const aims = await aimedAt(targets, this.reach.kind === 'funds', this.holding);
    return aims.every((aim) => reaches(this.reach, aim));
  }

  /** For targets that only the content names (the header of a batch): out of reach is answered like absent. */
  async mustReach(...targets: readonly Target[]): Promise<void> {
    if (!(await this.canReach(...targets))) throw refuse('not-found');
  }

  /**
   * Journals whose data are about to be shown. The guard does it for routes whose target is in the request; a handler that
   * searches must do it once it has found, before it answers: with no account when nobody was found.
   */
  async showing(accounts: readonly string[]): Promise<void> {
    await this.mustReach(...accounts.map((account) => ({ account })));
    if (accounts.length > 0) return this.enter(accounts, this.masked ? 'masked' : 'shown');
    return this.enter([null], 'nobody-found');
  }

  /** A list whose rows are not known yet: one entry, without an account. */
  async showingList(): Promise<void> {
    return this.enter([null], 'shown');
  }

  private async enter(accounts: readonly (string | null)[], outcome: 'shown' | 'masked' | 'nobody-found'): Promise<void> {
    if (this.journaling) {
      const { subject, operation, correlation } = this;
      const { journal, purpose } = this.journaling;
      await journal.record({ subject, purpose, operation, accounts, correlation, outcome });
    }
    this.#owesEntry = false;
  }
}
