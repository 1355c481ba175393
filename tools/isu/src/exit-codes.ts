/** What programs and scripts learn from the exit code (documented in README.md). */
export const exitCodes = {
  ok: 0,
  /** The system, or the law, said no. */
  refused: 1,
  /** The command line itself is wrong. */
  usage: 2,
  /** No running system, or one that does not answer. */
  unreachable: 3,
  /** What should agree does not: the services about an account, a journal with its chain, a flow with its calendar. */
  disagreement: 4,
  /** Ours: what nobody foresaw (EX_SOFTWARE of sysexits.h). */
  fault: 70,
} as const;
export type ExitCode = (typeof exitCodes)[keyof typeof exitCodes];

/** The command line was understood as a command, but not what was asked with it. */
export class WrongUsage extends Error {}
