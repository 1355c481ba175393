import { randomUUID } from 'node:crypto';
import type { MoneyRecord } from '@isu/contracts';
import { Money } from '@isu/values';
import type { Back, Credited } from './bank.spec-kit.js';
import { people, type Answer, type MoneyHouse } from './money-house.spec-kit.js';
import type { Plan, Wish } from './wishes.spec-kit.js';

type Json = Answer['json'];

/** What was done to an account on a day, or what was seen of it then: what the second implementation is told (tools/oracle/life.py). */
export type Step = { readonly on: string } & ({ readonly act: string; readonly [told: string]: unknown } | { readonly seen: Json });

/** What banks and Urssaf will say at the end of the day. */
export interface Words {
  readonly batch: MoneyRecord[];
  readonly credited: Credited[];
  readonly back: Back[];
  readonly rejected: Map<string, Back[]>;
}

interface Debit {
  readonly endToEnd: string;
  readonly dueOn: string;
  readonly collectOn: string;
  readonly amount: string;
  readonly state: string;
  readonly instalments: readonly { readonly instalment: string }[];
}

/** One account as it is led, and all that was done to it. */
export class Life {
  readonly steps: Step[] = [];
  private known = { calendars: '', called: '' };
  private payments: { name: string; how: 'batch' | 'bank'; amount: string; isBack: boolean }[] = [];
  private named = 0;
  /** Whether something may have changed since it was last seen, and whether it is a bank, Urssaf or the provider that has it told. */
  private isTouched = true;
  private isToldByOthers = false;

  constructor(
    private readonly house: MoneyHouse,
    readonly name: string,
    readonly plan: Plan,
    readonly account: string,
  ) {}

  act(act: string, told: Readonly<Record<string, unknown>> = {}): void {
    this.isTouched = true;
    this.isToldByOthers ||= toldByOthers.has(act);
    this.steps.push({ on: this.house.today, act, ...told });
  }

  /** What was done to every account alike, and shows only in what the day's work leaves. */
  note(act: string, told: Readonly<Record<string, unknown>> = {}): void {
    this.steps.push({ on: this.house.today, act, ...told });
  }

  /** What the account is: its calendars first where they are new, as a notice says them. */
  async see(more: 'book' | 'everything'): Promise<void> {
    if (!this.isTouched && more === 'book') return;
    const { book } = await (this.isToldByOthers ? this.house.viewOnceTold(this.account) : this.house.view(this.account));
    this.readNotices(book);
    const seen = seenOf(book);
    const on = this.house.today;
    this.steps.push({ on, seen: more === 'book' ? seen : { ...seen, ...(await this.restSeen()) } });
    this.isTouched = this.isToldByOthers = false;
  }

  private async restSeen(): Promise<Json> {
    const { refunds } = await this.house.must('GET', `collection/accounts/${this.account}/refunds`);
    const shown = refunds.map(({ number, amount, state }: Json) => `${number} ${amount} ${state}`).reverse();
    return { refunds: shown, debits: await this.debitsSeen(), ledger: await this.ledgerSeen() };
  }

  private readNotices({ instalments, assessments, schedules }: Json): void {
    const on = this.house.today;
    const called = Object.fromEntries(
      assessments.filter(({ state }: Json) => state === 'in-force').map(({ year, total }: Json) => [year, total]),
    );
    if (JSON.stringify(called) !== this.known.called) this.steps.push({ on, act: 'assessed', called });
    const inForce = schedules.filter(({ state }: Json) => state === 'in-force');
    const versions = JSON.stringify(inForce.map(({ year, version }: Json) => [year, version]));
    for (const { year, periodicity } of versions === this.known.calendars ? [] : inForce) {
      const mine = instalments.filter(({ id }: Json) => id.startsWith(`${String(year)}-`));
      const lines = (of: Json) => of.map(({ year: owed, code, amount }: Json) => ({ year: owed, code, amount }));
      const told = mine.map(({ id, dueOn, means, lines: of }: Json) => ({ id, dueOn, means, lines: lines(of) }));
      this.steps.push({ on, act: 'notice', year, periodicity, instalments: told });
    }
    this.known = { calendars: versions, called: JSON.stringify(called) };
  }

  private async debitsSeen(): Promise<Json> {
    const debits = (await this.debits()).map(({ dueOn, amount, collectOn, state, outcome }: Json) => [
      dueOn,
      `${amount} ${collectOn} ${outcome ?? state}`,
    ]);
    return Object.fromEntries(debits);
  }

  private async ledgerSeen(): Promise<Json> {
    const { current } = await this.house.must('GET', `collection/accounts/${this.account}/periods`);
    return { paid: Money.sum(current.periods.map(({ paid }: Json) => Money.of(paid))).toString(), balance: current.balance };
  }

  private async debits(): Promise<(Debit & Json)[]> {
    return (await this.house.must('GET', `collection/accounts/${this.account}/debits`)).debits;
  }

