import type { Express, Request } from 'express';

interface Layer {
  readonly route?: { readonly path: unknown; readonly methods: Readonly<Record<string, boolean>> };
  match(path: string): unknown;
}

/** The verbs that the routes at this address know, so that a wrong verb is a 405 with `Allow` and not a 404. */
export function verbsOf(app: Express, request: Request): string[] {
  const layers = (app.router as unknown as { stack: readonly Layer[] }).stack;
  const path = request.originalUrl.split('?', 1)[0] ?? '/';
  const verbs = layers.flatMap((layer) => (layer.route && matches(layer, path) ? Object.keys(layer.route.methods) : []));
  const known = new Set(verbs.filter((verb) => verb !== '_all').map((verb) => verb.toUpperCase()));
  return [...(known.has('GET') ? known.add('HEAD') : known)].sort();
}

function matches(layer: Layer, path: string): boolean {
  try {
    return Boolean(layer.match(path));
  } catch {
    return false;
  }
}
