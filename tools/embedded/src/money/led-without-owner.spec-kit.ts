import { dueDatesOf, type Led } from './led.spec-kit.js';
import { dayBefore, takenBack, type LedMoneyIn } from './led-money-in.spec-kit.js';
import type { Answer } from './money-house.spec-kit.js';
import { people } from './people.spec-kit.js';
import type { Wish } from './wishes.spec-kit.js';
import type { Words } from './words.spec-kit.js';

type Json = Answer['json'];
type Decided = (Wish & { do: 'find-owner' })['decided'];

interface Nameless {
  readonly name: string;
  readonly how: 'batch' | 'bank';
  readonly amount: string;
  readonly valueOn: string;
  /** Its reference has a slip of the pen, which leads back to the account. */
  readonly isSlip: boolean;
  /** Proposed by one agent, not decided by another yet. */
  proposal: string | null;
}

const reason = 'Nom et montant vus sur le chèque';

/** Money of a life that bears nobody's number: to be matched, then matched by two agents, sent back, taken back, or never matched. */
export class LedWithoutOwner {
  private readonly waiting: Nameless[] = [];

  constructor(
    private readonly led: Led,
    private readonly moneyIn: LedMoneyIn,
  ) {}

  async pay({ permille, how, isSlip, daysAgo }: Wish & { do: 'pay-without-owner' }, words: Words): Promise<void> {
    const { house } = this.led;
    const { sum } = await this.moneyIn.sumToPay(permille, permille === 1000 ? 'due' : 'none');
    const [reference] = (await dueDatesOf(this.led)).map((date) => date.reference);
    if (sum.isZero || reference === undefined) return;
    const [name, amount, valueOn] = [this.moneyIn.newName(), sum.toString(), dayBefore(house.today, daysAgo)];
    const door = this.moneyIn.doorOf(how);
    const paymentReference = isSlip ? slipped(reference) : null;
    if (door === 'bank') words.credited.push({ amount, endToEnd: name, isNamedByBank: true, reference: paymentReference, valueOn });
    else {
      const written = { type: 'payment', reference: name, account: 'ILLISIBLE', amount, valueOn, means: 'transfer' } as const;
      words.batch.push({ ...written, ...(paymentReference === null ? {} : { paymentReference }) });
    }
    const money = { name, how: door, amount, valueOn, isSlip, proposal: null };
    this.waiting.push(money);
    this.tell(money, words);
  }

  /** One agent says whose the oldest is, or that it goes back; another decides, or has not yet. */
  async findOwner(decided: Decided, words: Words): Promise<void> {
    const [money] = this.waiting;
    if (!money) return;
    const path = `urssaf-sync/to-be-matched/${await this.idOf(money)}/proposals`;
    const kind = decided === 'sent-back' && money.proposal === null ? 'send-back' : 'attribute';
    if (money.proposal === null) {
      const body = { reason, kind, ...(kind === 'attribute' ? { owner: this.led.account } : {}) };
      money.proposal = (await this.led.house.must('POST', path, { as: people.agent, body })).proposals.at(-1).id as string;
    }
    if (decided === 'later') return this.tell(money, words);
    const isApproved = decided === 'approved' || kind === 'send-back';
    const decision = isApproved ? 'approval' : 'refusal';
    await this.led.house.must('POST', `${path}/${money.proposal}/${decision}`, {
      as: people.colleague,
      ...(isApproved ? {} : { body: { reason: 'Ce n’est pas son écriture' } }),
    });
    money.proposal = null;
    if (!isApproved) return this.tell(money, words);
    this.settle(money, words);
    if (kind === 'send-back') return;
    this.moneyIn.remember(money.name, money.how, money.amount);
    this.led.act('receive', { payment: money.name, amount: money.amount, valueOn: money.valueOn, named: [] });
  }

  /** An unpaid cheque whose owner nobody had found; false where none waits. */
  comesBack(words: Words): boolean {
    const money = this.waiting.find(({ how }) => how === 'bank' || this.led.house.takesBatches);
    if (!money) return false;
    takenBack(money, this.led.house.today, words);
    this.settle(money, words);
    return true;
  }

  private tell({ name, amount, valueOn, isSlip, proposal }: Nameless, { waiting }: Words): void {
    waiting.push({ name, amount, valueOn, of: isSlip || proposal !== null ? this.led.account : null });
  }

  private settle(money: Nameless, { settled }: Words): void {
    this.waiting.splice(this.waiting.indexOf(money), 1);
    settled.push(money.name);
  }

  private async idOf({ name }: Nameless): Promise<string> {
    const { items } = await this.led.house.must('GET', 'urssaf-sync/to-be-matched?limit=200');
    return items.find(({ reference }: Json) => reference === name).id;
  }
}

/** The sixth digit of the account mistyped: the keys lead back to the one it was. */
const slipped = (reference: string): string => reference.slice(0, 9) + (reference[9] === '9' ? '8' : '9') + reference.slice(10);
