import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { accountsOf, type Figure, type Section } from '../section.js';

const run = promisify(execFile);
const program = fileURLToPath(new URL('../../../../services/collection/bench/regularise.mjs', import.meta.url));

interface Regularised {
  readonly accounts: number;
  readonly facts: number;
  readonly settled: number;
  readonly violations: number;
  readonly seconds: number;
  readonly perSecond: number;
  readonly cpuMsPerAccount: number;
  /** Null where the system has no /proc. */
  readonly databaseMsPerAccount: number | null;
  readonly settledMb: number;
  readonly peakMb: number;
}

/** The night of a year's regularisation: declared, priced definitive and adjusted, called again, posted, published. `ISU_BENCH_ACCOUNTS` for another size. */
export const calls: Section = {
  name: 'calls',
  title: 'Regularisation of accounts, one process, durable PostgreSQL of its own',
  measure: async ({ tell, quick }) => {
    const accounts = accountsOf(quick, { whole: 200_000, quick: 400 });
    tell(`${accounts.toLocaleString('en-US')} accounts`);
    const { stdout } = await run(process.execPath, [program, String(accounts)], { maxBuffer: 2 ** 24 });
    const measured = JSON.parse(stdout) as Regularised;
    if (measured.settled !== accounts || measured.violations > 0)
      throw new Error(
        `${String(measured.settled)} of ${String(accounts)} accounts settled, ${String(measured.violations)} violations of the ledger`,
      );
    return figuresOf(measured);
  },
};

const figuresOf = ({ accounts, facts, perSecond, cpuMsPerAccount, databaseMsPerAccount, settledMb, peakMb }: Regularised): Figure[] => [
  {
    name: `${accounts.toLocaleString('en-US')} accounts regularised`,
    value: perSecond,
    unit: '/s',
    limit: { at: 'least', value: 800 },
    note: `${String(facts)} facts each beforehand`,
  },
  { name: 'processor time of the service', value: cpuMsPerAccount, unit: 'ms an account' },
  ...(databaseMsPerAccount === null
    ? []
    : [{ name: 'processor time of the database', value: databaseMsPerAccount, unit: 'ms an account' }]),
  {
    name: 'memory grown after the first tenth',
    value: peakMb - settledMb,
    unit: 'MB',
    limit: { at: 'most', value: 64 },
    note: `from ${settledMb.toFixed(0)} MB`,
  },
];
