import { standing, type AccountView, type Flows, type Reason, type YearQuarters } from '@isu/account';
import type { Vector } from '@isu/contracts';
import type { Day } from '@isu/values';

/** What the contributions of an account have opened, on a day, and what that answer rests on (I5). */
export interface Rights {
  readonly account: string;
  readonly day: string;
  /** Whether the contributions due are paid. `unknown` is never a refusal: it says what is awaited. */
  readonly upToDate: { readonly value: 'yes' | 'no' | 'unknown'; readonly reasons: readonly Reason[] };
  /** Pension quarters (trimestres) by contribution year. */
  readonly quarters: readonly YearQuarters[];
  /** Sums over the years: wholly opened, and possible if everything called were paid. */
  readonly quartersValidated: number;
  readonly quartersPossible: number;
  readonly restsOn: {
    readonly vector: Vector;
    readonly fingerprint: string;
    /** The payment flows relied on, with their own vectors. */
    readonly flows: Readonly<Record<string, Vector>>;
  };
}

/** Answers from this service's own copy of the facts: it needs nobody, and says which facts it has seen. */
export function rightsOf(view: AccountView, flows: Flows, day: Day): Rights {
  const { upToDate, reasons, quarters, flows: reliedOn } = standing(view.book, flows, day);
  return {
    account: view.account,
    day: day.iso,
    upToDate: { value: upToDate, reasons },
    quarters,
    quartersValidated: sumOf(quarters.map((year) => year.validated)),
    quartersPossible: sumOf(quarters.map((year) => year.possible)),
    restsOn: { vector: view.vector, fingerprint: view.fingerprint, flows: reliedOn },
  };
}

const sumOf = (counts: readonly number[]): number => counts.reduce((sum, count) => sum + count, 0);
