/**
 * A list as PostgreSQL reads an array, put together in one go: the driver does so element by element, with two replacements each, and a set of
 * accounts has thousands. Null for a list that is not all numbers, or all texts that need no escape: it is left to the driver.
 */
export function arrayText(list: readonly unknown[]): string | null {
  if (list.length === 0) return '{}';
  if (list.every(isNumber)) return `{${list.join()}}`;
  return list.every(isPlainText) ? `{"${list.join('","')}"}` : null;
}

const isNumber = (one: unknown): boolean => typeof one === 'number';
const escaped = /["\\]/;
const isPlainText = (one: unknown): boolean => typeof one === 'string' && !escaped.test(one);
