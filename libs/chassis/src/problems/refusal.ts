import type { FieldError } from './problem.js';

/** One way of saying no: the status, and the words for people. `detail` is given what the refusal is about. */
export interface RefusalWording {
  readonly status: number;
  readonly title: string;
  // The parameter differs from one refusal to the next; `refusals` gives each code its own type back.
  readonly detail: (details: never) => string;
  /** Which field of the request it is about, when it is about one, and what would be accepted there. */
  readonly field?: string;
  readonly accepted?: string;
}

/** A normal answer of the law or of the trade: logged as information, answered as a problem document, and nothing has changed (I8). */
export class Refusal extends Error {
  readonly code: string;
  readonly status: number;
  readonly title: string;
  readonly detail: string;
  readonly errors: readonly FieldError[];
  readonly headers: Readonly<Record<string, string>>;

  constructor(saying: Pick<Refusal, 'code' | 'status' | 'title' | 'detail'> & Partial<Pick<Refusal, 'errors' | 'headers'>>) {
    super(saying.code);
    this.name = 'Refusal';
    this.code = saying.code;
    this.status = saying.status;
    this.title = saying.title;
    this.detail = saying.detail;
    this.errors = saying.errors ?? [];
    this.headers = saying.headers ?? {};
  }
}

type DetailsOf<W extends RefusalWording> = Parameters<W['detail']> extends [infer D] ? [details: D] : [];

/**
 * Makes a service's `refuse` from its table (`refusals.ts`), which lists every way this service says no:
 * `throw refuse('account-closed', { account, closedOn })`.
 */
export function refusals<T extends Readonly<Record<string, RefusalWording>>>(table: T) {
  return <C extends keyof T & string>(code: C, ...details: DetailsOf<T[C]>): Refusal => {
    const { status, title, detail, field, accepted } = table[code] as RefusalWording;
    const errors = field === undefined ? [] : [{ field, code, accepted: accepted ?? '' }];
    return new Refusal({ code, status, title, detail: (detail as (details: unknown) => string)(details[0]), errors });
  };
}
