import type { Refused } from '../../../src/face/session.js';

/** The portal said no: the words are for people, the code is for us. */
export class RefusedByPortal extends Error {
  constructor(
    readonly problem: Refused,
    /** Seconds to wait before trying again, when the portal said how long. */
    readonly retryAfter: number | null,
  ) {
    super(problem.code);
  }
}

/** The portal did not answer at all: no network, or nothing at the other end. */
export class Unreachable extends Error {}

export const hasCode = (error: unknown, code: string): error is RefusedByPortal =>
  error instanceof RefusedByPortal && error.problem.code === code;

export const hasStatus = (error: unknown, status: number): error is RefusedByPortal =>
  error instanceof RefusedByPortal && error.problem.status === status;

/** What the portal would accept in that field, if it is the one that it refused. */
export function acceptedIn(error: unknown, field: string): string | null {
  if (!(error instanceof RefusedByPortal)) return null;
  const refused = error.problem.errors?.find((candidate) => candidate.field === field);
  return refused === undefined ? null : `Attendu : ${refused.accepted}.`;
}
