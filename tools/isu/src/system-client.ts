/** Who asks: any role, in the embedded mode, whose issuer mints a token for whoever sits at this machine. */
export interface Asker {
  readonly role: string;
  readonly org?: string;
  readonly funds?: string;
  readonly account?: string;
  readonly purpose?: string;
  readonly partner?: string;
  readonly sub?: string;
}

export interface Answer<T = unknown> {
  readonly status: number;
  readonly headers: Headers;
  readonly body: T;
  /** As it came, byte for byte. */
  readonly text: string;
}

interface Asked {
  readonly as: Asker;
  readonly json?: unknown;
  readonly content?: string | Uint8Array | ReadableStream<Uint8Array>;
  readonly headers?: Readonly<Record<string, string>>;
}

/** The system said no, in words for people: a problem document (RFC 9457). */
export class SaidNo extends Error {
  constructor(
    readonly status: number,
    readonly problem: { readonly code?: string; readonly title?: string; readonly detail?: string; readonly errors?: readonly unknown[] },
  ) {
    super(problem.detail ?? problem.title ?? `Réponse ${String(status)}`);
  }
}

const developmentGrant = 'urn:isu:grant:development-token';

/** Speaks to a running embedded system as the portals do: over REST, with a token. */
export class SystemClient {
  private readonly tokens = new Map<string, Promise<string>>();

  constructor(readonly url: string) {}

  /** A development token, kept for as long as this client lives. */
  token(asker: Asker): Promise<string> {
    const key = JSON.stringify(asker);
    const known = this.tokens.get(key);
    if (known) return known;
    const asked = this.mint(asker);
    this.tokens.set(key, asked);
    asked.catch(() => this.tokens.delete(key));
    return asked;
  }

  get<T>(path: string, as: Asker): Promise<Answer<T>> {
    return this.ask<T>('GET', path, { as });
  }

  /** With an `Idempotency-Key` of its own unless one is given: a repeat must name it. */
  post<T>(path: string, asked: Asked & { readonly key?: string }): Promise<Answer<T>> {
    const headers = { 'idempotency-key': asked.key ?? crypto.randomUUID(), ...asked.headers };
    return this.ask<T>('POST', path, { ...asked, headers });
  }

  async ask<T>(method: string, path: string, { as, json, content, headers }: Asked): Promise<Answer<T>> {
    const response = await fetch(`${this.url}${path}`, {
      method,
      headers: {
        authorization: `Bearer ${await this.token(as)}`,
        ...(json === undefined ? {} : { 'content-type': 'application/json' }),
        ...headers,
      },
      body: json === undefined ? (content ?? null) : JSON.stringify(json),
      ...(content instanceof ReadableStream ? { duplex: 'half' } : {}),
    });
    const text = await response.text();
    const isJson = /json/.test(response.headers.get('content-type') ?? '');
    const body = isJson && text !== '' ? (JSON.parse(text) as T) : (text as T);
    if (!response.ok) throw new SaidNo(response.status, typeof body === 'object' && body !== null ? body : { detail: text });
    return { status: response.status, headers: response.headers, body, text };
  }

  private async mint(asker: Asker): Promise<string> {
    const form = new URLSearchParams({ grant_type: developmentGrant, client_id: 'isu-development', ...asker });
    const response = await fetch(`${this.url}/oidc/token`, { method: 'POST', body: form });
    const answer = (await response.json()) as { access_token?: string; error_description?: string };
    if (!answer.access_token)
      throw new SaidNo(response.status, { title: 'Jeton refusé', detail: answer.error_description ?? 'Jeton refusé.' });
    return answer.access_token;
  }
}
