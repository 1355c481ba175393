import { HttpException } from '@nestjs/common';
import { isPassingTrouble } from '@isu/messaging';
import { InvalidValue } from '@isu/values';
import type { Problem } from './problem.js';
import { Refusal } from './refusal.js';
import { invalidRequest, refuse, unavailable, unreadableBody } from './standard-refusals.js';

/** Whether a fault is the database being away or busy rather than a bug: worth the same request again. 57014 is the statement's time being up. */
export const isPassingFault = (error: unknown): boolean =>
  isPassingTrouble(error) || (error as { code?: unknown } | null)?.code === '57014';

/** What to answer to anything thrown: a refusal, or undefined for a fault of ours, of which nobody outside is told anything. */
export function refusalOf(error: unknown): Refusal | undefined {
  if (error instanceof Refusal) return error;
  if (error instanceof InvalidValue) {
    const { field } = error as { field?: unknown };
    return invalidRequest([{ field: typeof field === 'string' ? field : '', code: error.code, accepted: error.accepted }]);
  }
  if (error instanceof HttpException) return ofNest(error.getStatus());
  if (error instanceof URIError) return refuse('bad-request');
  if (isPassingFault(error)) return unavailable();
  return undefined;
}

function ofNest(status: number): Refusal | undefined {
  if (status === 401) return refuse('unauthenticated');
  if (status === 403) return refuse('forbidden');
  if (status === 404) return refuse('not-found');
  if (status === 413) return unreadableBody('body-too-large', 'Le corps de la demande est trop grand.', 413);
  if (status === 503) return unavailable();
  if (status >= 400 && status < 500) return refuse('bad-request');
  return undefined;
}

export function problemOf(refusal: Refusal, instance: string): Problem {
  const { code, title, status, detail, errors } = refusal;
  return { type: `/problems/${code}`, title, status, detail, code, instance, ...(errors.length > 0 ? { errors } : {}) };
}

/** All that is ever said of a fault. */
export const faultProblem = (instance: string): Problem => ({
  type: '/problems/internal-fault',
  title: 'Défaut interne',
  status: 500,
  detail: 'Un défaut de notre côté a empêché de répondre. Citez l’identifiant « instance » pour le signaler.',
  code: 'internal-fault',
  instance,
});
