import type { Fact, FactData, FactType } from '@isu/contracts';

const account = '1300001234517';
const code = 'maladie';

type Instalment = FactData<'collection.schedule-issued.v1'>['instalments'][number];

/** The facts of an account, as a few words tell them: what is asked, paid, charged. All of one contribution. */
export class ToldFacts {
  readonly facts: Fact[] = [];
  private readonly calendar: Instalment[] = [];
  private payments = 0;

  asks(id: string, dueOn: string, amount: string): this {
    this.calendar.push({ id, dueOn, means: 'direct-debit', lines: [{ year: yearOf(id), code, amount }] });
    return this.issue('2015-12-15');
  }

  /** A later calendar asks for another amount of the first due date. */
  asksAgain(on: string, amount: string): this {
    const [first] = this.calendar;
    if (first) this.calendar[0] = { ...first, lines: first.lines.map((line) => ({ ...line, amount })) };
    return this.issue(on);
  }

  pays(amount: string, valueOn: string, instalment = this.calendar[0]?.id ?? '', means: 'transfer' | 'direct-debit' = 'transfer'): this {
    this.payments += 1;
    const allocations = [{ instalment, year: yearOf(instalment), code, amount }];
    const money = { amount, valueOn, means, allocations, credit: '0', accountingDay: valueOn };
    return this.says('collection.payment-posted.v1', valueOn, { paymentId: this.paymentId(), ...money });
  }

  /** Less is owed: a part of the last payment is taken back out of the first due date. */
  releases(amount: string, on: string): this {
    const [first] = this.calendar;
    const allocations = [{ instalment: first?.id ?? '', year: yearOf(first?.id ?? ''), code, amount }];
    return this.says('collection.allocation-released.v1', on, { paymentId: this.paymentId(), allocations, accountingDay: on });
  }

  /** And is placed there again, on whatever contribution. */
  placesAgain(amount: string, on: string): this {
    const [first] = this.calendar;
    const allocations = [{ instalment: first?.id ?? '', year: yearOf(first?.id ?? ''), code: 'csg-crds', amount }];
    return this.says('collection.credit-allocated.v1', on, { paymentId: this.paymentId(), allocations, accountingDay: on });
  }

  /** Debited on the due date, and given back. */
  debited(instalment: string, amount: string, reason: string): this {
    const dueOn = this.calendar.find(({ id }) => id === instalment)?.dueOn ?? '';
    this.pays(amount, dueOn, instalment, 'direct-debit');
    return this.says('collection.payment-reversed.v1', dueOn, { paymentId: this.paymentId(), reason, accountingDay: dueOn });
  }

  reports(amount: string, valueOn: string): this {
    const place = { flow: 'urssaf/payments', batch: '1', line: 2, partnerReference: 'URS-1' };
    return this.says('urssaf-sync.payment-reported.v1', valueOn, { ...place, amount, valueOn, means: 'transfer' });
  }

  /** What was charged on the first due date: its 5 %, and `[months, amount]`. */
  charges(through: string, { initial, monthly: [months, amount] }: { initial: string; monthly: [string, string] }): this {
    const [first] = this.calendar;
    const of = {
      instalment: first?.id ?? '',
      year: yearOf(first?.id ?? ''),
      base: first?.lines[0]?.amount ?? '',
      from: first?.dueOn ?? '',
    };
    const lines: FactData<'collection.surcharge-charged.v1'>['lines'] = [
      { ...of, code: 'majoration-initiale', rate: '0.05', months: 1, amount: initial },
      { ...of, code: 'majoration-mensuelle', rate: '0.004', months: Number(months), amount },
    ];
    return this.says('collection.surcharge-charged.v1', through, { lines, through, accountingDay: through });
  }

  private issue(on: string): this {
    const version = this.facts.length + 1;
    return this.says('collection.schedule-issued.v1', on, {
      year: 2016,
      version,
      periodicity: 'quarterly',
      instalments: [...this.calendar],
    });
  }

  private says<T extends FactType>(type: T, effectiveon: string, data: FactData<T>): this {
    const author = type.slice(0, type.indexOf('.'));
    const seq = this.facts.filter(({ source }) => source === `/isu/${author}`).length + 1;
    this.facts.push({
      ...{
        specversion: '1.0',
        id: `${author}-${seq}`,
        source: `/isu/${author}`,
        type,
        subject: account,
        time: `${effectiveon}T10:00:00.000Z`,
      },
      ...{ datacontenttype: 'application/json', seq, previous: null, position: '1', effectiveon, correlation: '', cause: null, data },
    } as unknown as Fact);
    return this;
  }

  private paymentId = (): string => `payment-${this.payments}`;
}

const yearOf = (instalment: string): number => Number(instalment.slice(0, 4));

export const factsOf = (): ToldFacts => new ToldFacts();
