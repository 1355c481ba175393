import { randomUUID } from 'node:crypto';
import { Money } from '@isu/values';
import { dueDatesOf, ofAccount, type DueDate, type Led } from './led.spec-kit.js';
import type { Answer } from './money-house.spec-kit.js';
import { people } from './people.spec-kit.js';
import type { Wish } from './wishes.spec-kit.js';
import type { Words } from './words.spec-kit.js';

type Json = Answer['json'];
type PayWish = Wish & { do: 'pay' };

/** Money that was sent, and by which door a bank would take it back. */
interface Sent {
  readonly name: string;
  readonly how: 'batch' | 'bank';
  readonly amount: string;
  isBack: boolean;
}

/** What a life pays by itself: named or not, online, and what its bank takes back. */
export class LedMoneyIn {
  private readonly sent: Sent[] = [];
  private named = 0;

  constructor(private readonly led: Led) {}

  async pay({ permille, how, named, daysAgo }: PayWish, { batch, credited }: Words): Promise<void> {
    const { sum, one } = await this.sumToPay(permille, named);
    if (sum.isZero) return;
    const [amount, meant] = [sum.toString(), named === 'none' ? undefined : one];
    const [payment, valueOn] = [this.newName(), dayBefore(this.led.house.today, daysAgo)];
    const door = this.doorOf(how);
    if (door === 'batch') {
      const paymentReference = meant ? { paymentReference: meant.reference } : {};
      batch.push({
        type: 'payment',
        reference: payment,
        account: this.led.account,
        amount,
        valueOn,
        means: 'transfer',
        ...paymentReference,
      });
    } else {
      const means = how === 'cheque' ? 'cheque' : 'transfer';
      credited.push({ amount, endToEnd: payment, reference: meant?.reference ?? this.led.account, valueOn, means });
    }
    this.remember(payment, door, amount);
    this.led.act('receive', { payment, amount, valueOn, named: meant ? [meant.id] : [] });
  }

  /** All that may be paid online today, in one order; then the provider says what came of it. */
  async payOnline(outcome: 'paid' | 'refused'): Promise<void> {
    const { house, account } = this.led;
    const [as, path] = [people.insured(account), ofAccount(this.led, 'online-payments')];
    const { dates } = await house.must('GET', path, { as });
    const instalments = dates.filter(({ obstacle }: Json) => obstacle === null).map(({ instalment }: Json) => instalment);
    if (instalments.length === 0) return;
    const { order, amount } = await house.must('POST', path, { as, body: { instalments } });
    await house.settled(account);
    const [name, today] = [this.newName(), house.today];
    const said = { statement: v7(), order, status: outcome, amount, currency: 'EUR' };
    const paid = { reference: `TP-${name}`, bankReference: name, method: 'account', paidOn: today };
    await house.providerSays({ ...said, ...(outcome === 'paid' ? paid : { reason: 'no-funds' }) });
    if (outcome === 'paid') this.led.act('receive', { payment: name, amount, valueOn: today, named: instalments });
    else this.led.act('not-paid-online');
  }

  comesBack(words: Words): void {
    const payment = this.sent.findLast(({ isBack, how }) => !isBack && (how === 'bank' || this.led.house.takesBatches));
    if (!payment) return;
    payment.isBack = true;
    takenBack(payment, this.led.house.today, words);
    this.led.act('reverse', { payment: payment.name });
  }

  /** A part of what is due, or of the one due date that is meant; where nothing is, of a hundred euros. */
  async sumToPay(permille: number, named: PayWish['named']): Promise<{ sum: Money; one: DueDate | undefined }> {
    const today = this.led.house.today;
    const dates = (await dueDatesOf(this.led)).filter(({ remaining }) => Money.of(remaining).isPositive);
    const due = dates.filter(({ dueOn }) => dueOn <= today);
    const [one] = named === 'next' ? dates.filter(({ dueOn }) => dueOn > today) : due;
    const whole = Money.sum((named === 'none' ? due : one ? [one] : []).map(({ remaining }) => Money.of(remaining)));
    return { sum: Money.cents(Math.floor(((whole.isPositive ? whole.cents : 10_000) * permille) / 1000)), one };
  }

  doorOf(how: PayWish['how']): Sent['how'] {
    return how === 'batch' && this.led.house.takesBatches ? 'batch' : 'bank';
  }

  remember(name: string, how: Sent['how'], amount: string): void {
    this.sent.push({ name, how, amount, isBack: false });
  }

  newName(): string {
    this.named += 1;
    return `${this.led.name}-${String(this.named)}-${this.led.account.slice(-5)}`;
  }
}

/** Urssaf or the bank says that a payment was taken back. */
export function takenBack({ name, how, amount }: Omit<Sent, 'isBack'>, today: string, { batch, back }: Words): void {
  const reversal = { reference: `${name}-retour`, reverses: name, amount, valueOn: today, reason: 'Chèque impayé' };
  if (how === 'batch') batch.push({ type: 'reversal', ...reversal });
  else back.push({ endToEnd: name, amount, code: 'MS03' });
}

const v7 = (): string => randomUUID().replace(/^(.{14})./, '$17');
export const dayBefore = (day: string, days: number): string => new Date(Date.parse(day) - days * 86_400_000).toISOString().slice(0, 10);
