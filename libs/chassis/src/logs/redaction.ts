import { isNativeError } from 'node:util/types';

/**
 * What may stand in a log line (I9, R14). A field that is not in this table, or whose value has not the form the table wants,
 * is dropped: nobody can log a name, a NIR or an IBAN by passing an object that happens to hold one.
 */
const text = (pattern: RegExp) => (value: unknown) => typeof value === 'string' && pattern.test(value);
const number = (value: unknown) => typeof value === 'number' && Number.isFinite(value);
/** Names given by the code. Five digits in a row are no name: an IBAN is not let through as a word. */
const word = text(/^(?!.*\d{5})[A-Za-z][A-Za-z0-9._-]{0,59}$/);
const route = text(/^(?!.*\d{5})\/[A-Za-z0-9/:._*{}-]{0,199}$/);
/** Sentences of a library about itself. Without digits, so that none can carry a number of somebody's. */
const sentence = text(/^[A-Za-z][A-Za-z ,.:;'_()-]{0,199}$/);
const flag = (value: unknown) => typeof value === 'boolean';
const lane = /[a-z][a-z.-]{0,60}\/\d{1,3}/.source;

const allowed = {
  account: text(/^\d{13}$/),
  actor: word,
  alarm: word,
  attempts: number,
  author: word,
  bytes: number,
  code: word,
  consumer: word,
  correlation: text(/^[0-9a-f-]{36}$/),
  count: number,
  delayMs: number,
  businessDay: text(/^\d{4}-\d{2}-\d{2}$/),
  durationMs: number,
  failures: number,
  fault: word,
  forks: number,
  factId: text(/^[0-9a-f-]{36}$/),
  job: word,
  label: word,
  lag: number,
  lagSeconds: number,
  lane: text(new RegExp(`^${lane}$`)),
  lanes: text(new RegExp(`^${lane}(?: ${lane}){0,35}$`)),
  line: number,
  method: text(/^[A-Z]{3,7}$/),
  migration: text(/^[a-z0-9/_-]{1,80}$/),
  missing: number,
  namespace: word,
  operation: word,
  origin: text(/^[a-z][a-z.-]{0,60}\/\d{1,3}\/\d{1,12}$/),
  partition: number,
  port: number,
  position: text(/^\d{1,19}$/),
  reader: word,
  reason: word,
  restored: number,
  retryInMs: number,
  route,
  says: sentence,
  seq: number,
  service: word,
  settings: text(/^[A-Z0-9_, ]{1,400}$/),
  state: word,
  status: number,
  stream: text(/^(?:\d{13}|flow\/[a-z0-9./-]{1,64})$/),
  streams: number,
  topic: word,
  topics: text(/^[a-z][a-z.-]{0,60}(?: [a-z][a-z.-]{0,60})*$/),
  trace_id: text(/^[0-9a-f]{32}$/),
  type: word,
  waits: number,
  worker: word,
  working: flag,
} as const;

export type LogField = keyof typeof allowed;
export type LogFields = { readonly [K in LogField]?: string | number | boolean | null } & { readonly error?: unknown };

export function allowedFields(fields: object): Record<string, unknown> {
  const kept: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(fields)) {
    if (name === 'error') kept['error'] = describedError(value);
    else if (Object.hasOwn(allowed, name) && allowed[name as LogField](value)) kept[name] = value;
  }
  return kept;
}

interface DescribedError {
  readonly name: string;
  readonly code?: string;
  readonly constraint?: string;
  readonly message?: string;
  readonly stack: readonly string[];
  readonly cause?: DescribedError;
}

/**
 * An error as it may be logged: its name, its SQLSTATE or system code, its stack. The message of a database error quotes the
 * values of the row, so it is dropped; any other is kept without what stands between quotes and without anything that looks
 * like a number of a person, an account or a token.
 */
export function describedError(error: unknown, depth = 0): DescribedError {
  if (!isNativeError(error)) return { name: typeof error, stack: [] };
  const { code, constraint, cause } = error as Error & { code?: unknown; constraint?: unknown };
  const ofDatabase = word(code) || 'query' in error || /^[0-9A-Z]{5}$/.test(String(code));
  return {
    name: word(error.name) ? error.name : 'Error',
    ...(typeof code === 'string' && /^[A-Za-z0-9_]{1,40}$/.test(code) ? { code } : {}),
    ...(word(constraint) ? { constraint: String(constraint) } : {}),
    ...(ofDatabase ? {} : { message: scrubbed(error.message) }),
    stack: (error.stack ?? '').split('\n').filter((line) => /^\s+at /.test(line)).slice(0, 20).map((line) => line.trim()), // prettier-ignore
    ...(isNativeError(cause) && depth < 3 ? { cause: describedError(cause, depth + 1) } : {}),
  };
}

/** Quoted text, runs of five digits or more (spaces allowed), and words of sixteen letters and digits mixed are replaced by an ellipsis. */
export const scrubbed = (message: string): string =>
  message
    .slice(0, 500)
    .replace(/(["'`«“]).*?(["'`»”])/g, '$1…$2')
    .replace(/\S*@\S*/g, '…')
    .replace(/\b[A-Z]{2}\d{2}[\dA-Z \u00a0\u202f]{8,}/gi, '…')
    .replace(/\d[\d \u00a0\u202fABab]{3,}\d/g, '…')
    .replace(/[A-Za-z0-9_\-.=+/]*\d[A-Za-z0-9_\-.=+/]{14,}/g, '…');
