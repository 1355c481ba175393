import type { FieldError } from '../problems/problem.js';

/** Something in a file because of which the whole file is refused. The code is stable; what was sent is never repeated. */
export interface FileFault {
  /** From 1; null for what concerns the file as a whole. */
  readonly line: number | null;
  readonly field: string;
  readonly code: string;
  /** In French. */
  readonly accepted: string;
}

const shown = 20;

/** The first faults of a file, in the order in which they are met. */
export class FileFaults {
  private readonly met: FileFault[] = [];

  add(fault: FileFault): void {
    if (this.met.length < shown) this.met.push(fault);
  }

  get isEmpty(): boolean {
    return this.met.length === 0;
  }

  get list(): readonly FileFault[] {
    return this.met;
  }
}

/** As the refusal's fact says them: `line 12: amount: money-malformed`. */
export const reasonOf = ({ line, field, code }: FileFault): string =>
  [...(line === null ? [] : [`line ${String(line)}`]), ...(field === '' ? [] : [field]), code].join(': ');

/** As a problem document names them: `line 12, amount`. */
export const fileErrors = (faults: readonly FileFault[]): FieldError[] =>
  faults.map(({ line, field, code, accepted }) => ({
    field: [...(line === null ? [] : [`line ${String(line)}`]), ...(field === '' ? [] : [field])].join(', '),
    ...{ code, accepted },
  }));

/** Whether the sender stopped before the end. */
export const isCut = (error: unknown): boolean =>
  ['ECONNRESET', 'ERR_STREAM_PREMATURE_CLOSE', 'ABORT_ERR'].includes(String((error as { code?: unknown } | null)?.code));