  private async dueDates(): Promise<{ id: string; dueOn: string; remaining: string; reference: string }[]> {
    return (await this.house.must('GET', `collection/accounts/${this.account}/instalments`)).instalments;
  }

  /** The bank credits the debits whose day has come. */
  async collect({ credited }: Words): Promise<void> {
    for (const { endToEnd, dueOn, collectOn, amount, state, instalments } of await this.debits()) {
      if (state !== 'presented' || collectOn > this.house.today) continue;
      const named = instalments.map(({ instalment }: Json) => instalment).sort().at(-1) ?? ''; // prettier-ignore
      const reference = (await this.dueDates()).find(({ id }) => id === named)?.reference ?? '';
      credited.push({ amount: Money.of(amount).toString(), endToEnd, reference, means: 'direct-debit', valueOn: collectOn });
      this.act('receive', { payment: endToEnd, amount, valueOn: collectOn, named: [named], debit: dueOn });
    }
  }

  async wish(wish: Wish, words: Words): Promise<void> {
    switch (wish.do) {
      case 'pay':
        return this.pay(wish, words);
      case 'pay-online':
        return this.payOnline(wish.outcome);
      case 'debit-comes-back':
        return this.debitComesBack(wish.code, words);
      case 'payment-comes-back':
        return this.paymentComesBack(words);
      case 'choose':
        await this.house.must('PUT', `collection/accounts/${this.account}/refund-choice`, { body: { choice: wish.choice } });
        return this.act('choose', { choice: wish.choice });
      case 'sign':
        return this.sign();
      case 'refund-comes-back':
        return this.refundComesBack(words);
      case 'give-another-iban':
        await this.house.changeIban(this.account);
        return this.act('new-iban');
      case 'ask-remission':
        return this.askRemission(wish);
      case 'declare-again':
        await this.house.must('POST', `collection/accounts/${this.account}/incomes`, {
          body: { year: 2015, amount: String(wish.income), source: 'agent' },
        });
        this.isTouched = true;
    }
  }

  private async pay({ permille, how, named, daysAgo }: Wish & { do: 'pay' }, { batch, credited }: Words): Promise<void> {
    const today = this.house.today;
    const dates = (await this.dueDates()).filter(({ remaining }) => Money.of(remaining).isPositive);
    const due = dates.filter(({ dueOn }) => dueOn <= today);
    const [one] = named === 'next' ? dates.filter(({ dueOn }) => dueOn > today) : due;
    const whole = Money.sum((named === 'none' ? due : one ? [one] : []).map(({ remaining }) => Money.of(remaining)));
    const cents = Math.floor(((whole.isPositive ? whole.cents : 10_000) * permille) / 1000);
    if (cents === 0) return;
    const [amount, meant] = [Money.cents(cents).toString(), named === 'none' ? undefined : one];
    const [payment, valueOn] = [this.newName(), dayBefore(today, daysAgo)];
    if (how === 'batch' && this.house.takesBatches) {
      const paymentReference = meant ? { paymentReference: meant.reference } : {};
      batch.push({ type: 'payment', reference: payment, account: this.account, amount, valueOn, means: 'transfer', ...paymentReference });
    } else {
      const means = how === 'cheque' ? 'cheque' : 'transfer';
      credited.push({ amount, endToEnd: payment, reference: meant?.reference ?? this.account, valueOn, means });
    }
    this.payments.push({ name: payment, how: how === 'batch' && this.house.takesBatches ? 'batch' : 'bank', amount, isBack: false });
    this.act('receive', { payment, amount, valueOn, named: meant ? [meant.id] : [] });
  }

  /** All that may be paid online today, in one order; then the provider says what came of it. */
  private async payOnline(outcome: 'paid' | 'refused'): Promise<void> {
    const as = people.insured(this.account);
    const path = `collection/accounts/${this.account}/online-payments`;
    const { dates } = await this.house.must('GET', path, { as });
    const instalments = dates.filter(({ obstacle }: Json) => obstacle === null).map(({ instalment }: Json) => instalment);
    if (instalments.length === 0) return;
    const { order, amount } = await this.house.must('POST', path, { as, body: { instalments } });
    await this.house.settled(this.account);
    const [name, today] = [this.newName(), this.house.today];
    const said = { statement: v7(), order, status: outcome, amount, currency: 'EUR' };
    const paid = { reference: `TP-${name}`, bankReference: name, method: 'account', paidOn: today };
    await this.house.providerSays({ ...said, ...(outcome === 'paid' ? paid : { reason: 'no-funds' }) });
    if (outcome === 'paid') this.act('receive', { payment: name, amount, valueOn: today, named: instalments });
    else this.act('not-paid-online');
  }

