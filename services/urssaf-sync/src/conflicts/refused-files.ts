import { draft, flowStream, type FactDraft } from '@isu/contracts';
import { reasonOf, type FileFault, type ServiceContext } from '@isu/chassis';
import { recordExchange } from '../exchange-journal/exchange-journal.js';
import { lockFlow } from '../flows/flow.table.js';

export interface RefusedFile {
  readonly partner: string;
  readonly flow: string;
  /** Null when nothing readable says it. */
  readonly number: number | null;
  /** SHA-256 of all bytes received. */
  readonly fileDigest: string;
  readonly faults: readonly FileFault[];
  /** Under what name something else stands. */
  readonly conflict?: { readonly subject: string; readonly kept: string; readonly refused: string };
  readonly correlation: string;
}

/** The only trace that a refused file leaves: what was refused and why, as facts of its flow. The same refusal again adds nothing but its entry in the journal. */
export async function recordRefusal(
  { db, facts, clock }: Pick<ServiceContext, 'db' | 'facts' | 'clock'>,
  file: RefusedFile,
): Promise<void> {
  const { partner, flow, number, fileDigest, faults, conflict, correlation } = file;
  const said = { stream: flowStream(partner, flow), effectiveOn: clock.today().iso, correlation };
  const reasons = faults.map((fault) => reasonOf(fault).slice(0, 140));
  const drafts: FactDraft[] = [
    draft({ ...said, type: 'urssaf-sync.batch-refused.v1', data: { ...(number === null ? {} : { number }), digest: fileDigest, reasons } }),
    ...(conflict
      ? [
          draft({
            ...said,
            type: 'urssaf-sync.conflict-recorded.v1',
            data: { kind: 'batch', ...conflict, reason: faults[0]?.code ?? 'batch-conflict' },
          }),
        ]
      : []),
  ];
  await db.transaction(async (tx) => {
    await lockFlow(tx, { partner, flow });
    const before = (await tx.query(
      `SELECT 1 FROM fact WHERE author = 'urssaf-sync' AND stream = $1 AND type = 'urssaf-sync.batch-refused.v1'
         AND envelope->'data'->>'digest' = $2 AND envelope->'data'->'reasons' #>> '{}' = $3 LIMIT 1`,
      [said.stream, fileDigest, JSON.stringify(reasons)],
    )) as unknown[];
    if (before.length === 0) await facts.publish(tx, drafts);
    const outcome = faults.map(({ code }) => code).join(' ');
    const act = conflict ? 'batch-conflict' : 'batch-refused';
    await recordExchange(tx, clock, { act, partner, flow, number, digest: conflict?.refused ?? fileDigest, outcome, correlation });
  });
}
