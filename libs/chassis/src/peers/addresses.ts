const entry = /^\s*[a-z-]+=https?:\/\/[^\s,;=]+\s*$/;

/** What `ISU_PEERS_URL` accepts: an address, a pattern with `{service}`, or `name=address` entries between commas. */
export const peersPattern = /^(?:https?:\/\/[^\s/,]+(?:\/[^\s,]*)?|[a-z-]+=https?:\/\/[^\s,;=]+(?:\s*,\s*[a-z-]+=https?:\/\/[^\s,;=]+)*)$/;

/**
 * Where a peer answers: one address for all (behind a common entrance), a pattern with `{service}` (names of a cluster), or its own
 * entry of a list (ports of one machine). Undefined when the list does not name it.
 */
export function addressOf(addresses: string, peer: string): string | undefined {
  const list = new Map(addresses.split(',').flatMap((text) => (entry.test(text) ? [text.trim().split('=', 2) as [string, string]] : [])));
  const address = list.size === 0 ? addresses.replace('{service}', peer) : list.get(peer);
  return address?.replace(/\/$/, '');
}
