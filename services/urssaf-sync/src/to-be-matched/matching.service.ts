import { refuse as chassisRefuse, type Access, type Logger, type ServiceContext } from '@isu/chassis';
import { canonicalJson, sha256 } from '@isu/contracts';
import { Money } from '@isu/values';
import type { EntityManager } from 'typeorm';
import { v7 } from 'uuid';
import { findCorrectable, type CorrectablePayment } from '../anomalies/correctable.table.js';
import type { Reversal } from '../payments/known-money.js';
import { findKnownAccounts, lockMoney } from '../payments/payment.table.js';
import { saveReversals } from '../payments/reversal.table.js';
import { refuse } from '../refusals.js';
import { Attribution } from './attribution.js';
import { candidatesFor, type Candidate, type FoundDebt } from './candidate.js';
import { decideProposal, insertProposal, proposalsOf, type MatchingProposal } from './matching-proposal.table.js';
import { nearAccounts } from './near-reference.js';
import { UnmatchedFacts } from './unmatched-facts.js';
import { findWaitingPayment, type WaitingMoney } from './waiting-money.table.js';

interface Parts {
  readonly context: Pick<ServiceContext, 'db' | 'facts' | 'clock' | 'peers'> & { readonly log: Logger };
}

/** Money that waits, whom it may be for, and what was proposed. */
export interface MatchingFile extends WaitingMoney {
  /** Within the region of whoever looks, most likely first. */
  readonly candidates: readonly Candidate[];
  /** Candidates of other regions, counted by caisse: theirs to look at. */
  readonly elsewhere: Readonly<Record<string, number>>;
  /** False while collection does not answer: amounts were not compared. */
  readonly isComplete: boolean;
  readonly proposals: readonly MatchingProposal[];
}

export interface Asked {
  readonly kind: MatchingProposal['kind'];
  readonly account: string | null;
  readonly reason: string;
}

const mostDebts = 50;

/** The joint cell looks for the owner of money that has none: one proposes, another approves. */
export class MatchingService {
  private readonly unmatched: UnmatchedFacts;
  private readonly attribution: Attribution;

  constructor(private readonly parts: Parts) {
    this.unmatched = new UnmatchedFacts(parts.context);
    this.attribution = new Attribution(parts.context);
  }

  get today(): string {
    return this.parts.context.clock.today().iso;
  }

  /** When the cell says something: on the business day, as facts are. */
  private get saidAt(): Date {
    return new Date(this.parts.context.clock.recordedAt());
  }

  /** Each candidate shown is journaled; those out of reach are only counted. `named`: accounts of people of the payer's name. */
  async file(id: string, access: Access, named: readonly string[] = []): Promise<MatchingFile> {
    const { db } = this.parts.context;
    const money = await this.waiting(db.manager, id);
    const near = await this.nearKnown(money);
    const known = [...(await findKnownAccounts(db.manager, named))];
    const debts = await this.debtsLike(money, [...near.map(({ account }) => account), ...known]);
    const all = candidatesFor({ valueOn: money.valueOn, near, debts: debts ?? [], named: known });
    const mine: Candidate[] = [];
    const elsewhere: Record<string, number> = {};
    for (const candidate of all) {
      const fund = candidate.account.slice(0, 2);
      if (await access.canReach({ account: candidate.account })) mine.push(candidate);
      else elsewhere[fund] = (elsewhere[fund] ?? 0) + 1;
    }
    if (mine.length > 0) await access.showing(mine.map(({ account }) => account));
    else await access.showingList();
    return { ...money, candidates: mine, elsewhere, isComplete: debts !== null, proposals: await proposalsOf(db.manager, id) };
  }

  /** One says whose it is, or that it goes back; from then on nothing is held against that account. Another must approve. */
  async propose(tx: EntityManager, id: string, { kind, account, reason }: Asked, access: Access): Promise<MatchingFile> {
    await lockMoney(tx);
    const money = await this.open(tx, id);
    if (account !== null) await this.mustBeOurs(tx, account, access);
    if ((await proposalsOf(tx, id)).some(({ state }) => state === 'proposed')) throw refuse('proposal-pending');
    await insertProposal(tx, id, { ...{ id: v7(), kind, account, reason }, proposedBy: access.subject.sub, proposedAt: this.saidAt });
    if (account !== null) await this.unmatched.say(tx, [toldOf(money)], access.correlation, [account]);
    return this.shown(tx, id, access, account);
  }

  /** The second pair of eyes: the money is told as it came, with its day, or is on its way back. */
  async approve(tx: EntityManager, id: string, proposal: string, access: Access): Promise<MatchingFile> {
    await lockMoney(tx);
    await this.open(tx, id);
    const pending = await this.pending(tx, id, proposal);
    if (pending.proposedBy === access.subject.sub) throw refuse('own-proposal');
    if (pending.account !== null) await this.mustBeOurs(tx, pending.account, access);
    const payment = await findCorrectable(tx, id);
    if (!payment) throw chassisRefuse('not-found');
    const { account } = pending;
    const fact = account === null ? null : await this.attribution.attribute(tx, payment, { account, correlation: access.correlation });
    if (account === null) await this.sendBack(tx, payment, access.correlation);
    await decideProposal(tx, { id: proposal, state: 'approved', ...this.decidedBy(access), decisionReason: null, fact });
    return this.shown(tx, id, access, account);
  }

