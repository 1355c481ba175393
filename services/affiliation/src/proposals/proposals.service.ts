import { refuse as standard, setScope, type Access, type ServiceContext } from '@isu/chassis';
import { fundFor } from '../funds/fund.js';
import { Day, type AccountNumber } from '@isu/values';
import type { EntityManager } from 'typeorm';
import { v7 } from 'uuid';
import type { Acting } from '../acting.js';
import type { History } from '../history/history.js';
import { refuse } from '../refusals.js';
import { changeSituation, situationOn } from '../situations/situation.js';
import { decide, type Decision, type Proposal, type ProposalKind } from './proposal.js';
import { findProposals, insertProposal, lockProposal, saveDecision } from './proposal.table.js';

export interface TransferDemand {
  readonly department: string;
  readonly from: Day;
  readonly reason: string;
}

type Context = Pick<ServiceContext, 'db' | 'clock' | 'facts'>;

/** What needs two agents: a transfer to another caisse (reliability: four eyes for a region transfer). */
export class ProposalsService {
  constructor(
    private readonly context: Context,
    private readonly history: History,
    private readonly newId: () => string = v7,
  ) {}

  async list(account: AccountNumber, access: Access): Promise<Proposal[]> {
    await this.history.read(account, access);
    return this.context.db.transaction(async (tx) => {
      await setScope(tx, access.reach);
      return findProposals(tx, account.toString());
    });
  }

  /** Proposes that another caisse holds the file. Refused where the caisse would be the same, and while a proposal waits. */
  async proposeTransfer(tx: EntityManager, account: AccountNumber, demand: TransferDemand, access: Acting): Promise<Proposal> {
    const file = await this.history.open(tx, account, access);
    const { department, from, reason } = demand;
    // Decided as if it were agreed: what would be refused then is refused now, and nothing of it is kept.
    const { changes, account: stream } = file;
    const before = situationOn(changes, from);
    if (fundFor(before.group, department)?.code === before.fund) throw refuse('no-transfer');
    changeSituation(demand, {
      account: stream,
      changes,
      today: this.context.clock.today(),
      correlation: access.correlation,
      transferAgreed: true,
    });
    return this.propose(tx, { account: stream, kind: 'fund-change', content: { department, from: from.iso }, reason }, access);
  }

  /** A second agent accepts or refuses the transfer; accepted, the worklist moves, the account number and the ledger do not. */
  async decideTransfer(tx: EntityManager, account: AccountNumber, decision: Decision, access: Access): Promise<Proposal> {
    const file = await this.history.open(tx, account, access);
    const decided = await this.decide(tx, { account: file.account, kind: 'fund-change', decision }, access);
    if (!decision.accepted) return decided;
    const { department = '', from = '' } = decided.content;
    const { changes, account: stream } = file;
    const demand = { department, from: Day.of(from), reason: decided.reason };
    const agreed = { account: stream, changes, today: this.context.clock.today(), correlation: access.correlation, transferAgreed: true };
    const { changes: said, facts } = changeSituation(demand, agreed);
    await this.history.keep(tx, file, said, access);
    await this.context.facts.publish(tx, facts);
    return decided;
  }

  /** Keeps what one agent wants another to decide. */
  async propose(
    tx: EntityManager,
    { account, kind, content, reason }: Pick<Proposal, 'account' | 'kind' | 'content' | 'reason'>,
    { subject }: Pick<Access, 'subject'>,
  ): Promise<Proposal> {
    const waiting = { state: 'proposed', decidedAt: null, decidedBy: null, decisionReason: null } as const;
    const by = { proposedAt: this.context.clock.recordedAt(), proposedBy: subject.sub };
    const proposal = { id: this.newId(), account, kind, content, reason, ...by, ...waiting };
    if (!(await insertProposal(tx, proposal))) throw refuse('proposal-open');
    return proposal;
  }

  async decide(
    tx: EntityManager,
    { account, kind, decision }: { account: string; kind: ProposalKind; decision: Decision },
    access: Access,
  ): Promise<Proposal> {
    const proposal = await lockProposal(tx, { account, id: decision.proposal, kind });
    if (!proposal) throw standard('not-found');
    const decided = decide(proposal, decision, access, this.context.clock.recordedAt());
    await saveDecision(tx, decided);
    return decided;
  }
}
