import { readdirSync, readFileSync } from 'node:fs';

const kilobytes = (text: string, field: string): number => Number(new RegExp(`^${field}:\\s+(\\d+) kB`, 'm').exec(text)?.[1] ?? Number.NaN);

/** Resident memory of a process now, in MB; not a number where the system has no /proc. */
export function residentMb(pid: number | string): number {
  try {
    return kilobytes(readFileSync(`/proc/${String(pid)}/status`, 'utf8'), 'VmRSS') / 1024;
  } catch {
    return Number.NaN;
  }
}

/** Memory of a server and its children, pages that they share counted once, in MB. */
export function familyMb(parent: string): number {
  try {
    const members = readdirSync('/proc').filter((pid) => pid === parent || parentOf(pid) === parent);
    return members.reduce((sum, pid) => sum + shareKb(pid, parent), 0) / 1024;
  } catch {
    return Number.NaN;
  }
}

/** A child may end while we look: then it has nothing. */
function shareKb(pid: string, parent: string): number {
  try {
    return kilobytes(readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8'), 'Pss');
  } catch (fault) {
    if (pid === parent) throw fault;
    return 0;
  }
}

function parentOf(pid: string): string | undefined {
  if (!/^\d+$/.test(pid)) return undefined;
  try {
    return /^PPid:\s+(\d+)$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
  } catch {
    return undefined;
  }
}

/** The highest resident memory of a process while some work goes on, in MB. */
export async function peakDuring<T>(pid: number, work: () => Promise<T>): Promise<{ readonly result: T; readonly peakMb: number }> {
  let peakMb = residentMb(pid);
  const watch = setInterval(() => (peakMb = Math.max(peakMb, residentMb(pid))), 50);
  try {
    const result = await work();
    return { result, peakMb: Math.max(peakMb, residentMb(pid)) };
  } finally {
    clearInterval(watch);
  }
}
