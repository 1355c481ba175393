const NARROW_SPACE = '\u202f';
const NO_BREAK_SPACE = '\u00a0';

/** A mark never begins a line and a number is never cut. Which mark takes which space: the rules of French printers. */
const rules: readonly (readonly [pattern: RegExp, replacement: string])[] = [
  [/ (?=[;!?])/g, NARROW_SPACE],
  [/ (?=[:»€%])/g, NO_BREAK_SPACE],
  [/(?<=«) /g, NO_BREAK_SPACE],
  [/(?<=n°) /gi, NO_BREAK_SPACE],
  [/(?<=\d) (?=\d{3}(?!\d))/g, NARROW_SPACE],
];

/** A text as French people print it: nothing but spaces changes, and a mark stays with the word before it. */
export const typeset = (text: string): string =>
  text.includes(' ') ? rules.reduce((set, [pattern, replacement]) => set.replace(pattern, replacement), text) : text;
