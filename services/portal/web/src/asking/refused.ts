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

export const isRefusal = (error: unknown, code: string): error is RefusedByPortal =>
  error instanceof RefusedByPortal && error.problem.code === code;

export const hasStatus = (error: unknown, status: number): error is RefusedByPortal =>
  error instanceof RefusedByPortal && error.problem.status === status;
