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

/** Nothing answers there, or it stopped answering before the end. */
export class SystemUnreachable extends Error {}

const developmentGrant = 'urn:isu:grant:development-token';

/**
 * Speaks to a running system as the portals do: over REST, with a token. The embedded mode's issuer mints one for any asker;
 * elsewhere the token comes from outside (`ISU_TOKEN`), and is shown whoever asks.
 */
export class SystemClient {
  private readonly tokens = new Map<string, Promise<string>>();

  constructor(
    readonly url: string,
    private readonly givenToken?: string,
  ) {}

  /** A development token, kept for as long as this client lives. */
  token(asker: Asker): Promise<string> {
    if (this.givenToken) return Promise.resolve(this.givenToken);
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
    const token = await this.token(as);
    const response = await this.reach(path, {
      method,
      headers: {
        authorization: `Bearer ${token}`,
        ...(json === undefined ? {} : { 'content-type': 'application/json' }),
        ...headers,
      },
      body: json === undefined ? (content ?? null) : JSON.stringify(json),
      ...(content instanceof ReadableStream ? { duplex: 'half' } : {}),
    });
    const text = await response.text();
    // Not application/x-ndjson, which is many documents.
    const isJson = /^application\/(?:problem\+)?json/.test(response.headers.get('content-type') ?? '');
    const body = isJson && text !== '' ? (JSON.parse(text) as T) : (text as T);
    if (!response.ok) throw new SaidNo(response.status, typeof body === 'object' && body !== null ? body : { detail: text });
    return { status: response.status, headers: response.headers, body, text };
  }

  private async mint(asker: Asker): Promise<string> {
    const form = new URLSearchParams({ grant_type: developmentGrant, client_id: 'isu-development', ...asker });
    const response = await this.reach('/oidc/token', { method: 'POST', body: form });
    const answer = await response.json().catch(() => null);
    if (typeof answer === 'object' && answer !== null && 'access_token' in answer) return String(answer.access_token);
    throw new SaidNo(response.status, { code: 'token-refused', title: 'Jeton refusé', detail: refusalOf(answer) });
  }

  private async reach(path: string, request: RequestInit): Promise<Response> {
    try {
      return await fetch(`${this.url}${path}`, request);
    } catch (error) {
      if (!isLostConnection(error)) throw error;
      throw new SystemUnreachable(`Aucune réponse de ${this.url}.`, { cause: error.cause });
    }
  }
}

/** What `fetch` throws when a connection fails; anything else is ours. By its name, for tests run in a realm of their own. */
const isLostConnection = (error: unknown): error is Error =>
  typeof error === 'object' && error !== null && 'name' in error && error.name === 'TypeError' && 'cause' in error;

const refusalOf = (answer: unknown): string =>
  typeof answer === 'object' && answer !== null && 'error_description' in answer
    ? `Jeton refusé : ${String(answer.error_description)}.`
    : 'Ce système ne donne pas de jetons de développement : donnez le vôtre dans ISU_TOKEN.';
