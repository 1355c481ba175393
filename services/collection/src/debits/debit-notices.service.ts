import type { JobTurn, OutgoingMessages } from '@isu/chassis';
import { clockOf, Day, Money, type BusinessClock } from '@isu/values';
import type { EntityManager } from 'typeorm';
import { changedAmountMessage } from './debit-letters.js';
import { noticeDays } from './debit-parameters.js';
import { accountsToDebit, announcedAmounts, noteTold, partsDue } from './debit.table.js';

interface Parts {
  readonly clock: BusinessClock;
  readonly messages: OutgoingMessages;
  readonly accountsAtATime?: number;
}

interface Changed {
  readonly account: string;
  readonly instalment: string;
  readonly amount: Money;
  readonly announced: Money;
}

/**
 * The calendar of the year announces each debit; an amount that has changed since is told of anew, fourteen days before it is debited. What is
 * carried was told of when it came back.
 */
export class DebitNoticesService {
  constructor(private readonly parts: Parts) {}

  /** Tells of the due date that is so many days ahead, in small transactions: interrupted, it goes on where it was. */
  async runFor({
    date,
    correlation,
    checkpoint,
    step,
  }: Pick<JobTurn, 'date' | 'correlation' | 'checkpoint' | 'step'>): Promise<{ told: number }> {
    const { accountsAtATime: limit = 1_000 } = this.parts;
    const dueOn = date.plusDays(noticeDays(date));
    let [after, told] = [typeof checkpoint?.['after'] === 'string' ? checkpoint['after'] : '', 0];
    for (;;) {
      const done = await step(async (tx) => {
        const accounts = await accountsToDebit(tx, { dueOn, after, limit, firstOnly: false });
        const fresh = await this.tell(tx, accounts, { dueOn, correlation });
        const last = accounts.at(-1) ?? null;
        return { checkpoint: last === null ? null : { after: last }, last, fresh };
      });
      told += done.fresh;
      if (done.last === null) return { told };
      after = done.last;
    }
  }

  private async tell(
    tx: EntityManager,
    accounts: readonly string[],
    { dueOn, correlation }: { dueOn: Day; correlation: string },
  ): Promise<number> {
    if (accounts.length === 0) return 0;
    const [due, announced] = [await partsDue(tx, accounts, dueOn), await announcedAmounts(tx, accounts, dueOn.year)];
    const changed = [...due].flatMap(([account, parts]): Changed[] =>
      parts.flatMap(({ instalment, amount, isAgain }) => {
        const before = announced.get(`${account} ${instalment}`);
        return isAgain || before === undefined || before.equals(amount) ? [] : [{ account, instalment, amount, announced: before }];
      }),
    );
    const today = clockOf(tx, this.parts.clock).today();
    const fresh = await noteTold(tx, changed, dueOn, today);
    await this.parts.messages.write(tx, fresh.map((each) => changedAmountMessage(each, { dueOn, writtenOn: today, correlation }))); // prettier-ignore
    return fresh.length;
  }
}
