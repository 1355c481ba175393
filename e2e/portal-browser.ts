import type { SessionState } from '../services/portal/src/face/session.js';

export interface Answered<T = Record<string, unknown>> {
  readonly status: number;
  readonly json: T;
  readonly text: string;
  readonly headers: Headers;
}

interface Asked {
  readonly json?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

/** What a browser does of itself towards the portal: keeps one cookie, sends its origin, and shows the token of its session. */
export class PortalBrowser {
  cookie = '';
  csrf = '';

  constructor(readonly url: string) {}

  static async open(url: string): Promise<PortalBrowser> {
    const browser = new PortalBrowser(url);
    await browser.session();
    return browser;
  }

  async session(): Promise<SessionState> {
    const { json } = await this.ask<SessionState>('GET', 'session');
    this.csrf = json.csrfToken;
    return json;
  }

  async ask<T = Record<string, unknown>>(method: string, path: string, { json, headers = {} }: Asked = {}): Promise<Answered<T>> {
    const ofBrowser: Record<string, string> =
      method === 'GET' ? {} : { origin: this.url, 'sec-fetch-site': 'same-origin', 'isu-csrf': this.csrf };
    const answer = await fetch(`${this.url}/api/portal/v1/${path}`, {
      method,
      redirect: 'manual',
      headers: {
        ...ofBrowser,
        ...(this.cookie === '' ? {} : { cookie: this.cookie }),
        ...(json === undefined ? {} : { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(json === undefined ? {} : { body: JSON.stringify(json) }),
    });
    this.keep(answer.headers);
    const text = await answer.text();
    return { status: answer.status, text, json: read<T>(text), headers: answer.headers };
  }

  /** A sign-in by any door gives a new session, with a token of its own. */
  async enter(path: string, json: unknown): Promise<Answered<SessionState>> {
    const answer = await this.ask<SessionState>('POST', path, { json });
    if (answer.status === 201) this.csrf = answer.json.csrfToken;
    return answer;
  }

  /** Follows the redirections of an agent's sign-in at the development issuer, and chooses somebody there. */
  async signInAgent(sub: string): Promise<string> {
    const cookies = new Map<string, string>();
    const go = async (address: string, form?: Record<string, string>): Promise<string> => {
      const own = address.startsWith(`${this.url}/api/portal/`);
      const answer = await fetch(address, {
        redirect: 'manual',
        headers: { cookie: own ? this.cookie : [...cookies].map(([name, value]) => `${name}=${value}`).join('; ') },
        ...(form ? { method: 'POST', body: new URLSearchParams(form) } : {}),
      });
      if (own) this.keep(answer.headers);
      else for (const cookie of answer.headers.getSetCookie()) cookies.set(...nameAndValue(cookie));
      await answer.body?.cancel();
      return new URL(answer.headers.get('location') ?? '', address).href;
    };
    const page = await go(await go(`${this.url}/api/portal/v1/agents/sign-in?to=/bureau`));
    const back = await go(await go(page, { sub }));
    const end = await go(back);
    await this.session();
    return new URL(end).pathname + new URL(end).search;
  }

  private keep(headers: Headers): void {
    const [given] = headers.getSetCookie();
    if (given) this.cookie = given.split(';', 1)[0] ?? '';
  }
}

function read<T>(text: string): T {
  try {
    return JSON.parse(text) as T;
  } catch {
    return {} as T;
  }
}

function nameAndValue(cookie: string): [string, string] {
  const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(cookie) ?? [];
  return [name, value];
}
