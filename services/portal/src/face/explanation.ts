import type { ExplainedBreakdown } from '@isu/calc';

/** A value of ours as it stands in JSON: money, rates and days are texts. */
export type Wire<T> = T extends { toJSON(): string }
  ? string
  : T extends readonly (infer Item)[]
    ? readonly Wire<Item>[]
    : T extends object
      ? { readonly [Field in keyof T]: Wire<T[Field]> }
      : T;

/** A priced year with the derivation of each line, the same shape as `explain` of @isu/calc gives in the browser (N7). */
export type Explained = Wire<ExplainedBreakdown>;
