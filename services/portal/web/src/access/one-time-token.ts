/** What stands after the `#` of a link of ours; nothing when it is no such link. */
export function tokenIn(hash: string): string {
  try {
    return decodeURIComponent(hash.replace(/^#/, ''));
  } catch {
    return '';
  }
}
