import { refuse as standard, type OutgoingMessages } from '@isu/chassis';
import { clockOf, Money, type BusinessClock } from '@isu/values';
import type { EntityManager } from 'typeorm';
import { v7 } from 'uuid';
import { lockAccounts } from '../accounts/account.table.js';
import { refuse } from '../refusals.js';
import type { KnownSurcharges } from './known-surcharges.js';
import { decideRemission, remissible, type Remission, type RemissionDecision } from './remission.js';
import { insertRemission, lockRemission, saveRemission } from './remission.table.js';
import { remissionAnswer } from './surcharge-letters.js';
import type { SurchargesService } from './surcharges.service.js';

interface Parts {
  readonly surcharges: SurchargesService;
  readonly clock: BusinessClock;
  readonly messages: OutgoingMessages;
  readonly newId?: () => string;
}

/** Surcharges given up on request (CSS R. 243-20): one asks, another decides. */
export class RemissionsService {
  constructor(private readonly parts: Parts) {}

  /** Keeps the request. Refused where nothing may be given up, while contributions are unpaid, and while another request waits. */
  async ask(tx: EntityManager, account: string, asked: Pick<Remission, 'reason' | 'externalEvent' | 'askedBy'>): Promise<Remission> {
    const { clock, newId = v7 } = this.parts;
    const known = await this.lockAndKnow(tx, account);
    // What could not be granted is refused now, and nothing of it is kept.
    remissible(known, asked);
    const undecided = { ground: null, boardReference: null, decidedBy: null, decidedOn: null, decisionReason: null, amount: null };
    const remission: Remission = { id: newId(), account, ...asked, askedOn: clockOf(tx, clock).today(), state: 'asked', ...undecided };
    if (!(await insertRemission(tx, remission))) throw refuse('remission-asked');
    return remission;
  }

  /** Grants or refuses it. Granted, the surcharges are given up as they stand at that moment. */
  async decide(
    tx: EntityManager,
    account: string,
    { remission: id, correlation, ...decision }: RemissionDecision & { remission: string; correlation: string },
  ): Promise<Remission> {
    const { surcharges, clock, messages } = this.parts;
    const known = await this.lockAndKnow(tx, account);
    const asked = await lockRemission(tx, account, id);
    if (!asked) throw standard('not-found');
    const today = clockOf(tx, clock).today();
    const { remission, lines } = decideRemission(asked, decision, { known, today });
    await saveRemission(tx, remission);
    if (lines.length > 0 && remission.ground !== null) {
      const act = { kind: 'remitted' as const, lines, ground: remission.ground };
      await surcharges.carryOut(tx, [{ account, known, acts: [act], correlation }]);
    }
    const answer = { granted: decision.granted, amount: remission.amount ?? Money.zero, reason: decision.reason };
    await messages.write(tx, [remissionAnswer(answer, { account, writtenOn: today, correlation })]);
    return remission;
  }

  private async lockAndKnow(tx: EntityManager, account: string): Promise<KnownSurcharges> {
    if (!(await lockAccounts(tx, [account])).has(account)) throw standard('not-found');
    const known = await this.parts.surcharges.knownToday(tx, account);
    if (!known) throw standard('not-found');
    return known;
  }
}
