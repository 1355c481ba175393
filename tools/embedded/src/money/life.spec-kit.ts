import { askRemission, refundComesBack, signRefund } from './led-credit.spec-kit.js';
import { LedDebits } from './led-debits.spec-kit.js';
import { LedMoneyIn } from './led-money-in.spec-kit.js';
import { LedWithoutOwner } from './led-without-owner.spec-kit.js';
import { ofAccount, type Led } from './led.spec-kit.js';
import type { Answer, MoneyHouse } from './money-house.spec-kit.js';
import { seenBesides, seenOf } from './seen.spec-kit.js';
import type { Plan, Wish } from './wishes.spec-kit.js';
import type { Words } from './words.spec-kit.js';

type Json = Answer['json'];

/** What was done to an account on a day, or what was seen of it then: what the second implementation is told (tools/oracle/life.py). */
export type Step = { readonly on: string } & ({ readonly act: string; readonly [told: string]: unknown } | { readonly seen: Json });

/** One account as it is led, and all that was done to it. */
export class Life implements Led {
  readonly steps: Step[] = [];
  private readonly debits = new LedDebits(this);
  private readonly moneyIn = new LedMoneyIn(this);
  private readonly withoutOwner = new LedWithoutOwner(this, this.moneyIn);
  private known = { calendars: '', called: '' };
  /** Whether something may have changed since it was last seen, and whether it is a bank, Urssaf or the provider that has it told. */
  private isTouched = true;
  private isToldByOthers = false;

  constructor(
    readonly house: MoneyHouse,
    readonly name: string,
    readonly plan: Plan,
    readonly account: string,
  ) {}

  async begin(): Promise<void> {
    await this.declare(this.plan.income);
    await this.debits.begin();
    await this.see('book');
  }

  act(act: string, told: Readonly<Record<string, unknown>> = {}): void {
    this.isTouched = true;
    this.isToldByOthers ||= toldByOthers.has(act);
    this.note(act, told);
  }

  /** What was done to every account alike, and shows only in what the day's work leaves. */
  note(act: string, told: Readonly<Record<string, unknown>> = {}): void {
    this.steps.push({ on: this.house.today, act, ...told });
  }

  /** What the account is: its calendars first where they are new, as a notice says them. */
  async see(more: 'book' | 'everything'): Promise<void> {
    if (!this.isTouched && more === 'book') return;
    await this.debits.denialHeard();
    const { book } = await (this.isToldByOthers ? this.house.viewOnceTold(this.account) : this.house.view(this.account));
    this.readNotices(book);
    const besides = more === 'book' ? {} : await seenBesides(this.house, this.account);
    this.steps.push({ on: this.house.today, seen: { ...seenOf(book), ...besides } });
    this.isTouched = this.isToldByOthers = false;
  }

  private readNotices({ instalments, assessments, schedules }: Json): void {
    const inForceOf = (versions: Json) => versions.filter(({ state }: Json) => state === 'in-force');
    const called = Object.fromEntries(inForceOf(assessments).map(({ year, total }: Json) => [year, total]));
    if (JSON.stringify(called) !== this.known.called) this.note('assessed', { called });
    const inForce = inForceOf(schedules);
    const versions = JSON.stringify(inForce.map(({ year, version }: Json) => [year, version]));
    for (const { year, periodicity } of versions === this.known.calendars ? [] : inForce) {
      const mine = instalments.filter(({ id }: Json) => id.startsWith(`${String(year)}-`));
      const lines = (of: Json) => of.map(({ year: owed, code, amount }: Json) => ({ year: owed, code, amount }));
      const told = mine.map(({ id, dueOn, means, lines: of }: Json) => ({ id, dueOn, means, lines: lines(of) }));
      this.note('notice', { year, periodicity, instalments: told });
    }
    this.known = { calendars: versions, called: JSON.stringify(called) };
  }

  /** The bank credits the debits whose day has come. */
  collect(words: Words): Promise<void> {
    return this.debits.collect(words);
  }

  async wish(wish: Wish, words: Words): Promise<void> {
    switch (wish.do) {
      case 'pay':
        return this.moneyIn.pay(wish, words);
      case 'pay-online':
        return this.moneyIn.payOnline(wish.outcome);
      case 'pay-without-owner':
        return this.withoutOwner.pay(wish, words);
      case 'find-owner':
        return this.withoutOwner.findOwner(wish.decided, words);
      case 'debit-comes-back':
        return this.debits.comesBack(wish.code, words);
      case 'examine-debit':
        return this.debits.examine(wish.found);
      case 'sign-mandate':
        return this.debits.signMandate();
      case 'payment-comes-back':
        return this.withoutOwner.comesBack(words) ? undefined : this.moneyIn.comesBack(words);
      case 'choose':
        return this.choose(wish.choice);
      case 'sign':
        return signRefund(this);
      case 'refund-comes-back':
        return refundComesBack(this, words);
      case 'give-another-iban':
        await this.house.changeIban(this.account);
        return this.act('new-iban');
      case 'ask-remission':
        return askRemission(this, wish);
      case 'declare-again':
        return this.declare(wish.income);
    }
  }

  private async choose(choice: 'refund' | 'next-instalments'): Promise<void> {
    await this.house.must('PUT', ofAccount(this, 'refund-choice'), { body: { choice } });
    this.act('choose', { choice });
  }

  /** The income of 2015; of a micro-entrepreneur, the sales of the last quarter that is over. */
  private async declare(euros: number): Promise<void> {
    const [amount, source] = [String(euros), 'agent'];
    const period = this.house.today < '2016-04-01' ? '2015-Q4' : '2016-Q1';
    if (this.plan.payer === 'micro')
      await this.house.must('POST', ofAccount(this, 'turnovers'), { body: { period, activity: 'vente', amount, source } });
    else await this.house.must('POST', ofAccount(this, 'incomes'), { body: { year: 2015, amount, source } });
    this.isTouched = true;
  }
}

const toldByOthers: ReadonlySet<string> = new Set(['receive', 'reverse', 'reject', 'refund-back', 'not-paid-online']);
