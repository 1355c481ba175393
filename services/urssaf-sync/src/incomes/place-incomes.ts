import { Money } from '@isu/values';
import type { RejectedLine } from '../payments/known-money.js';
import type { StagedLine } from '../payments/money-line.js';
import { OutcomeRuns, type Outcome } from '../placing/outcome.js';
import { aboutOf, declarationOf, isOvertakenBy, prematureReason, type Declaration, type IncomeLine } from './income-line.js';

/** All that we knew before these lines and that can bear on them. */
export interface KnownIncomes {
  /** Of this partner: those under a reference of the lines, or of an account and a year of theirs, or that a line corrects. */
  readonly declarations: readonly Declaration[];
  readonly accounts: ReadonlySet<string>;
}

/** What placing decided; nothing of it is done yet. */
export interface PlacedIncomes {
  readonly declarations: readonly Declaration[];
  readonly rejected: readonly RejectedLine[];
  readonly outcomes: OutcomeRuns;
}

/** Decides what becomes of each declaration, in order: a line sees the lines before it. `businessDate`: the day the batch tells of. */
export function placeIncomes(lines: readonly StagedLine<IncomeLine>[], known: KnownIncomes, businessDate: string): PlacedIncomes {
  const placing = new Placing(known, businessDate);
  for (const staged of lines) placing.place(staged);
  return placing.placed;
}

type Met = { readonly outcome: Outcome; readonly reason?: string };

class Placing {
  readonly placed = { declarations: [] as Declaration[], rejected: [] as RejectedLine[], outcomes: new OutcomeRuns() };
  private readonly byReference = new Map<string, Declaration>();
  private readonly bySubject = new Map<string, Declaration[]>();

  constructor(
    private readonly known: KnownIncomes,
    private readonly businessDate: string,
  ) {
    for (const declaration of known.declarations) this.learn(declaration);
  }

  place({ line, content, record }: StagedLine<IncomeLine>): void {
    this.placed.outcomes.add(line, this.outcomeOf(declarationOf(record, { content, line })), Money.of(record.amount));
  }

  private outcomeOf(said: Declaration): Met {
    const same = this.byReference.get(said.reference);
    if (same?.content === said.content) return { outcome: 'duplicate', reason: 'same-reference' };
    if (same) return this.conflict(said, same);
    const refusal = this.refusalOf(said);
    if (refusal) return this.refuse(said, refusal);
    this.placed.declarations.push(said);
    this.learn(said);
    return this.known.accounts.has(said.account) ? { outcome: 'posted' } : { outcome: 'to-be-matched', reason: 'account-unknown' };
  }

  /** Why a declaration has no effect: its own days, or what is known of the same year or period. */
  private refusalOf(said: Declaration): string | null {
    const premature = prematureReason(said);
    if (premature) return premature;
    if (said.receivedOn > this.businessDate) return 'received-after-business-date';
    const corrected = said.corrects === undefined ? undefined : this.byReference.get(said.corrects);
    if (corrected && aboutOf(corrected) !== aboutOf(said)) return 'corrects-another';
    return (this.bySubject.get(aboutOf(said)) ?? []).some((other) => isOvertakenBy(said, other)) ? 'already-corrected' : null;
  }

  private refuse(said: Declaration, reason: string): Met {
    const { line, content, reference, account } = said;
    const isWrong = reason === 'corrects-another' && this.known.accounts.has(account);
    const anomaly = isWrong ? ({ account, type: 'wrong-account' } as const) : null;
    this.placed.rejected.push({ line, content, reference, outcome: 'refused', reason, kept: null, anomaly });
    return { outcome: 'refused', reason };
  }

  /** A declaration is said once under its reference: with other content the first stands (R12). */
  private conflict({ line, content, reference }: Declaration, first: Declaration): Met {
    const reason = 'reference-with-other-content';
    const anomaly = this.known.accounts.has(first.account) ? ({ account: first.account, type: 'conflict' } as const) : null;
    this.placed.rejected.push({ line, content, reference, outcome: 'conflict', reason, kept: first.content, anomaly });
    return { outcome: 'conflict', reason };
  }

  private learn(declaration: Declaration): void {
    this.byReference.set(declaration.reference, declaration);
    const subject = aboutOf(declaration);
    this.bySubject.set(subject, [...(this.bySubject.get(subject) ?? []), declaration]);
  }
}
