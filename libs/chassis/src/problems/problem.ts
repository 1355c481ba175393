/** RFC 9457. Titles and details are read by people, in French; codes are read by programs and never change. */
export interface Problem {
  /** A stable path, one per code: `/problems/<code>`. */
  readonly type: string;
  readonly title: string;
  readonly status: number;
  readonly detail: string;
  readonly code: string;
  /** The correlation id of the request: what to quote when asking for help. */
  readonly instance: string;
  readonly errors?: readonly FieldError[];
}

/** One field that is wrong and what would be accepted there. What was sent is never repeated. */
export interface FieldError {
  /** Path from the body, the query or the path parameters: `lines.0.amount`. */
  readonly field: string;
  readonly code: string;
  readonly accepted: string;
}

export const problemMediaType = 'application/problem+json';
