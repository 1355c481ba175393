/** What work costs in processor, of this process and of the database's: on a shared machine it says more than the clock does. */
import { existsSync, readFileSync, readdirSync } from 'node:fs';

const statOf = (pid) => readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1].split(' ');

/** Processor time of a server and its backends so far, in hundredths of a second as /proc counts; not a number without /proc. Asked of one of its sessions. */
export async function databaseProcessor(db) {
  if (!existsSync('/proc/self/stat')) return () => Number.NaN;
  const [{ backend }] = await db.query('SELECT pg_backend_pid() AS backend');
  const postmaster = statOf(backend)[1];
  return () =>
    readdirSync('/proc')
      .filter((name) => /^\d+$/.test(name))
      .flatMap((pid) => {
        try {
          const fields = statOf(pid);
          return pid === postmaster || fields[1] === postmaster ? fields.slice(11, 15).map(Number) : [];
        } catch {
          return [];
        }
      })
      .reduce((sum, ticks) => sum + ticks, 0) * 10;
}

/** What has been spent since it was made, in milliseconds of processor: of this process, and of the database. */
export function processorSince(databaseMs) {
  const [before, databaseBefore] = [process.cpuUsage(), databaseMs()];
  return () => {
    const { user, system } = process.cpuUsage(before);
    return { nodeMs: (user + system) / 1_000, databaseMs: databaseMs() - databaseBefore };
  };
}

/** Does it and says what it took, by the clock and in processor. */
export const timing = (databaseMs) => async (work) => {
  const [since, spent] = [performance.now(), processorSince(databaseMs)];
  await work();
  return { seconds: (performance.now() - since) / 1_000, ...spent() };
};
