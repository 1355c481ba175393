import { addressOf, traceparentOf, type Problem } from '@isu/chassis';
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
  /** The version that a correction was written against. */
  readonly ifMatch?: string | null;
  /** What is done, or printed, is waited for longer than what a page can do without. */
  readonly isWaitedFor?: boolean;
}

/** A service that did not answer 2xx; the status, or null when nothing came. What it said stays with it: it may be about a person. */
export class Unanswered extends Error {
  /** The code of its refusal, if it was one: a word of programs, which is about nobody. */
  readonly code: string | null;
  /** Not to be shown in full by whatever writes errors down. */
  readonly #problem: Problem | null;

  constructor(
    readonly service: Service,
    readonly status: number | null,
    { problem = null, cause }: { readonly problem?: Problem | null; readonly cause?: unknown } = {},
  ) {
    super(`${service} answered ${status === null ? 'nothing' : String(status)}`, { cause });
    this.code = problem?.code ?? null;
    this.#problem = problem;
  }

  /** For the one who asked, and for nobody else. */
  get problem(): Problem | null {
    return this.#problem;
  }
}

interface ServicesSettings {
  readonly peersUrl: string;
  /** A page does not wait for a service that hangs: it says what is missing. */
  readonly patienceMs: number;
}

const waitingMs = 15_000;

/** The services, asked over HTTP with a token of whoever looks. */
export class Services {
  constructor(private readonly settings: ServicesSettings) {}

  async ask<T>(question: Question, voice: Voice): Promise<T> {
    const answer = await this.answer(question, voice);
    if (answer.status === 204) return undefined as T;
    return (await answer.json().catch((cause: unknown) => {
      throw new Unanswered(question.service, null, { cause });
    })) as T;
  }

  /** As it came: a document, for instance. */
  async answer(
    { service, path, json, method, idempotencyKey, ifMatch, isWaitedFor }: Question,
    { token, purpose, correlation }: Voice,
  ): Promise<Response> {
    const address = addressOf(this.settings.peersUrl, service);
    if (address === undefined) throw new Unanswered(service, null);
    try {
      const answer = await fetch(`${address}/api/${service}/v1/${path}`, {
        method: method ?? (json === undefined ? 'GET' : 'POST'),
        redirect: 'error',
        signal: AbortSignal.timeout(isWaitedFor ? waitingMs : this.settings.patienceMs),
        headers: {
          authorization: `Bearer ${await token()}`,
          traceparent: traceparentOf(correlation),
          ...(json === undefined ? {} : { 'content-type': 'application/json' }),
          ...(idempotencyKey === undefined ? {} : { 'idempotency-key': idempotencyKey }),
          ...(ifMatch ? { 'if-match': ifMatch } : {}),
          ...(purpose === undefined ? {} : { 'isu-purpose': encodeURIComponent(purpose) }),
        },
        ...(json === undefined ? {} : { body: JSON.stringify(json) }),
      });
      if (answer.ok) return answer;
      throw new Unanswered(service, answer.status, { problem: await problemIn(answer) });
    } catch (cause) {
      throw cause instanceof Unanswered ? cause : new Unanswered(service, null, { cause });
    }
  }
}

async function problemIn(answer: Response): Promise<Problem | null> {
  const said: unknown = await answer.json().catch(() => null);
  return typeof said === 'object' && said !== null && 'code' in said && typeof said.code === 'string' ? (said as Problem) : null;
}
