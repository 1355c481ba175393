import { authors, type Author } from '@isu/contracts';
import { traceHeader, type Peers, type Readers, type StreamEnd, type StreamEnds } from '@isu/messaging';
import { SpanKind } from '@opentelemetry/api';
import { correlationUnderWay, traceparentOf } from '../requests/correlation.js';
import { ConfigurationRefused } from '../settings/settings.js';
import { addressOf } from './addresses.js';
import type { BearerToken } from '../security/tokens/bearer.js';
import type { ServiceTokens } from '../security/tokens/service-tokens.js';
import { inSpan } from '../tracing/spans.js';

interface PeersSettings {
  readonly self: Author;
  /** One address for all, a pattern with `{service}`, or a list of them. */
  readonly url: string;
  readonly timeoutMs: number;
  readonly tokens: ServiceTokens;
}

interface Question {
  readonly correlation?: string;
  /** Whose question it is: the peer then judges that person. Without one, the service asks for itself. */
  readonly onBehalfOf?: BearerToken;
  /** For the few answers that take longer than a question of the moment. */
  readonly timeoutMs?: number;
}

/** A peer that answered with something else than 2xx. What it said stays with it: it may be about a person. */
export class PeerRefused extends Error {
  constructor(
    readonly peer: string,
    readonly status: number,
  ) {
    super(`${peer} answered ${status}`);
  }
}

/** Questions to the other services over REST: few, named in docs/flows.md, always with a token and a limit of time. */
export class RestPeers implements Peers, Readers, StreamEnds {
  readonly names: readonly Author[];

  constructor(private readonly settings: PeersSettings) {
    this.names = authors.filter((author) => author !== settings.self);
    for (const name of this.names) this.addressOf(name);
  }

  /** The JSON answer of a peer to `GET /api/<peer>/v1/<path>`. */
  async get<T>(peer: Author, path: string, question: Question = {}): Promise<T> {
    return (await (await this.ask(peer, path, question)).json()) as T;
  }

  /** The JSON answer of a peer to a question that is asked in a body: what must not stand in an address, or is long. */
  async post<T>(peer: Author, path: string, body: unknown, question: Question = {}): Promise<T> {
    return (await (await this.ask(peer, path, question, body)).json()) as T;
  }

  async factsOf(author: Author, stream: string, fromSeq: number, toSeq: number): Promise<readonly string[]> {
    return this.factsHeldBy(author, { author, stream, fromSeq, toSeq });
  }

  /** An author's facts in the copy of any service. */
  async factsHeldBy(
    holder: Author,
    { author, stream, fromSeq, toSeq }: { author: Author; stream: string; fromSeq: number; toSeq: number },
  ): Promise<readonly string[]> {
    return this.lines(holder, `facts?${query({ author, stream, from: fromSeq, to: toSeq })}`);
  }

  async endsOf(author: Author, { after, limit }: { after: string; limit: number }): Promise<readonly StreamEnd[]> {
    return (await this.get<{ ends: StreamEnd[] }>(author, `facts/ends?${query({ limit, ...(after && { after }) })}`)).ends;
  }

  async highestPosition(reader: string, author: Author): Promise<bigint> {
    const { position } = await this.get<{ position: string }>(reader as Author, `facts/highest-position?${query({ author })}`);
    return BigInt(position);
  }

  async factsFrom(reader: string, { author, after, limit }: { author: Author; after: bigint; limit: number }): Promise<readonly string[]> {
    return this.lines(reader as Author, `facts/from-position?${query({ author, position: String(after), limit })}`);
  }

  private addressOf(peer: Author): string {
    const address = addressOf(this.settings.url, peer);
    if (address === undefined)
      throw new ConfigurationRefused([{ variable: 'ISU_PEERS_URL', accepted: `une liste qui donne aussi ${peer}` }]);
    return address;
  }

  private async lines(peer: Author, path: string): Promise<readonly string[]> {
    const text = await (await this.ask(peer, path, {})).text();
    return text.split('\n').filter((line) => line !== '');
  }

  private async ask(
    peer: Author,
    path: string,
    { correlation, onBehalfOf, timeoutMs = this.settings.timeoutMs }: Question,
    body?: unknown,
  ): Promise<Response> {
    const { self, tokens } = this.settings;
    const token = await (onBehalfOf ? tokens.onBehalfOf(onBehalfOf) : tokens.forItself());
    const answer = await inSpan({ service: self, name: `ask ${peer}`, kind: SpanKind.CLIENT }, async (span) => {
      const asking = correlation ?? correlationUnderWay();
      const given = await fetch(`${this.addressOf(peer)}/api/${peer}/v1/${path}`, {
        redirect: 'error',
        signal: AbortSignal.timeout(timeoutMs),
        headers: {
          authorization: `Bearer ${token}`,
          ...(asking ? { [traceHeader]: traceparentOf(asking) } : {}),
          ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        },
        ...(body === undefined ? {} : { method: 'POST', body: JSON.stringify(body) }),
      });
      span.setAttribute('http.response.status_code', given.status);
      return given;
    });
    if (!answer.ok) {
      await answer.body?.cancel();
      throw new PeerRefused(peer, answer.status);
    }
    return answer;
  }
}

const query = (fields: Record<string, string | number>): string =>
  new URLSearchParams(Object.entries(fields).map(([name, value]): [string, string] => [name, String(value)])).toString();
