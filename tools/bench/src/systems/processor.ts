import { readdirSync, readFileSync } from 'node:fs';

/** /proc counts in hundredths of a second on every Linux that Node runs on. */
const tickMs = 10;

interface Spent {
  readonly parent: string;
  /** Its own, and that of its children that have ended. */
  readonly ms: number;
}

/** Processor time spent so far by a process; not a number where the system has no /proc. */
export const processorMs = (pid: number): number => spentBy(String(pid))?.ms ?? Number.NaN;

/** The same for a server and its children. */
export function familyProcessorMs(parent: string): number {
  const own = spentBy(parent);
  if (!own) return Number.NaN;
  const children = readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(spentBy);
  return children.reduce((sum, child) => (child?.parent === parent ? sum + child.ms : sum), own.ms);
}

function spentBy(pid: string): Spent | null {
  try {
    // The second field is the program's name, in brackets, and may hold blanks.
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? [];
    const ticks = fields.slice(11, 15).reduce((sum, field) => sum + Number(field), 0);
    return { parent: fields[1] ?? '', ms: ticks * tickMs };
  } catch {
    return null;
  }
}
