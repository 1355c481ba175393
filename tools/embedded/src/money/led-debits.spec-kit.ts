import { Money } from '@isu/values';
import { dueDatesOf, ofAccount, read, type Led } from './led.spec-kit.js';
import type { Answer } from './money-house.spec-kit.js';
import { people } from './people.spec-kit.js';
import type { Words } from './words.spec-kit.js';

type Json = Answer['json'];

interface Debit {
  readonly endToEnd: string;
  readonly dueOn: string;
  readonly collectOn: string;
  readonly amount: string;
  readonly state: string;
  readonly instalments: readonly { readonly instalment: string }[];
}

/** The debits of a life and the mandate that they rest on: what the bank collects, what comes back of it, what an agent makes of that. */
export class LedDebits {
  /** The mandate in force, and that of each debit by its due date; once one is denied, what collection had heard of affiliation before. */
  private mandate: string | null = null;
  private readonly mandateOf = new Map<string, string>();
  private denied: number | null = null;

  constructor(private readonly led: Led) {}

  async begin(): Promise<void> {
    this.mandate = await this.led.house.mandateInForce(this.led.account);
  }

  /** What affiliation answers to a denied mandate has been heard when this ends. */
  async denialHeard(): Promise<void> {
    if (this.denied !== null) await this.led.house.heardMoreOfAffiliation(this.led.account, this.denied);
    this.denied = null;
  }

  private async debits(): Promise<(Debit & Json)[]> {
    return (await read(this.led, 'debits')).debits;
  }

  /** The bank credits the debits whose day has come. */
  async collect({ credited }: Words): Promise<void> {
    for (const { endToEnd, dueOn, collectOn, amount, state, instalments } of await this.debits()) {
      if (this.mandate !== null && !this.mandateOf.has(dueOn)) this.mandateOf.set(dueOn, this.mandate);
      if (state !== 'presented' || collectOn > this.led.house.today) continue;
      const named = instalments.map(({ instalment }: Json) => instalment).sort().at(-1) ?? ''; // prettier-ignore
      const reference = (await dueDatesOf(this.led)).find(({ id }) => id === named)?.reference ?? '';
      credited.push({ amount: Money.of(amount).toString(), endToEnd, reference, means: 'direct-debit', valueOn: collectOn });
      this.led.act('receive', { payment: endToEnd, amount, valueOn: collectOn, named: [named], debit: dueOn });
    }
  }

  async comesBack(code: string, { back, rejected }: Words): Promise<void> {
    const debits = await this.debits();
    const debit = debits.find(({ state }) => state === 'presented') ?? debits.find(({ state }) => state === 'paid');
    if (!debit) return;
    const one = { endToEnd: debit.endToEnd, amount: debit.amount, code };
    if (code === 'MD01' || code === 'MD02') await this.mandateDenied(debit.dueOn);
    const told = { debit: debit.dueOn, code };
    if (debit.state === 'paid') back.push(one);
    else rejected.set(debit.dueOn, [...(rejected.get(debit.dueOn) ?? []), one]);
    this.led.act(debit.state === 'paid' ? 'reverse' : 'reject', {
      ...told,
      ...(debit.state === 'paid' ? { payment: debit.endToEnd } : {}),
    });
  }

  /** An agent says what came of the debit that waits for one; of one that waits for nobody, it is refused. */
  async examine(found: string): Promise<void> {
    const { debits: waiting } = await this.led.house.must('GET', 'collection/returned-debits?kind=to-examine&limit=500');
    const mine = (waiting as (Debit & Json)[]).find(({ account }) => account === this.led.account);
    const debit = mine ?? (await this.debits()).find(({ outcome }) => outcome !== null);
    if (!debit) return;
    const body = { debit: debit.endToEnd, action: found, reason: 'Vu avec la banque' };
    const { json } = await this.led.house.ask('POST', ofAccount(this.led, 'debit-examinations'), { as: people.agent, body });
    const answered = json.code ?? json.outcome;
    if (answered === 'mandate-revoked') await this.mandateDenied(debit.dueOn);
    this.led.act('examine', { debit: debit.dueOn, found, answered });
    await this.led.house.settled(this.led.account);
  }

  /** Affiliation revokes a mandate that is denied, unless another has been signed since. */
  private async mandateDenied(dueOn: string): Promise<void> {
    if (this.mandate === null || this.mandateOf.get(dueOn) !== this.mandate) return;
    this.denied = await this.led.house.heardOfAffiliation(this.led.account);
    this.mandate = null;
  }

  /** One at a time: where one is in force, no other is signed. */
  async signMandate(): Promise<void> {
    if (this.mandate !== null) return;
    await this.led.house.signMandate(this.led.account);
    this.mandate = await this.led.house.mandateInForce(this.led.account);
    this.led.act('mandate');
  }
}
