import { setTimeout as pause } from 'node:timers/promises';
import { affiliateTraders } from '@isu/distributed';
import pg from 'pg';
import { copyPerSecond, pgbenchPerSecond } from '../limits/server-limits.js';
import type { Figure, Section } from '../section.js';
import { withEmptySystem, type EmbeddedProcess } from '../systems/embedded-process.js';
import { spentBetween } from '../systems/measured-system.js';
import { peakDuring, residentMb } from '../systems/memory.js';
import { MeasuringUrssaf } from '../systems/payments.js';

const sizes = { whole: { accounts: 2_000, lines: 100_000 }, quick: { accounts: 50, lines: 2_000 } };
const postedWithinMs = 900_000;

/** A file of 100 000 payments: accepted, placed line by line, posted; beside what the same server does at most. */
export const fileOfPayments: Section = {
  name: 'file',
  title: 'A file of 100,000 payments on 2,000 accounts',
  measure: ({ tell, quick }) =>
    withEmptySystem(async (system) => {
      const { accounts, lines } = quick ? sizes.quick : sizes.whole;
      tell(`affiliating ${String(accounts)} people`);
      const urssaf = new MeasuringUrssaf(system.client, system.folder, await affiliateTraders(system.client, accounts));
      const { batch } = urssaf.next(lines);
      tell('sending the file');
      const beforeMb = residentMb(system.pid);
      const { result, peakMb } = await peakDuring(system.pid, async () => {
        const start = performance.now();
        const before = system.spentMs;
        await urssaf.send(batch);
        const placedMs = performance.now() - start;
        tell('lines placed; waiting for their posting');
        const postedMs = placedMs + (await untilPosted(system, lines));
        const { node: nodeMs, postgres: postgresMs } = spentBetween(before, system.spentMs);
        return { placedMs, postedMs, nodeMs, postgresMs };
      });
      tell('raw COPY and pgbench on the same server');
      const copy = await copyPerSecond(system.databaseUrl(), batch.text.split('\n').slice(1, -2));
      const pgbench = await pgbenchPerSecond((database) => system.databaseUrl(database));
      return figures({ ...result, lines, grownMb: peakMb - beforeMb, peakMb, copy, pgbench });
    }),
};

/** Milliseconds until collection has posted every line. */
async function untilPosted(system: EmbeddedProcess, lines: number): Promise<number> {
  const start = performance.now();
  const client = new pg.Client({ connectionString: system.databaseUrl() });
  await client.connect();
  try {
    while (performance.now() - start < postedWithinMs) {
      const { rows } = await client.query<{ posted: string }>(
        `SELECT count(*) AS posted FROM collection.fact WHERE author = 'collection' AND type = 'collection.payment-posted.v1'`,
      );
      if (Number(rows[0]?.posted) >= lines) return performance.now() - start;
      await pause(500);
    }
    throw new Error('Collection has not posted the whole file in time.');
  } finally {
    await client.end();
  }
}

interface Measured {
  readonly lines: number;
  readonly placedMs: number;
  readonly postedMs: number;
  readonly nodeMs: number;
  readonly postgresMs: number;
  readonly grownMb: number;
  readonly peakMb: number;
  readonly copy: number;
  readonly pgbench: number | null;
}

function figures({ lines, placedMs, postedMs, nodeMs, postgresMs, grownMb, peakMb, copy, pgbench }: Measured): Figure[] {
  const placed = (lines * 1_000) / placedMs;
  const posted = (lines * 1_000) / postedMs;
  return [
    { name: 'lines accepted and placed', value: placed, unit: '/s', note: 'to the signed receipt' },
    { name: 'payments posted', value: posted, unit: '/s', note: 'from the file sent to the last posting: ledger, allocation, facts' },
    {
      name: 'processor time a payment',
      value: (nodeMs + postgresMs) / lines,
      unit: 'ms',
      note: `Node ${(nodeMs / lines).toFixed(2)}, PostgreSQL ${(postgresMs / lines).toFixed(2)}`,
    },
    { name: 'raw COPY of the same lines', value: copy, unit: '/s', note: 'the server’s limit for lines alone' },
    ...(pgbench === null
      ? []
      : [
          { name: 'pgbench, its own bank', value: pgbench, unit: '/s', note: '8 clients: one posting a transaction' },
          { name: 'payments posted, times pgbench', value: posted / pgbench, unit: '×' },
        ]),
    { name: 'memory grown, Node', value: grownMb, unit: 'MB', limit: { at: 'most', value: 300 }, note: `peak ${peakMb.toFixed(0)} MB` },
  ];
}
