import type { IncomingMessage } from 'node:http';

/**
 * The network address that a request came from: the one that our farthest proxy saw. What stands left of it in the header was written
 * by whoever asked, and means nothing.
 */
export function clientAddress({ headers, socket }: IncomingMessage, proxies: number): string {
  const passed = String(headers['x-forwarded-for'] ?? '').split(',').map((address) => address.trim()); // prettier-ignore
  return (proxies > 0 ? passed.at(-proxies) : undefined) || (socket.remoteAddress ?? 'unknown');
}
