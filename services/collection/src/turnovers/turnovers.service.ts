import { microExit, type MicroExit } from '@isu/calc';
import { refuse as standard, type OutgoingMessages } from '@isu/chassis';
import { draft } from '@isu/contracts';
import type { FactStore } from '@isu/messaging';
import { clockOf, type BusinessClock, type Day } from '@isu/values';
import type { EntityManager } from 'typeorm';
import { isMicroEntrepreneur, mustGoOn, yearOfActivity, type Account } from '../accounts/account.js';
import { asMicroIn } from '../accounts/in-year.js';
import { lockAccounts } from '../accounts/account.table.js';
import type { Trace } from '../incomes/recording.js';
import { refuse } from '../refusals.js';
import type { Called } from '../schedules/schedules.service.js';
import { periodsOf, type Period } from './period.js';
import { exitNotice } from './turnover-letters.js';
import type { TurnoverCallsService } from './turnover-calls.service.js';
import { checkTurnover, choiceOf, type Choice, type DeclareTurnover, type Turnover } from './turnover.js';
import { choicesOf, insertTurnovers, saveChoice, turnoversInForce } from './turnover.table.js';

interface Parts {
  readonly facts: FactStore;
  readonly clock: BusinessClock;
  readonly calls: TurnoverCallsService;
  readonly messages: OutgoingMessages;
}

export interface DeclaredTurnover {
  readonly turnover: Turnover;
  readonly period: Period;
  /** Null when the same had been declared already. */
  readonly called: Called | null;
  /** The ceiling that the year's turnover passes with it, and from when the regime is lost. */
  readonly exit: MicroExit | null;
}

/** Monthly or quarterly payers change before this day for the next 1 January. */
const lastDayOfChange = '10-31';

export class TurnoversService {
  constructor(private readonly parts: Parts) {}

  /** Records the turnover of a period; it is owed at once (F82, F83). Declared again it corrects, the same again changes nothing. */
  async declare(tx: EntityManager, number: string, said: DeclareTurnover, trace: Trace): Promise<DeclaredTurnover> {
    const account = await lockedAccount(tx, number);
    const today = clockOf(tx, this.parts.clock).today();
    const choices = (await choicesOf(tx, [number])).get(number) ?? [];
    const period = checkTurnover(account, choices, said, today);
    const known = (await turnoversInForce(tx, [number], period.year)).get(number) ?? [];
    const earlier = known.find((each) => each.period === said.period && each.activity === said.activity);
    const exitWith = (turnovers: readonly Turnover[]) => exitOf(account, turnovers, { year: period.year, choices });
    if (earlier?.amount.equals(said.amount)) return { turnover: earlier, period, called: null, exit: exitWith(known) };

    const turnover = await this.record(
      tx,
      { ...said, account: number, declaredOn: today, corrects: earlier?.fact ?? null },
      { period, trace },
    );
    const { correlation } = trace;
    const called = await this.parts.calls.call(tx, [account], { year: period.year, cause: turnover.fact, correlation });
    const after = [...known.filter((each) => each !== earlier), turnover];
    const [before, exit] = [exitWith(known), exitWith(after)];
    if (exit && exit.kind !== before?.kind)
      await this.parts.messages.write(tx, [exitNotice(account, exit, { writtenOn: today, correlation })]);
    return { turnover, period, called: called.get(number) ?? null, exit };
  }

  /**
   * How often to declare, and whether income tax is paid with it. Before anything is declared it counts from the start; afterwards a change
   * asked for by 31 October counts from the next 1 January (CSS R. 133-30-2).
   */
  async choose(tx: EntityManager, number: string, said: Omit<Choice, 'fromYear'>): Promise<Choice> {
    const account = await lockedAccount(tx, number);
    const today = clockOf(tx, this.parts.clock).today();
    mustGoOn(account);
    if (!isMicroEntrepreneur(account)) throw refuse('turnover-of-common-scheme');
    const choices = (await choicesOf(tx, [number])).get(number) ?? [];
    const hasDeclared = await this.hasDeclared(tx, number);
    const inTime = today.iso.slice(5) <= lastDayOfChange;
    const fromYear = hasDeclared ? today.year + (inTime ? 1 : 2) : account.startedOn.year;
    const standing = choiceOf(choices, fromYear);
    if (standing.rhythm === said.rhythm && standing.incomeTaxOption === said.incomeTaxOption) return standing;
    const choice = { fromYear, ...said };
    await saveChoice(tx, number, { choice, chosenOn: today });
    return choice;
  }

  today(): Day {
    return this.parts.clock.today();
  }

  private async hasDeclared(tx: EntityManager, number: string): Promise<boolean> {
    const [row]: { declared: boolean }[] = await tx.query('SELECT EXISTS (SELECT FROM turnover WHERE account = $1) AS declared', [number]);
    return row?.declared ?? false;
  }

  private async record(
    tx: EntityManager,
    said: Omit<Turnover, 'fact'>,
    { period, trace }: { period: Period; trace: Trace },
  ): Promise<Turnover> {
    const { account, activity, amount, source, declaredOn, corrects } = said;
    const [fact] = await this.parts.facts.publish(tx, [
      draft({
        ...{ stream: account, type: 'collection.turnover-recorded.v1', effectiveOn: declaredOn.iso, ...trace },
        data: {
          ...{ period: period.id, activity, amount: amount.toString(), source, declaredOn: declaredOn.iso, dueOn: period.dueOn.iso },
          ...(corrects === null ? {} : { corrects }),
        },
      }),
    ]);
    if (!fact) throw new Error('A fact published is given back.');
    const turnover = { ...said, fact: fact.id };
    await insertTurnovers(tx, [{ ...turnover, seq: fact.seq, year: period.year }]);
    return turnover;
  }
}

async function lockedAccount(tx: EntityManager, number: string): Promise<Account> {
  const account = (await lockAccounts(tx, [number])).get(number);
  if (!account) throw standard('not-found');
  return account;
}

/** Whether the turnovers of a year pass a ceiling of the regime. */
export function exitOf(
  known: Account,
  turnovers: readonly Turnover[],
  { year, choices }: { year: number; choices: readonly Choice[] },
): MicroExit | null {
  const account = asMicroIn(known, year) ?? known;
  const begins = new Map(periodsOf(year, choiceOf(choices, year).rhythm, account.startedOn).map((period) => [period.id, period.begins]));
  const declared = turnovers.flatMap(({ period, activity, amount }) => {
    const day = begins.get(period);
    return day ? [{ begins: day, activity, amount }] : [];
  });
  const inOrder = declared.sort((a, b) => a.begins.compare(b.begins));
  return microExit(inOrder, { isFirstYear: yearOfActivity(account, year) === 1 });
}