  /** Refused with a reason; another may be made. Whoever proposed may take it back. */
  async refuse(
    tx: EntityManager,
    id: string,
    { proposal, reason }: { proposal: string; reason: string },
    access: Access,
  ): Promise<MatchingFile> {
    await lockMoney(tx);
    const money = await this.open(tx, id);
    const pending = await this.pending(tx, id, proposal);
    if (pending.account !== null) await this.mustBeOurs(tx, pending.account, access);
    await decideProposal(tx, { id: proposal, state: 'refused', ...this.decidedBy(access), decisionReason: reason, fact: null });
    // Whom it was wrongly thought to be is named no more.
    if (pending.account !== null) await this.unmatched.say(tx, [toldOf(money)], access.correlation);
    return this.shown(tx, id, access, pending.account);
  }

  /**
   * It goes back to whoever sent it. Kept as a reversal that waits: should the same money be told of again with an owner, it is reported and
   * taken back at once, and never counts.
   */
  private async sendBack(tx: EntityManager, payment: CorrectablePayment, correlation: string): Promise<void> {
    const reversal: Reversal = {
      ...{ id: v7(), partner: 'isu', flow: 'to-be-matched', batch: payment.id, line: 1, reference: `RENVOI-${payment.id}` },
      ...{
        reverses: payment.bankReference ?? payment.reference,
        byBankReference: true,
        content: sha256(canonicalJson(['send-back', payment.id])),
      },
      ...{ amount: Money.of(payment.amount), valueOn: this.today, reason: 'sent-back', correlation, payment: payment.id },
    };
    await saveReversals(tx, [{ reversal, state: 'waiting', payment: payment.id, fact: null }]);
    await this.unmatched.settled(tx, [{ money: payment.id, outcome: 'sent-back' }], correlation);
  }

  private async waiting(tx: Pick<EntityManager, 'query'>, id: string): Promise<WaitingMoney> {
    const money = await findWaitingPayment(tx, id, this.today);
    if (!money) throw chassisRefuse('not-found');
    return money;
  }

  private async open(tx: EntityManager, id: string): Promise<WaitingMoney> {
    const money = await this.waiting(tx, id);
    const payment = await findCorrectable(tx, id);
    if (!payment || payment.fact !== null || money.isReturned) throw refuse('money-settled');
    return money;
  }

  private async pending(tx: EntityManager, id: string, proposal: string): Promise<MatchingProposal> {
    const found = (await proposalsOf(tx, id)).find((one) => one.id === proposal);
    if (!found) throw chassisRefuse('not-found');
    if (found.state !== 'proposed') throw refuse('proposal-decided');
    return found;
  }

  /** An account that nobody has registered, or of another region, is absent. */
  private async mustBeOurs(tx: EntityManager, account: string, access: Access): Promise<void> {
    const known = await findKnownAccounts(tx, [account]);
    if (!known.has(account)) throw chassisRefuse('not-found');
    await access.mustReach({ account });
  }

  private async nearKnown({ paymentReference, account }: WaitingMoney) {
    const near = [paymentReference ?? '', account ?? ''].flatMap(nearAccounts);
    const known = await findKnownAccounts(this.parts.context.db.manager, near.map((one) => one.account)); // prettier-ignore
    return near.filter((one) => known.has(one.account));
  }

  /** Asked of collection in our own name; null when it does not answer. */
  private async debtsLike({ amount, valueOn }: WaitingMoney, near: readonly string[]): Promise<FoundDebt[] | null> {
    const { peers, log } = this.parts.context;
    const query = new URLSearchParams({
      amount,
      on: valueOn,
      limit: String(mostDebts),
      ...(near.length > 0 && { accounts: near.slice(0, 20).join(',') }),
    });
    try {
      return (await peers.get<{ debts: FoundDebt[] }>('collection', `debts?${query.toString()}`)).debts;
    } catch (error) {
      log.warn({ error }, 'collection did not say whose debts are of this amount');
      return null;
    }
  }

  private decidedBy({ subject }: Access) {
    return { decidedBy: subject.sub, decidedAt: this.saidAt };
  }

  /** After an act: what it concerned, without looking for candidates again. */
  private async shown(tx: EntityManager, id: string, access: Access, account: string | null): Promise<MatchingFile> {
    if (account === null) await access.showingList();
    else await access.showing([account]);
    return { ...(await this.waiting(tx, id)), candidates: [], elsewhere: {}, isComplete: true, proposals: await proposalsOf(tx, id) };
  }
}

const toldOf = ({ id, account, paymentReference, amount, valueOn, means }: WaitingMoney) => ({
  ...{ id, account: account ?? '', paymentReference, amount, valueOn, means: means ?? ('transfer' as const) },
});
