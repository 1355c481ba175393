import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import type { Figure, Surroundings } from '../section.js';

const run = promisify(execFile);
const program = fileURLToPath(new URL('../../../../services/collection/bench/statements.mjs', import.meta.url));
const sizes = { whole: { accounts: 300, readings: 2_000 }, quick: { accounts: 3, readings: 40 } };

interface Times {
  readonly p50: number;
  readonly p99: number;
}

interface Measured {
  readonly accounts: number;
  readonly entries: number;
  readonly postings: number;
  readonly facts: number;
  readonly isSame: boolean;
  readonly isBalanced: boolean;
  readonly statement: Times;
  readonly asKnownOn: Times;
  readonly csv: Times;
}

/** The statement of an account of ten years, read by four at once while payments are posted: now, as known on a day, as a journal. */
export async function statementFigures({ tell, quick }: Pick<Surroundings, 'tell' | 'quick'>): Promise<Figure[]> {
  const { accounts, readings } = quick ? sizes.quick : sizes.whole;
  tell(`${String(accounts)} accounts of ten years`);
  const { stdout } = await run(process.execPath, [program, String(accounts), String(readings)]);
  const measured = JSON.parse(stdout) as Measured;
  if (!measured.isSame || !measured.isBalanced) throw new Error('The statements that were measured are not those of the account.');
  const { statement, asKnownOn, csv, entries, postings, facts } = measured;
  return [
    {
      name: 'ten-year statement, p99',
      value: statement.p99,
      unit: 'ms',
      limit: { at: 'most', value: 50 },
      note: `${String(entries)} entries, ${String(postings)} postings; four readers, payments posted beside them`,
    },
    { name: 'ten-year statement, p50', value: statement.p50, unit: 'ms' },
    {
      name: 'the same as known on a day, p99',
      value: asKnownOn.p99,
      unit: 'ms',
      limit: { at: 'most', value: 300 },
      note: `with the view that proves it, folded from ${String(facts)} facts`,
    },
    { name: 'the same as known on a day, p50', value: asKnownOn.p50, unit: 'ms' },
    { name: 'its journal as CSV, p99', value: csv.p99, unit: 'ms' },
  ];
}
