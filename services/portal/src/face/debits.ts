import type { FileParts, Periodicity } from './file.js';
import type { Page, Part } from './parts.js';

/** `GET my/debits` (F32, F80): what is debited next, what came back, and under which mandate. */
export type DebitsPage = Page<{ readonly debits: Part<DebitsOfAccount> } & Pick<FileParts, 'bankDetails' | 'mandates'>>;

/* As collection answers. */

export interface DebitsOfAccount {
  readonly account: string;
  readonly periodicity: Periodicity;
  readonly next: {
    readonly dueOn: string;
    readonly amount: string;
    readonly instalments: readonly DebitedPart[];
    readonly obstacle: string | null;
  } | null;
  readonly notDebited: readonly { readonly dueOn: string; readonly obstacle: string; readonly amount: string }[];
  readonly monthlyFrom: string | null;
  readonly debits: readonly Debit[];
}

export interface DebitedPart {
  readonly instalment: string;
  readonly amount: string;
}

export interface Debit {
  readonly endToEnd: string;
  readonly dueOn: string;
  readonly collectOn: string;
  readonly amount: string;
  readonly state: 'presented' | 'paid' | 'rejected' | 'returned';
  readonly reason: string | null;
  readonly reasonText: string | null;
  readonly outcome: string | null;
  readonly againOn: string | null;
  readonly advice: string | null;
  readonly returnedOn: string | null;
  readonly instalments: readonly DebitedPart[];
}