  private async debitComesBack(code: string, { back, rejected }: Words): Promise<void> {
    const debits = await this.debits();
    const debit = debits.find(({ state }) => state === 'presented') ?? debits.find(({ state }) => state === 'paid');
    if (!debit) return;
    const one = { endToEnd: debit.endToEnd, amount: debit.amount, code };
    const told = { debit: debit.dueOn, code };
    if (debit.state === 'paid') back.push(one);
    else rejected.set(debit.dueOn, [...(rejected.get(debit.dueOn) ?? []), one]);
    this.act(debit.state === 'paid' ? 'reverse' : 'reject', { ...told, ...(debit.state === 'paid' ? { payment: debit.endToEnd } : {}) });
  }

  private paymentComesBack({ batch, back }: Words): void {
    const payment = this.payments.findLast(({ isBack, how }) => !isBack && (how === 'bank' || this.house.takesBatches));
    if (!payment) return;
    const { name, amount, how } = payment;
    payment.isBack = true;
    const reversal = { reference: `${name}-retour`, reverses: name, amount, valueOn: this.house.today, reason: 'Chèque impayé' };
    if (how === 'batch') batch.push({ type: 'reversal', ...reversal });
    else back.push({ endToEnd: name, amount, code: 'MS03' });
    this.act('reverse', { payment: name });
  }

  private async sign(): Promise<void> {
    for (const [by, as] of [
      ['first', people.agent],
      ['second', people.colleague],
    ] as const) {
      // prettier-ignore
      const { refunds } = await this.house.must('GET', `collection/accounts/${this.account}/refunds`);
      const refund = refunds.find(({ state }: Json) => state === 'to-approve')?.id;
      if (refund === undefined) return this.act('sign', { by, answered: 'none' });
      const answer = await this.house.ask('POST', `collection/accounts/${this.account}/refund-approvals`, { as, body: { refund } });
      this.act('sign', { by, answered: answer.json.code ?? answer.json.state });
    }
  }

  private async refundComesBack({ rejected }: Words): Promise<void> {
    const { refunds } = await this.house.must('GET', `collection/accounts/${this.account}/refunds`);
    const refund = refunds.find(({ state }: Json) => state === 'sent' || state === 'settled');
    if (!refund) return;
    const one = { endToEnd: `REMB-${this.account}-${String(refund.number)}`, amount: refund.amount, code: 'AC04' };
    rejected.set(refund.messageId, [...(rejected.get(refund.messageId) ?? []), one]);
    this.act('refund-back', { number: refund.number });
  }

  private async askRemission({ external, granted }: Wish & { do: 'ask-remission' }): Promise<void> {
    const path = `collection/accounts/${this.account}`;
    const asked = await this.house.ask('POST', `${path}/surcharge-remissions`, {
      as: people.agent,
      body: { reason: 'Maladie', externalEvent: external },
    });
    // One that waits for the board stays asked: nothing new is.
    if (asked.json.code === 'remission-asked') return;
    let answered = asked.json.code;
    if (asked.status < 300) {
      const body = { remission: asked.json.id, granted, reason: 'Vu le dossier' };
      const decided = await this.house.ask('POST', `${path}/surcharge-remission-decisions`, { as: people.colleague, body });
      answered = decided.json.code ?? decided.json.state;
      if (decided.status >= 300) {
        await this.house.must('POST', `${path}/surcharge-remission-decisions`, { as: people.colleague, body: { ...body, granted: false } });
      }
    }
    this.act('remission', { external, granted, answered });
  }

  private newName(): string {
    this.named += 1;
    return `${this.name}-${String(this.named)}-${this.account.slice(-5)}`;
  }
}

const toldByOthers: ReadonlySet<string> = new Set(['receive', 'reverse', 'reject', 'refund-back', 'not-paid-online']);
const v7 = (): string => randomUUID().replace(/^(.{14})./, '$17');
export const dayBefore = (day: string, days: number): string => new Date(Date.parse(day) - days * 86_400_000).toISOString().slice(0, 10);

/** The fold of an account in the form in which the second implementation says what it must be. */
function seenOf({ balance, instalments, payments, surcharges }: Json): Json {
  const { called, paid, remaining, surcharges: late, credit, refunds } = balance;
  const byKey = <T>(entries: readonly (readonly [string, T])[]) => Object.fromEntries(entries);
  return {
    balance: { called, paid, remaining, surcharges: late, credit, refunds },
    instalments: byKey(
      instalments
        .filter(({ lines }: Json) => lines.length > 0)
        .map(({ id, amount, remaining: left }: Json) => [id, { asked: amount, left }]),
    ),
    payments: byKey(
      payments.map(({ reported, allocations, credit: kept, refunded }: Json) => [
        reported.bankReference ?? reported.partnerReference,
        {
          placed: byKey(
            allocations.map(({ instalment, year, code, amount }: Json) => [`${instalment} ${String(year)} ${code}`, amount] as const),
          ),
          ...{ credit: kept, refunded },
        },
      ]),
    ),
    surcharges: byKey(
      surcharges.map(({ instalment, year, code, charged, cancelled, remitted, paid: of }: Json) => [
        `${instalment} ${String(year)} ${code}`,
        { charged: Money.of(charged).minus(Money.of(cancelled)).toString(), remitted, paid: of },
      ]),
    ),
  };
}
