/** U+202F, between groups of digits. */
export const NARROW_SPACE = '\u202f';

/** U+00A0, before a unit. */
export const NO_BREAK_SPACE = '\u00a0';

/** `1234567` → `1 234 567`: groups of three from the right, as French amounts are printed. */
export function thousands(digits: string): string {
  let end = digits.length;
  let grouped = '';
  for (; end > 3; end -= 3) grouped = `${NARROW_SPACE}${digits.slice(end - 3, end)}${grouped}`;
  return `${digits.slice(0, end)}${grouped}`;
}

/** Cuts an identifier into groups of the given lengths; the last length repeats until the text ends. */
export function inGroups(text: string, ...lengths: readonly number[]): string {
  const groups: string[] = [];
  for (let start = 0, turn = 0; start < text.length; turn += 1) {
    const length = lengths[Math.min(turn, lengths.length - 1)] ?? text.length;
    groups.push(text.slice(start, start + length));
    start += length;
  }
  return groups.join(NARROW_SPACE);
}

/** What a person typed or pasted, without the spaces, dots and dashes that identifiers are printed with, in capitals; nothing if it is no text. */
export function withoutSeparators(typed: string): string {
  return typeof typed === 'string' ? typed.replace(/[\s.\-\u2010-\u2015]/g, '').toUpperCase() : '';
}
