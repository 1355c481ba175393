/*
 * JSON as we take it from outside. JSON.parse decides the grammar; before it, depth is bounded; after it, one walk over the
 * text finds what JSON.parse lets pass in silence: a key twice in an object (the last one wins), numbers that lose digits.
 * No library kept up for Node 20 does all three: secure-json-parse knows only `__proto__`, lossless-json recurses.
 */

/** What is wrong with a JSON text. The code is stable; the text itself is never repeated. */
export class UnacceptableJson extends Error {
  constructor(
    readonly code: 'json-syntax' | 'json-depth' | 'json-duplicate-key' | 'json-forbidden-key' | 'json-forbidden-text' | 'json-number',
    readonly accepted: string,
  ) {
    super(code);
  }
}

const maxDepth = 32;
const forbiddenKeys = new Set(['__proto__', 'constructor', 'prototype']);
const loneSurrogate = /\p{Surrogate}/u;
const token = /"(?:[^"\\]+|\\.)*"|[[\]{}:,]|[^\s[\]{}:,"]+/g;

export function parseStrictJson(text: string): unknown {
  refuseDepth(text);
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw new UnacceptableJson('json-syntax', 'un document JSON complet (RFC 8259)');
  }
  if (!isPlainlyWritten(text, value)) refuseHiddenTrouble(text);
  return value;
}

/**
 * What could hide trouble: escapes, a forbidden key, a number of digits or powers enough that a double does not hold it. In a text written
 * plainly a number begins the text or follows a colon, a comma or a bracket, so that the long digits of a reference are no suspects.
 */
const suspect = /\\|__proto__|constructor|prototype|(?:^|[:,[])-?\d{16}|\de\+\d/;

/** A text that comes back to the letter when its value is written again has no key twice and no number that lost a digit: most do. */
function isPlainlyWritten(text: string, value: unknown): boolean {
  if (suspect.test(text)) return false;
  const written = JSON.stringify(value);
  return text === written || (text.length === written.length + 1 && text.endsWith('\n') && text.startsWith(written));
}

/** Before anything recursive sees it. Brackets inside strings are skipped. */
function refuseDepth(text: string): void {
  let depth = 0;
  let quoted = false;
  for (let at = 0; at < text.length; at += 1) {
    const char = text.charCodeAt(at);
    if (quoted) {
      if (char === 0x5c) at += 1;
      else if (char === 0x22) quoted = false;
    } else if (char === 0x22) quoted = true;
    else if (char === 0x5b || char === 0x7b) depth += 1;
    else if (char === 0x5d || char === 0x7d) depth -= 1;
    if (depth > maxDepth) throw new UnacceptableJson('json-depth', `au plus ${maxDepth} niveaux imbriqués`);
  }
}

/** The text is known to be well-formed JSON here, so that a key is a string after `{` or `,` in an object. */
function refuseHiddenTrouble(text: string): void {
  const open: (Set<string> | undefined)[] = []; // the keys of each object we are in; undefined for an array
  let keyComes = false;
  for (const [part] of text.matchAll(token)) {
    if (part === '{' || part === '[') open.push(part === '{' ? new Set() : undefined);
    else if (part === '}' || part === ']') open.pop();
    else if (part.startsWith('"')) refuseText(part, keyComes ? open.at(-1) : undefined);
    else if (part !== ',' && part !== ':') refuseNumber(part);
    keyComes = (part === '{' || part === ',') && open.at(-1) !== undefined;
  }
}

function refuseText(quoted: string, keysSoFar: Set<string> | undefined): void {
  const text = JSON.parse(quoted) as string;
  if (text.includes('\0') || loneSurrogate.test(text)) {
    throw new UnacceptableJson('json-forbidden-text', 'un texte Unicode bien formé, sans caractère nul');
  }
  if (!keysSoFar) return;
  if (forbiddenKeys.has(text)) throw new UnacceptableJson('json-forbidden-key', 'les seuls champs décrits par la documentation');
  if (keysSoFar.has(text)) throw new UnacceptableJson('json-duplicate-key', 'chaque champ une seule fois');
  keysSoFar.add(text);
}

function refuseNumber(literal: string): void {
  const value = Number(literal);
  if (literal === 'true' || literal === 'false' || literal === 'null') return;
  if (Object.is(value, -0) || Math.abs(value) > Number.MAX_SAFE_INTEGER) {
    throw new UnacceptableJson('json-number', 'un nombre d’au plus 9007199254740991 ; les montants s’écrivent entre guillemets');
  }
}
