import { plainToInstance } from 'class-transformer';
import { validateSync, type ValidationError } from 'class-validator';
import { catalogue, isKnownType, type FactData, type FactType } from './catalogue.js';
import { digestPattern, instantPattern, isDayText, positionPattern, streamPattern, typePattern, uuidPattern } from './fields.js';
import { authors, type Author, type Fact } from './envelope.js';
import { canonicalReading } from './digest.js';
import { admits, standsAsWritten } from './quick-check.js';
import { wireFault } from './wire.js';

/** Bytes that are no fact of ours: kept as received and alarmed, never skipped in silence. */
export class UnreadableFact extends Error {
  constructor(readonly reason: string) {
    super(`Unreadable fact: ${reason}`);
  }
}

const maxBytes = 256 * 1024;
const textDecoder = new TextDecoder('utf-8', { fatal: true });

/** An account number, or `flow/<partner>/<flow>`. */
export const isStream = (text: string): boolean => streamPattern.test(text);

const envelopeRules: Record<Exclude<keyof Fact, 'data'>, (value: unknown, fact: Fact) => boolean> = {
  specversion: (value) => value === '1.0',
  id: (value) => matches(uuidPattern, value),
  source: (value) => typeof value === 'string' && authors.some((author) => value === `/isu/${author}`),
  type: (value, fact) => typeof value === 'string' && typePattern.exec(value)?.[1] === String(fact.source).slice('/isu/'.length),
  subject: (value) => matches(streamPattern, value),
  time: (value) => matches(instantPattern, value) && isDayText((value as string).slice(0, 10)),
  datacontenttype: (value) => value === 'application/json',
  seq: (value) => Number.isSafeInteger(value) && (value as number) >= 1,
  previous: (value, fact) => (fact.seq === 1 ? value === null : matches(digestPattern, value)),
  position: (value) => matches(positionPattern, value),
  effectiveon: (value) => isDayText(value),
  correlation: (value) => matches(uuidPattern, value),
  cause: (value) => value === null || matches(uuidPattern, value),
};

const envelopeChecks = Object.entries(envelopeRules);

const isObject = (value: unknown): value is object => typeof value === 'object' && value !== null && !Array.isArray(value);

function matches(pattern: RegExp, value: unknown): boolean {
  return typeof value === 'string' && pattern.test(value);
}

/**
 * Reads a fact from the wire. The envelope is always checked; the payload when its type is in the catalogue. A type of a
 * known author that we do not know yet passes: its number still moves the cursor. Throws `UnreadableFact`.
 */
export function parseFact(bytes: Uint8Array): Fact {
  if (bytes.length > maxBytes) throw new UnreadableFact('larger than 256 KiB');
  let parsed: unknown;
  try {
    parsed = JSON.parse(textDecoder.decode(bytes));
  } catch {
    throw new UnreadableFact('not JSON in UTF-8');
  }
  return checkFact(parsed);
}

/** As `parseFact`, for a value that is already JSON. `strict`: as its author, who may say no field that the type does not know. */
export function checkFact(value: unknown, { strict = false } = {}): Fact {
  if (!isObject(value)) throw new UnreadableFact('not an object');
  const unfit = wireFault(value);
  if (unfit !== null) throw new UnreadableFact(unfit);
  const fact = value as Fact;
  for (const [name, holds] of envelopeChecks) {
    if (!holds(fact[name as keyof Fact], fact)) throw new UnreadableFact(`attribute ${name}`);
  }
  const wrong = isKnownType(fact.type) ? payloadFaults(fact.type, fact.data, strict) : [];
  if (wrong.length > 0) throw new UnreadableFact(`payload of ${fact.type}: ${wrong.join(', ')}`);
  return fact;
}

/**
 * A fact as its author writes it, with its wire text: checked as its readers will, and strictly, for an author says no field that the type does
 * not know. What lives only in the writer's memory (a field more, a value with a JSON form) reaches nobody: what is unusual in any way is
 * written, read back, and checked as it was read.
 */
export function writeFact(envelope: Fact): { readonly fact: Fact; readonly text: string } {
  if (isUsual(envelope)) return { fact: envelope, text: JSON.stringify(envelope) };
  const { text, read } = canonicalReading(envelope);
  return { fact: checkFact(read, { strict: true }), text };
}

/** In the order of the canonical text. */
const attributes = [...Object.keys(envelopeRules), 'data'].sort();

/** Valid, and in the very order of its canonical text: looked at once, and left to the engine's own JSON writer. */
function isUsual(fact: Fact): boolean {
  let rank = 0;
  for (const name in fact) if (name !== attributes[rank++]) return false;
  if (rank !== attributes.length || !isKnownType(fact.type) || !isObject(fact.data)) return false;
  return envelopeChecks.every(([name, holds]) => holds(fact[name as keyof Fact], fact)) && standsAsWritten(catalogue[fact.type], fact.data);
}

/** The fields of a payload that are wrong, by path, never by value. With `strict`, fields that the type does not know too. */
export function payloadFaults(type: FactType, payload: unknown, strict = false): string[] {
  if (!isObject(payload)) return ['data'];
  if (admits(catalogue[type], payload, strict)) return [];
  const instance = plainToInstance(catalogue[type] as new () => object, payload);
  return validateSync(instance, { whitelist: strict, forbidNonWhitelisted: strict, forbidUnknownValues: true }).flatMap((error) =>
    paths(error),
  );
}

const paths = (error: ValidationError, prefix = ''): string[] =>
  error.children?.length ? error.children.flatMap((child) => paths(child, `${prefix}${error.property}.`)) : [`${prefix}${error.property}`];

/** Narrows a fact to one type of the catalogue. */
export const isFact = <T extends FactType>(fact: Fact, type: T): fact is Fact<T> => fact.type === type;

/** What a writer decides of a fact; numbers, digests and instants are given by the fact store. */
export interface FactDraft<T extends FactType = FactType> {
  readonly stream: string;
  readonly type: T;
  /** ISO day. */
  readonly effectiveOn: string;
  readonly data: FactData<T>;
  readonly cause?: string | null;
  readonly correlation?: string;
}

/** Builds a draft whose payload is checked against its type by the compiler. Fields named in their order are written without a copy. */
export const draft = <T extends FactType>(fact: FactDraft<T>): FactDraft<T> => fact;

export const authorOfType = (type: string): Author => type.slice(0, type.indexOf('.')) as Author;
