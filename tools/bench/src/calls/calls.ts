import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { accountsOf, type Figure, type Section } from '../section.js';
import { heldFigures, type Tenth } from '../systems/held.js';

const run = promisify(execFile);
const program = fileURLToPath(new URL('../../../../services/collection/bench/regularise.mjs', import.meta.url));

/** By the clock and by the processor; of the latter null where the system has no /proc. */
interface Cost {
  readonly perSecond: number;
  readonly nodeMs: number;
  readonly databaseMs: number | null;
}

interface Regularised {
  readonly accounts: number;
  readonly instances: number;
  readonly facts: number;
  readonly settled: number;
  readonly violations: number;
  readonly whole: Cost;
  /** The same without the first tenth, in which the engine still compiles. */
  readonly warm: Cost;
  /** By instance, tenth after tenth: what is held once the collector has been through, and what was resident at most until then. */
  readonly memory: readonly (readonly Tenth[])[];
}

/**
 * The night of a year's regularisation: declared, priced definitive and adjusted, called again, posted, published. `ISU_BENCH_ACCOUNTS` for
 * another size, `ISU_BENCH_INSTANCES` for the processes that share it.
 */
export const calls: Section = {
  name: 'calls',
  title: 'Regularisation of accounts, durable PostgreSQL of its own',
  measure: async ({ tell, quick }) => {
    const accounts = accountsOf(quick, { whole: 200_000, quick: 400 });
    const instances = Number(process.env['ISU_BENCH_INSTANCES'] ?? 1);
    tell(`${accounts.toLocaleString('en-US')} accounts, shared by ${String(instances)}`);
    const { stdout } = await run(process.execPath, [program, String(accounts), String(instances)], { maxBuffer: 2 ** 24 });
    const measured = JSON.parse(stdout) as Regularised;
    if (measured.settled !== accounts || measured.violations > 0)
      throw new Error(
        `${String(measured.settled)} of ${String(accounts)} accounts settled, ${String(measured.violations)} violations of the ledger`,
      );
    return figuresOf(measured);
  },
};

const figuresOf = ({ accounts, instances, facts, whole, warm, memory }: Regularised): Figure[] => [
  {
    name: `${accounts.toLocaleString('en-US')} accounts regularised`,
    value: whole.perSecond,
    unit: '/s',
    limit: { at: 'least', value: 800 },
    note: `${instances === 1 ? '1 instance' : `${String(instances)} instances`}, ${String(facts)} facts each beforehand`,
  },
  { name: 'the same after the first tenth', value: warm.perSecond, unit: '/s' },
  {
    name: 'processor time of the service, after the first tenth',
    value: warm.nodeMs,
    unit: 'ms an account',
    note: withStart(whole.nodeMs),
  },
  ...(whole.databaseMs === null || warm.databaseMs === null
    ? []
    : [
        {
          name: 'processor time of the database, after the first tenth',
          value: warm.databaseMs,
          unit: 'ms an account',
          note: withStart(whole.databaseMs),
        },
      ]),
  ...memory.flatMap((tenths, rank) => heldFigures(tenths, { most: 64, of: instances === 1 ? '' : `, instance ${String(rank + 1)}` })),
];

const withStart = (ms: number): string => `${ms.toFixed(2)} with it`;
