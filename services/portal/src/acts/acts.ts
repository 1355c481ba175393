import type { IncomingMessage } from 'node:http';
import { invalidRequest, Refusal, unavailable } from '@isu/chassis';
import { uuidPattern } from '@isu/contracts';
import { Unanswered, type Services, type Voice } from '../questions/services.js';
import { refuse } from '../refusals.js';
import type { Act } from './act.js';

/** What is said, with what makes it one act however often it is sent, and the version that it was written against. */
export interface Said {
  readonly body: Readonly<Record<string, unknown>>;
  readonly key: string;
  readonly version: string | null;
}

/** One of a table of acts, about an account or a caisse. */
interface Named {
  readonly acts: Readonly<Record<string, Act>>;
  readonly name: string;
  readonly about: string;
}

/** Out of a request; an act without its own key could happen twice. */
export function saidIn({ headers }: IncomingMessage, body: unknown): Said {
  const key = headers['idempotency-key'];
  if (typeof key !== 'string' || !uuidPattern.test(key))
    throw invalidRequest([{ field: 'Idempotency-Key', code: 'idempotency-key', accepted: 'un UUID, le même si l’on recommence' }]);
  if (typeof body !== 'object' || body === null || Array.isArray(body))
    throw invalidRequest([{ field: '', code: 'object', accepted: 'un objet JSON' }]);
  return { body: body as Said['body'], key, version: headers['if-match'] ?? null };
}

/**
 * Hands what a screen says to the service whose matter it is, in the name of whoever says it, and hands its answer back. Its refusals are
 * answers for that same person: they come back word for word, and are kept nowhere.
 */
export class Acts {
  constructor(private readonly services: Services) {}

  async perform({ acts, name, about }: Named, { body, key, version }: Said, voice: Voice): Promise<unknown> {
    const act = Object.hasOwn(acts, name) ? acts[name] : undefined;
    if (act === undefined) throw refuse('not-found');
    const { service, path, method, source } = act;
    const json = source === undefined ? body : { ...body, source };
    const question = {
      service,
      path: path.replace('@', about),
      json,
      idempotencyKey: key,
      ...(method && { method }),
      ifMatch: version,
      isWaitedFor: true,
    };
    try {
      return (await this.services.ask<unknown>(question, voice)) ?? {};
    } catch (fault) {
      throw refusalOf(fault);
    }
  }
}

/** The session is ours to judge: a service that will not take our token is a fault of ours, not theirs who asked. */
export function refusalOf(fault: unknown): unknown {
  if (!(fault instanceof Unanswered)) return fault;
  const { status, problem } = fault;
  if (status === 404) return refuse('not-found');
  if (problem === null || status === null || status === 401 || status >= 500) return unavailable();
  const { code, title, detail, errors } = problem;
  return new Refusal({ code, status, title, detail, ...(errors && { errors }) });
}
