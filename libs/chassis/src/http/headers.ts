/** On every answer of an API. Nothing may be kept by a browser or a proxy: nearly everything here is about a person. */
export const apiHeaders = (production = false): Record<string, string> => ({
  'cache-control': 'no-store',
  'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
  'cross-origin-resource-policy': 'same-origin',
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
  ...(production ? { 'strict-transport-security': 'max-age=63072000; includeSubDomains' } : {}),
});

/** The documentation page runs the scripts that it serves itself, and nobody else's. */
export const documentationPolicy =
  "default-src 'none'; script-src 'self' 'unsafe-inline'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; connect-src 'self'; frame-ancestors 'none'";
