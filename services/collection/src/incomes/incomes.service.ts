import { draft, type Fact } from '@isu/contracts';
import { Refusal, refuse as standard, type Logger } from '@isu/chassis';
import type { FactStore } from '@isu/messaging';
import { Day, Money, type BusinessClock } from '@isu/values';
import type { EntityManager } from 'typeorm';
import { firstDayOfChange, type Account } from '../accounts/account.js';
import { lockAccounts } from '../accounts/account.table.js';
import type { Called, SchedulesService } from '../schedules/schedules.service.js';
import { checkDeclaration, saysTheSame, type DeclareIncome, type Income } from './income.js';
import { insertIncome, lastIncome } from './income.table.js';

interface Parts {
  readonly facts: FactStore;
  readonly clock: BusinessClock;
  readonly schedules: SchedulesService;
  readonly log: Logger;
}

/** A declaration as it came; without a day, it is of the business day. */
export type SaidIncome = Omit<DeclareIncome, 'declaredOn'> & { readonly declaredOn?: Day | undefined };

/** The trace that a declaration belongs to. */
export interface Trace {
  readonly cause: string | null;
  readonly correlation: string | undefined;
}

export interface Declared {
  readonly income: Income;
  readonly called: Called;
}

export class IncomesService {
  constructor(private readonly parts: Parts) {}

  /**
   * Records the declared income of a year and calls what follows from it: the definitive contributions of that year, those of the
   * current year adjusted on it, one calendar for both. A second declaration corrects the first; the same again changes nothing.
   */
  async declare(tx: EntityManager, number: string, said: SaidIncome, trace: Trace): Promise<Declared> {
    const today = this.parts.clock.today();
    const declared = { ...said, declaredOn: said.declaredOn ?? today };
    const account = (await lockAccounts(tx, [number])).get(number);
    if (!account) throw standard('not-found');
    checkDeclaration(account, declared, today);
    const earlier = await lastIncome(tx, { account: number, year: declared.year, kind: declared.kind });
    if (earlier && saysTheSame(earlier, declared)) return { income: earlier, called: { assessments: [], schedules: [] } };

    const income = await this.record(tx, { account, declared, earlier }, trace);
    const call = {
      ...{ account, cause: income.fact, correlation: trace.correlation, years: [declared.year, today.year] },
      ...{ civilYear: today.year, from: firstDayOfChange(account, today) },
    };
    const called = await this.parts.schedules.call(tx, [call]);
    return { income, called: called.get(number) ?? { assessments: [], schedules: [] } };
  }

  /**
   * Declarations that came through a partner. One that the trade refuses changes nothing here, and must not hold up what follows
   * it: the partner's fact stays in everybody's store, and we say that we left it. Accounts not open yet are taken up at opening.
   */
  async receive(tx: EntityManager, received: readonly Fact<'urssaf-sync.income-received.v1'>[]): Promise<void> {
    const open = await lockAccounts(
      tx,
      received.map(({ subject }) => subject),
    );
    for (const { id, subject, correlation, data } of received) {
      if (!open.has(subject)) continue;
      const { year, amount, kind, receivedOn } = data;
      const declared = { year, kind, amount: Money.of(amount), source: 'net-entreprises', declaredOn: Day.of(receivedOn) };
      await this.declare(tx, subject, declared, { cause: id, correlation }).catch((fault: unknown) => {
        if (!(fault instanceof Refusal)) throw fault;
        this.parts.log.warn({ factId: id, correlation, code: fault.code }, 'an income received from a partner was not retained');
      });
    }
  }

  private async record(
    tx: EntityManager,
    { account, declared, earlier }: { account: Account; declared: DeclareIncome; earlier: Income | null },
    { cause, correlation }: Trace,
  ): Promise<Income> {
    const { year, kind, amount, source, declaredOn } = declared;
    const corrects = earlier?.fact ?? null;
    const [fact] = await this.parts.facts.publish(tx, [
      draft({
        ...{ stream: account.account, type: 'collection.income-recorded.v1', effectiveOn: declaredOn.iso, cause, correlation },
        data: { year, kind, amount: amount.toString(), source, declaredOn: declaredOn.iso, ...(corrects === null ? {} : { corrects }) },
      }),
    ]);
    if (!fact) throw new Error('A fact published is given back.');
    const income = { fact: fact.id, account: account.account, ...declared, corrects };
    await insertIncome(tx, { ...income, seq: fact.seq });
    return income;
  }
}
