import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { copyPerSecond, pgbenchPerSecond } from '../limits/server-limits.js';
import { accountsOf, type Figure, type Section } from '../section.js';
import { heldFigures, type Tenth } from '../systems/held.js';
import { statementFigures } from './statements.js';

const program = fileURLToPath(new URL('../../../../services/collection/bench/debits.mjs', import.meta.url));
/** All that fall due on the 5th of a month, and the time that is given to them. */
const [everybody, withinSeconds] = [1_400_000, 600];

interface Took {
  readonly seconds: number;
  readonly nodeMs: number;
  readonly databaseMs: number;
}

interface Debited {
  readonly accounts: number;
  readonly presented: number;
  readonly written: number;
  readonly references: number;
  readonly settled: number;
  readonly returned: number;
  readonly expectedBack: number;
  readonly violations: number;
  readonly took: Readonly<Record<'presented' | 'laid' | 'posted' | 'returned', Took>>;
  readonly memory: Readonly<Record<'presenting' | 'posting', readonly Tenth[]>>;
  readonly url: string;
}

/** The debits of a due date and the statements of long accounts. The debits: decided, written, laid for the bank, posted when they are credited, two in a hundred back. `ISU_BENCH_ACCOUNTS` for another size. */
export const money: Section = {
  name: 'money',
  title: 'Direct debits of one day, statements of ten years: one process each, durable PostgreSQL of its own',
  measure: async (surroundings) => [...(await debitFigures(surroundings)), ...(await statementFigures(surroundings))],
};

async function debitFigures({ tell, quick }: Parameters<Section['measure']>[0]): Promise<Figure[]> {
  const accounts = accountsOf(quick, { whole: 100_000, quick: 400 });
  tell(`${accounts.toLocaleString('en-US')} debits`);
  const child = spawn(process.execPath, ['--expose-gc', program, String(accounts)], { stdio: ['pipe', 'pipe', 'inherit'] });
  const ended = once(child, 'exit');
  try {
    const measured = await answerOf(createInterface({ input: child.stdout }));
    check(measured);
    tell('raw COPY and pgbench on the same server');
    const lines = Array.from({ length: accounts }, (_, rank) => `debit ${String(rank)} of 838.00 EUR under its mandate and its reference`);
    const copy = await copyPerSecond(measured.url, lines);
    const pgbench = await pgbenchPerSecond((database) => measured.url.replace(/\/[^/]*$/, `/${database}`)).catch(() => null);
    return figuresOf(measured, { copy, pgbench });
  } finally {
    child.stdin.end();
    await ended;
  }
}

async function answerOf(lines: AsyncIterable<string>): Promise<Debited> {
  for await (const line of lines) return JSON.parse(line) as Debited;
  throw new Error('The debits of the day were not measured to their end.');
}

/** A figure of work that was done twice, or not, is no figure. */
function check({ accounts, presented, written, references, settled, returned, expectedBack, violations }: Debited): void {
  const isWhole = [presented, written, references, settled].every((count) => count === accounts) && returned === expectedBack;
  if (!isWhole || violations > 0)
    throw new Error(
      `Of ${String(accounts)} debits ${String(written)} were written, ${String(references)} once, ${String(settled)} posted.`,
    );
}

function figuresOf(measured: Debited, { copy, pgbench }: { copy: number; pgbench: number | null }): Figure[] {
  const { accounts, returned, took, memory } = measured;
  const both = accounts / (took.presented.seconds + took.laid.seconds + took.posted.seconds);
  return [
    {
      name: 'debits written and posted',
      value: both,
      unit: '/s',
      limit: { at: 'least', value: everybody / withinSeconds },
      note: '1.4 million in ten minutes',
    },
    {
      name: 'decided, written, checked, sealed',
      value: accounts / took.presented.seconds,
      unit: '/s',
      note: `killed once in the middle, and gone on with; ${processor(took.presented, accounts)}`,
    },
    { name: 'laid for the bank', value: accounts / took.laid.seconds, unit: '/s' },
    {
      name: 'posted when credited',
      value: accounts / took.posted.seconds,
      unit: '/s',
      note: `ledger, allocation, facts; ${processor(took.posted, accounts)}`,
    },
    { name: 'back, for every reason', value: returned / took.returned.seconds, unit: '/s', note: processor(took.returned, returned) },
    { name: 'raw COPY of as many lines', value: copy, unit: '/s', note: 'the server’s limit for lines alone' },
    ...(pgbench === null
      ? []
      : [{ name: 'pgbench, its own bank', value: pgbench, unit: '/s', note: '8 clients: one posting a transaction' }]),
    ...heldFigures(memory.presenting, { most: 128, of: ', presenting' }),
    ...heldFigures(memory.posting, { most: 128, of: ', posting' }),
  ];
}

/** On a shared machine the processor says more than the clock does. */
const processor = ({ nodeMs, databaseMs }: Took, debits: number): string =>
  `processor a debit ${(nodeMs / debits).toFixed(2)} ms Node, ${(databaseMs / debits).toFixed(2)} ms PostgreSQL`;
