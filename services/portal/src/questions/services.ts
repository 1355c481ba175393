import { addressOf, traceparentOf } from '@isu/chassis';
import type { Service } from '../face/parts.js';

/** In whose name a service is asked: their token, and for an agent the purpose that enters the journal. */
export interface Voice {
  readonly token: () => Promise<string>;
  readonly purpose?: string;
  /** One trace, from the click to the last service. */
  readonly correlation: string;
}

export interface Question {
  readonly service: Service;
  /** Under `/api/<service>/v1/`. */
  readonly path: string;
  /** Makes it a POST, unless a method is named. */
  readonly json?: unknown;
  readonly method?: 'PUT';
  /** For what creates something: the same key is the same creation. */
  readonly idempotencyKey?: string;
}

/** A service that did not answer 2xx; the status, or null when nothing came. What it said stays with it: it may be about a person. */
export class Unanswered extends Error {
  /** The code of its refusal, if it was one: a word of programs, which is about nobody. */
  readonly code: string | null;

  constructor(
    readonly service: Service,
    readonly status: number | null,
    { code = null, cause }: { readonly code?: string | null; readonly cause?: unknown } = {},
  ) {
    super(`${service} answered ${status === null ? 'nothing' : String(status)}`, { cause });
    this.code = code;
  }
}

interface ServicesSettings {
  readonly peersUrl: string;
  /** A page does not wait for a service that hangs: it says what is missing. */
  readonly patienceMs: number;
}

/** The services, asked over HTTP with a token of whoever looks. */
export class Services {
  constructor(private readonly settings: ServicesSettings) {}

  async ask<T>({ service, path, json, method, idempotencyKey }: Question, { token, purpose, correlation }: Voice): Promise<T> {
    const address = addressOf(this.settings.peersUrl, service);
    if (address === undefined) throw new Unanswered(service, null);
    try {
      const answer = await fetch(`${address}/api/${service}/v1/${path}`, {
        method: method ?? (json === undefined ? 'GET' : 'POST'),
        redirect: 'error',
        signal: AbortSignal.timeout(this.settings.patienceMs),
        headers: {
          authorization: `Bearer ${await token()}`,
          traceparent: traceparentOf(correlation),
          ...(json === undefined ? {} : { 'content-type': 'application/json' }),
          ...(idempotencyKey === undefined ? {} : { 'idempotency-key': idempotencyKey }),
          ...(purpose === undefined ? {} : { 'isu-purpose': encodeURIComponent(purpose) }),
        },
        ...(json === undefined ? {} : { body: JSON.stringify(json) }),
      });
      if (answer.ok) return (answer.status === 204 ? undefined : await answer.json()) as T;
      throw new Unanswered(service, answer.status, { code: await codeIn(answer) });
    } catch (cause) {
      throw cause instanceof Unanswered ? cause : new Unanswered(service, null, { cause });
    }
  }
}

async function codeIn(answer: Response): Promise<string | null> {
  const problem: unknown = await answer.json().catch(() => null);
  const code = typeof problem === 'object' && problem !== null && 'code' in problem ? problem.code : null;
  return typeof code === 'string' ? code : null;
}
