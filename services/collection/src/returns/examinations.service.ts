import { refuse as standard } from '@isu/chassis';
import { draft, type FactDraft } from '@isu/contracts';
import type { FactStore } from '@isu/messaging';
import { clockOf, type BusinessClock } from '@isu/values';
import type { EntityManager } from 'typeorm';
import { mustGoOn } from '../accounts/account.js';
import { lockAccounts } from '../accounts/account.table.js';
import { decideExamination, type Examination, type ExaminedDecision } from './examination.js';
import { saveExamination } from './examination.table.js';
import { nextDebitedDay } from './next-debited-day.js';
import { carryingAmong, findBack } from './returned-debit.table.js';
import { saidOfReturn, type FollowedReturn, type ReturnsService } from './returns.service.js';

interface Parts {
  readonly facts: FactStore;
  readonly clock: BusinessClock;
  readonly returns: Pick<ReturnsService, 'follow'>;
}

type Asked = Omit<Examination, 'examinedOn'> & { readonly debit: string; readonly correlation: string };
type Examined = FollowedReturn & { readonly decision: ExaminedDecision };

/** Debits that came back for a reason that does not say enough: an agent looks, and what follows is done as if the bank had said it. */
export class ExaminationsService {
  constructor(private readonly parts: Parts) {}

  /** Refused where nothing waits: the reason was clear, or somebody has looked already. */
  async examine(tx: EntityManager, number: string, { debit: endToEnd, correlation, ...found }: Asked): Promise<void> {
    const { facts, clock, returns } = this.parts;
    const account = (await lockAccounts(tx, [number])).get(number);
    const debit = account && (await findBack(tx, number, endToEnd));
    if (!account || !debit) throw standard('not-found');
    mustGoOn(account);
    const today = clockOf(tx, clock).today();
    const isCarrying = (await carryingAmong(tx, [number])).has(number);
    const decision = decideExamination(found.action, {
      ...debit,
      isCarrying,
      nextDueOn: nextDebitedDay(account, debit.dueOn, today),
      today,
    });
    await saveExamination(tx, { ...found, endToEnd, examinedOn: today }, decision);
    const examined: Examined = { debit, account, reason: { code: debit.reason }, decision, correlation };
    const said = (each: Examined) => debitExamined(each, today.iso);
    if (decision.outcome === debit.outcome) await facts.publish(tx, [said(examined)]);
    else await returns.follow(tx, [examined], said);
  }
}

const debitExamined = (examined: Examined, on: string): FactDraft =>
  draft({ ...saidOfReturn(examined), type: 'collection.debit-examined.v1', effectiveOn: on });
