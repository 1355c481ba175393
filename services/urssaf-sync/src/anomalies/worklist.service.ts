import { refuse as chassisRefuse, type Access } from '@isu/chassis';
import type { BusinessClock } from '@isu/values';
import type { EntityManager } from 'typeorm';
import { v7 } from 'uuid';
import { lockMoney } from '../payments/payment.table.js';
import { refuse } from '../refusals.js';
import type { AnomalyBook } from './anomaly-book.js';
import { assign, findAnomaly, lockAnomaly, type AnomalyDetail } from './anomaly.table.js';
import type { Correction } from './correction.js';
import type { Corrections } from './corrections.js';
import { decideProposal, hasPending, insertProposal, lockProposal } from './proposal.table.js';

interface Parts {
  readonly clock: BusinessClock;
  readonly book: AnomalyBook;
  readonly corrections: Corrections;
}

/** What the joint cell does with the anomalies of its region. Out of reach is answered like absent. */
export class WorklistService {
  constructor(private readonly parts: Parts) {}

  /** The day from which ages are counted. */
  get today(): string {
    return this.parts.clock.today().iso;
  }

  /** When the cell says something: on the business day, as facts are. */
  private get saidAt(): Date {
    return new Date(this.parts.clock.recordedAt());
  }

  /** Taken by the one who asks, or given back. */
  async assign(tx: EntityManager, id: string, to: 'me' | 'nobody', access: Access): Promise<AnomalyDetail> {
    await this.lockOpen(tx, id, access);
    await assign(tx, id, to === 'nobody' ? null : access.subject.sub, this.saidAt);
    return this.detail(tx, id);
  }

  /** One of the cell says what would settle it, and why. Another must approve. */
  async propose(
    tx: EntityManager,
    id: string,
    { correction, reason }: { correction: Correction; reason: string },
    access: Access,
  ): Promise<AnomalyDetail> {
    await this.lockOpen(tx, id, access);
    if (await hasPending(tx, id)) throw refuse('proposal-pending');
    await insertProposal(tx, { id: v7(), anomaly: id, correction, reason, by: access.subject.sub, at: this.saidAt });
    return this.detail(tx, id);
  }

  /** The second pair of eyes: the correcting facts are published and the anomaly is closed, or nothing happens. */
  async approve(tx: EntityManager, id: string, proposal: string, access: Access): Promise<AnomalyDetail> {
    // In the order in which placing and reconciliation take them: money, anomalies, then rows and streams.
    await lockMoney(tx);
    await this.parts.book.lock(tx);
    const { account, correction: ruled } = await this.lockOpen(tx, id, access);
    const { correction, reason } = await this.mayDecide(tx, id, proposal, access);
    const { correlation, subject } = access;
    const facts = await this.parts.corrections.apply(tx, correction, { anomaly: id, account, correlation, ruled });
    const settledBy = `Cellule : ${reason}`;
    await this.parts.book.close(tx, [{ id, settledBy, correlation, cause: facts[0] ?? null }]);
    await decideProposal(tx, { id: proposal, state: 'approved', by: subject.sub, at: this.saidAt, reason: null, facts });
    return this.detail(tx, id);
  }

  /** Refused with a reason; another may be proposed. The proposer too may take a proposal back. */
  async refuse(
    tx: EntityManager,
    id: string,
    { proposal, reason }: { proposal: string; reason: string },
    access: Access,
  ): Promise<AnomalyDetail> {
    await this.lockOpen(tx, id, access);
    await this.pending(tx, id, proposal);
    await decideProposal(tx, { id: proposal, state: 'refused', by: access.subject.sub, at: this.saidAt, reason, facts: [] });
    return this.detail(tx, id);
  }

  private async lockOpen(tx: EntityManager, id: string, access: Access): Promise<{ account: string; correction: Correction | null }> {
    const anomaly = await lockAnomaly(tx, id);
    if (!anomaly || !(await access.canReach({ account: anomaly.account }))) throw chassisRefuse('not-found');
    await access.showing([anomaly.account]);
    if (anomaly.closedAt !== null) throw refuse('anomaly-closed');
    return anomaly;
  }

  private async mayDecide(tx: EntityManager, id: string, proposal: string, { subject }: Access) {
    const pending = await this.pending(tx, id, proposal);
    if (pending.proposedBy === subject.sub) throw refuse('own-proposal');
    return pending;
  }

  private async pending(tx: EntityManager, id: string, proposal: string) {
    const found = await lockProposal(tx, id, proposal);
    if (!found) throw chassisRefuse('not-found');
    if (found.state !== 'proposed') throw refuse('proposal-decided');
    return found;
  }

  private async detail(tx: EntityManager, id: string): Promise<AnomalyDetail> {
    const found = await findAnomaly(tx, id, this.parts.clock.today().iso);
    if (!found) throw new Error('An anomaly that was locked is there.');
    return found;
  }
}
