import { daily, type Figures, type Job, type JobTurn, type ServiceContext } from '@isu/chassis';
import { draft, flowStream } from '@isu/contracts';
import type { EntityManager } from 'typeorm';
import { recordExchange } from '../exchange-journal/exchange-journal.js';
import { awaitedThrough } from '../flows/flow-catalogue.js';
import { findFlow, lockFlow, type FlowKey } from '../flows/flow.table.js';
import type { Partners } from '../partners/partners.js';
import { markLate } from './outgoing-batch.table.js';

interface Parts {
  readonly context: Pick<ServiceContext, 'facts' | 'clock'>;
  readonly partners: Partners;
}

/** Every day, flow by flow: what a partner should have sent and has not, what it should have acknowledged and has not. Each is said once. */
export const latenessWatchJob = (parts: Parts): Job => ({
  name: 'flow-lateness-watch',
  title: 'Surveillance des flux : lots et reçus en retard',
  calendar: daily,
  takesInEarlier: true,
  run: async (turn): Promise<Figures> => {
    const { partners } = parts;
    const looks = [
      ...partners.flows.map((key) => (tx: EntityManager) => watchIncoming(tx, key, turn, parts)),
      ...partners.outgoingFlows.map((key) => (tx: EntityManager) => watchOutgoing(tx, key, turn, parts)),
    ];
    let { done, late } = (turn.checkpoint as { done: number; late: number } | null) ?? { done: 0, late: 0 };
    for (const look of looks.slice(done)) {
      await turn.step(async (tx) => {
        late += await look(tx);
        done += 1;
        return { checkpoint: { done, late }, done, total: looks.length };
      });
    }
    return { 'flux regardés': looks.length, 'retards constatés': late };
  },
});

/** One of the partner's: behind its calendar, which is said once until it catches up, and asked for. A flow that never began is awaited as any other. */
async function watchIncoming(
  tx: EntityManager,
  key: FlowKey,
  { date, correlation }: JobTurn,
  { context, partners }: Parts,
): Promise<number> {
  const agreement = partners.agreement(key.partner, key.flow);
  const awaited = agreement && awaitedThrough(agreement, date)?.iso;
  if (awaited === undefined) return 0;
  await lockFlow(tx, key);
  const { completedThrough } = await findFlow(tx, key);
  if ((completedThrough ?? '') >= awaited || (await isSaid(tx, key, completedThrough))) return 0;
  const stream = flowStream(key.partner, key.flow);
  await recordExchange(tx, context.clock, {
    ...{ act: 'resend-requested', ...key, number: null, digest: null, outcome: `late through ${awaited}`, correlation },
  });
  await context.facts.publish(tx, [
    draft({
      ...{ stream, type: 'urssaf-sync.flow-late.v1', effectiveOn: date.iso, correlation },
      data: { awaitedThrough: awaited, ...(completedThrough === null ? {} : { completedThrough }) },
    }),
  ]);
  return 1;
}

/** Whether the last word about lateness was said where the flow stands now. */
async function isSaid(tx: EntityManager, { partner, flow }: FlowKey, completedThrough: string | null): Promise<boolean> {
  const [last] = (await tx.query(
    `SELECT envelope->'data'->>'completedThrough' AS through FROM fact
      WHERE author = 'urssaf-sync' AND stream = $1 AND type = 'urssaf-sync.flow-late.v1' ORDER BY seq DESC LIMIT 1`,
    [flowStream(partner, flow)],
  )) as { through: string | null }[];
  return last !== undefined && last.through === completedThrough;
}

/** One of ours: batches whose receipt is overdue are marked, said once, and sent again at once. */
async function watchOutgoing(
  tx: EntityManager,
  key: FlowKey,
  { date, correlation }: JobTurn,
  { context, partners }: Parts,
): Promise<number> {
  const agreement = partners.outgoing(key.partner, key.flow);
  const through = agreement && awaitedThrough(agreement, date)?.iso;
  if (through === undefined) return 0;
  const late = await markLate(tx, key, { through, today: date.iso });
  const [first, last] = [late[0], late.at(-1)];
  if (!first || !last) return 0;
  await context.facts.publish(tx, [
    draft({
      ...{ stream: flowStream(key.partner, key.flow), type: 'urssaf-sync.acknowledgement-late.v1', effectiveOn: date.iso, correlation },
      data: { from: first.number, to: last.number, businessDate: first.businessDate },
    }),
  ]);
  return late.length;
}
