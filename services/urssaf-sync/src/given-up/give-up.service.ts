import { refuse as chassisRefuse, type Access, type ServiceContext } from '@isu/chassis';
import { draft, flowStream } from '@isu/contracts';
import type { EntityManager } from 'typeorm';
import { v7 } from 'uuid';
import { recordExchange } from '../exchange-journal/exchange-journal.js';
import { completeFurther } from '../flows/completion.js';
import { closeGap, findGaps, lockFlow, type FlowKey } from '../flows/flow.table.js';
import type { Partners } from '../partners/partners.js';
import { refuse } from '../refusals.js';
import { decideGiveUp, giveUpsOf, insertGivenUpNumbers, insertGiveUp, type GiveUp, type Stretch } from './give-up.table.js';

interface Parts {
  readonly context: Pick<ServiceContext, 'db' | 'facts' | 'clock'>;
  readonly partners: Partners;
}

export interface Asked extends Stretch {
  readonly attestation: string;
  readonly reason: string;
}

/**
 * A batch that its author has lost too will never come, however often it is asked for: on the partner's written word, and by the decision of two
 * people, the flow goes on without it. What it told is told again in other batches, or the comparison with the partner's books will find it.
 */
export class GiveUpService {
  constructor(private readonly parts: Parts) {}

  async of(key: FlowKey): Promise<GiveUp[]> {
    this.mustBeAgreed(key);
    return giveUpsOf(this.parts.context.db.manager, key);
  }

  async propose(tx: EntityManager, key: FlowKey, { from, to, attestation, reason }: Asked, { subject }: Access): Promise<GiveUp> {
    this.mustBeAgreed(key);
    await lockFlow(tx, key);
    if ((await giveUpsOf(tx, key)).some(({ state }) => state === 'proposed')) throw refuse('proposal-pending');
    const gaps = await findGaps(tx, key);
    if (!gaps.some((gap) => gap.from <= from && to <= gap.to)) throw refuse('number-not-missing');
    const id = v7();
    await insertGiveUp(tx, key, { ...{ id, from, to, attestation, reason }, proposedBy: subject.sub, proposedAt: this.saidAt });
    return this.one(tx, key, id);
  }

  /** The second pair of eyes. Should one of these batches be found and come after all, it is taken as any other. */
  async approve(tx: EntityManager, key: FlowKey, id: string, access: Access): Promise<GiveUp> {
    const { facts, clock } = this.parts.context;
    const flow = await lockFlow(tx, key);
    const pending = await this.pending(tx, key, id);
    if (pending.proposedBy === access.subject.sub) throw refuse('own-proposal');
    if (!(await closeGap(tx, key, pending))) throw refuse('number-not-missing');
    await decideGiveUp(tx, { id, state: 'approved', decidedBy: access.subject.sub, decidedAt: this.saidAt, decisionReason: null });
    await insertGivenUpNumbers(tx, key, pending);
    const { from, to, attestation } = pending;
    const { correlation } = access;
    const outcome = `${String(from)}-${String(to)} ${attestation}`;
    await recordExchange(tx, clock, { act: 'number-given-up', ...key, number: from, digest: null, outcome, correlation });
    const said = { effectiveOn: clock.today().iso, correlation };
    const numbers = Array.from({ length: to - from + 1 }, (_, rank) => from + rank);
    await facts.publish(tx, [
      ...numbers.map((number) =>
        draft({ ...said, stream: flowStream(key.partner, key.flow), type: 'urssaf-sync.gap-closed.v1', data: { attestation, number } }),
      ),
      ...(await completeFurther(tx, flow, said)),
    ]);
    return this.one(tx, key, id);
  }

  /** Refused with a reason; another may be made. Whoever proposed may take it back. */
  async refuse(tx: EntityManager, key: FlowKey, { id, reason }: { id: string; reason: string }, { subject }: Access): Promise<GiveUp> {
    await lockFlow(tx, key);
    await this.pending(tx, key, id);
    await decideGiveUp(tx, { id, state: 'refused', decidedBy: subject.sub, decidedAt: this.saidAt, decisionReason: reason });
    return this.one(tx, key, id);
  }

  private mustBeAgreed({ partner, flow }: FlowKey): void {
    if (!this.parts.partners.agreement(partner, flow)) throw refuse('unknown-flow');
  }

  private async pending(tx: EntityManager, key: FlowKey, id: string): Promise<GiveUp> {
    this.mustBeAgreed(key);
    const found = await this.one(tx, key, id);
    if (found.state !== 'proposed') throw refuse('proposal-decided');
    return found;
  }

  private async one(tx: EntityManager, key: FlowKey, id: string): Promise<GiveUp> {
    const found = (await giveUpsOf(tx, key)).find((each) => each.id === id);
    if (!found) throw chassisRefuse('not-found');
    return found;
  }

  /** When somebody says something: on the business day, as facts are. */
  private get saidAt(): Date {
    return new Date(this.parts.context.clock.recordedAt());
  }
}
