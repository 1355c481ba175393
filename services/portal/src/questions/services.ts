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
  /** Makes it a POST. */
  readonly json?: unknown;
}

/** A service that did not answer 2xx; the status, or null when nothing came. What it said stays with it: it may be about a person. */
export class Unanswered extends Error {
  constructor(
    readonly service: Service,
    readonly status: number | null,
    cause?: unknown,
  ) {
    super(`${service} answered ${status === null ? 'nothing' : String(status)}`, { cause });
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

  async ask<T>({ service, path, json }: Question, { token, purpose, correlation }: Voice): Promise<T> {
    const address = addressOf(this.settings.peersUrl, service);
    if (address === undefined) throw new Unanswered(service, null);
    try {
      const answer = await fetch(`${address}/api/${service}/v1/${path}`, {
        method: json === undefined ? 'GET' : 'POST',
        redirect: 'error',
        signal: AbortSignal.timeout(this.settings.patienceMs),
        headers: {
          authorization: `Bearer ${await token()}`,
          traceparent: traceparentOf(correlation),
          ...(json === undefined ? {} : { 'content-type': 'application/json' }),
          ...(purpose === undefined ? {} : { 'isu-purpose': encodeURIComponent(purpose) }),
        },
        ...(json === undefined ? {} : { body: JSON.stringify(json) }),
      });
      if (answer.ok) return (await answer.json()) as T;
      await answer.body?.cancel();
      throw new Unanswered(service, answer.status);
    } catch (cause) {
      throw cause instanceof Unanswered ? cause : new Unanswered(service, null, cause);
    }
  }
}
