import { createHash } from 'node:crypto';
import type { ServerResponse } from 'node:http';

interface Shown {
  readonly title: string;
  /** What stands in `main`; whoever writes it escapes what others said. */
  readonly main: string;
  readonly status?: number;
}

/** Pages of development that need no program: one style, held by its digest, and nothing from anywhere else. */
export function plainPages(style: string): (response: ServerResponse, shown: Shown) => void {
  const policy = [
    `default-src 'none'`,
    `style-src 'sha256-${createHash('sha256').update(style).digest('base64')}'`,
    `frame-ancestors 'none'`,
    `base-uri 'none'`,
    `form-action 'none'`,
  ].join('; ');
  return (response, { title, main, status = 200 }) => {
    response.writeHead(status, {
      'content-type': 'text/html; charset=utf-8',
      'content-security-policy': policy,
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'no-referrer',
      'cache-control': 'no-store',
    });
    response.end(
      `<!doctype html><html lang="fr"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>${title}</title><style>${style}</style></head><body><main>${main}</main></body></html>`,
    );
  };
}

export const escaped = (text: string): string => text.replace(/[&<>"']/g, (sign) => `&#${String(sign.charCodeAt(0))};`);
