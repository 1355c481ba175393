import { foldAccount, foldFlows, isSurcharge, type Book } from '@isu/account';
import { authorOf, paymentReferenceOf, type Fact, type FactData, type FactType, type Periodicity } from '@isu/contracts';
import { balances, violations } from '@isu/ledger';
import { endOfDayInParis, Refusal } from '@isu/chassis';
import { Day, Money } from '@isu/values';
import type { EntityManager } from 'typeorm';
import { periodsOf } from './statements/period.js';
import { readStatement } from './statements/statement.table.js';
import { assessmentsInForce } from './assessments/assessment.table.js';
import { Collection } from './collection.spec-kit.js';
import { paymentsOf } from './payments/payment.table.js';
import { refundsOf } from './refunds/refund.table.js';
import { instalmentsInForce } from './schedules/schedule.table.js';
import { knownSurcharges } from './surcharges/known-surcharges.js';
import { reviewSurcharges } from './surcharges/notification.js';
import { surchargesOfAccounts } from './surcharges/surcharge.table.js';

let collection: Collection;
beforeAll(async () => {
  collection = await Collection.start();
});
afterAll(() => collection?.close());

/** Mulberry32: the same life again for the same seed. */
function seeded(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 0x1_0000_0000;
  };
}

const paymentFlow = 'flow/urssaf/payments';
type Paid = Fact<'urssaf-sync.payment-reported.v1'>;

/** Some years of one account, at random: what a person, a partner and an operator may do to it, in any order. */
class Life {
  private readonly random: () => number;
  private readonly paid: Paid[] = [];
  /** What the books told on the evening of each of some days. */
  readonly told = new Map<string, string>();
  constructor(
    seed: number,
    readonly account: string,
    private readonly refused: string[],
  ) {
    this.random = seeded(seed);
  }

  async live(check: () => Promise<void>): Promise<void> {
    const startedOn = this.pick(['2013-01-01', '2014-07-01', '2015-01-01', '2015-10-15', '2016-03-01', '2016-11-20']);
    collection.on(startedOn < '2015-02-01' ? '2015-02-01' : startedOn);
    const early = this.chance(0.2) ? await collection.pay(this.account, '123.45') : null;
    await collection.register(this.account, { startedOn, group: this.pick(['commercant', 'artisan', 'profession-liberale']) });
    if (early) this.paid.push(early);
    let steps = 0;
    while (collection.clock.today().iso < '2017-11-01') {
      const passes = this.int(1, 45);
      const from = collection.clock.today();
      collection.on(from.plusDays(passes).iso);
      if (collection.clock.today().year > from.year && this.chance(0.8)) await this.run();
      await this.act();
      await check();
      steps += 1;
      if (steps % 6 === 0) this.told.set(collection.clock.today().iso, await toldOf(this.account));
    }
  }

  private async act(): Promise<void> {
    const today = collection.clock.today();
    const acts = [
      () => this.declare(this.int(2013, today.year - 1)),
      () => this.declare(today.year - 1),
      () => this.payDue(1),
      () => this.payDue(1),
      () => this.payDue(this.random() * 1.5),
      () => this.payNext(),
      () => this.takeSomeBack(),
      () => collection.does.credits.placeAll(today),
      () => this.refund(),
      () => this.lookAtSurcharges(),
      () => this.changePeriodicity(),
      () => collection.closeDaysThrough(today.minusDays(1).iso),
    ];
    await this.pick(acts)().catch((fault: unknown) => {
      if (!(fault instanceof Refusal)) throw fault;
      this.refused.push(fault.code);
    });
  }

  private async run(): Promise<void> {
    await collection.does.runs.run('provisional', collection.clock.today().year, '01890000-0000-7000-8000-000000000008');
  }

  private async declare(year: number): Promise<void> {
    const amount = this.chance(0.1) ? -this.int(1, 9_000) : this.int(0, 90_000);
    await collection.declare(this.account, year, `${amount}`);
  }

  /** A part, or more, of what is due: in cents, so that every debt is cut somewhere. */
  private async payDue(part: number): Promise<void> {
    const due = (await this.instalments()).filter(({ dueOn }) => dueOn.atMost(collection.clock.today()));
    const unpaid = Money.sum(due.flatMap(({ lines }) => lines.map(({ amount, paid }) => amount.minus(paid))));
    const cents = Math.floor(unpaid.cents * part);
    if (cents > 0) this.paid.push(await collection.pay(this.account, Money.cents(cents).toString()));
  }

  /** In advance, by the reference of the notice. */
  private async payNext(): Promise<void> {
    const coming = (await this.instalments()).filter(({ dueOn, lines }) => dueOn.isAfter(collection.clock.today()) && lines.length > 0);
    const next = coming[this.int(0, coming.length - 1)];
    if (!next) return;
    const asked = Money.sum(next.lines.map(({ amount, paid }) => amount.minus(paid)));
    const amount = this.chance(0.5) ? asked : Money.cents(Math.max(1, Math.floor(asked.cents * this.random())));
    if (!amount.isPositive) return;
    const paymentReference = paymentReferenceOf({ account: this.account, instalment: next.id });
    this.paid.push(await collection.pay(this.account, amount.toString(), { paymentReference }));
  }

  private async takeSomeBack(): Promise<void> {
    const payment = this.paid.splice(this.int(0, this.paid.length - 1), 1)[0];
    if (payment) await collection.takeBack(payment, this.chance(0.5) ? { reportedFact: payment.id } : {});
  }

  /** More is paid than is due, and a day's look at the credit follows: debts, due dates to come, or an order to give it back. */
  private async refund(): Promise<void> {
    await this.payDue(1.5);
    const known = { versions: new Map([[this.account, 1]]), correlation: '01890000-0000-7000-8000-00000000000d' };
    if (this.chance(0.7)) {
      const choice = this.pick(['refund', 'next-instalments'] as const);
      await collection.fresh.db.transaction((tx) => collection.does.refunds.choose(tx, this.account, { choice, by: 'person', ...known }));
    }
    await collection.fresh.db.transaction((tx) => collection.does.refunds.advance(tx, [this.account], known));
  }

  /** The partner has sent everything up to today: what is late is surcharged, given up, or cancelled. */
  private async lookAtSurcharges(): Promise<void> {
    const date = collection.clock.today();
    await this.flowSays('urssaf-sync.completed-through.v1', { date: date.iso, number: 1 });
    const step = <A>(work: (tx: EntityManager) => Promise<A>): Promise<A> => collection.fresh.db.transaction(work);
    // Now and then a batch of the partner is missing while one looks: nobody may be chased then.
    const isInDoubt = this.chance(0.3);
    if (isInDoubt) await this.flowSays('urssaf-sync.gap-opened.v1', { from: 2, to: 2 });
    await collection.does.surcharges.runFor({ date, correlation: '01890000-0000-7000-8000-000000000009', step });
    if (isInDoubt) await this.flowSays('urssaf-sync.gap-closed.v1', { number: 2 });
  }

  private async flowSays<T extends FactType>(type: T, data: FactData<T>): Promise<void> {
    await collection.fresh.db.transaction((tx) => collection.keep(tx, type, [{ account: paymentFlow, data }]));
  }

  private async changePeriodicity(): Promise<void> {
    const periodicity: Periodicity = this.pick(['monthly-5', 'monthly-20', 'quarterly']);
    await collection.fresh.db.transaction((tx) =>
      collection.does.periodicity.choose(tx, this.account, { periodicity, correlation: '01890000-0000-7000-8000-00000000000a' }),
    );
  }

  private async instalments() {
    return (await instalmentsInForce(collection.fresh.db, [this.account])).get(this.account) ?? [];
  }

  private int = (from: number, to: number): number => from + Math.floor(this.random() * (to - from + 1));
  private chance = (probability: number): boolean => this.random() < probability;
  private pick<T>(list: readonly T[]): T {
    return list[Math.floor(this.random() * list.length)] as T;
  }
}

const sumOf = (amounts: Iterable<Money>): string => Money.sum(amounts).toString();
const nonZero = (entries: readonly (readonly [string, string])[]): Record<string, string> =>
  Object.fromEntries(entries.filter(([, amount]) => amount !== '0').sort(([a], [b]) => (a < b ? -1 : 1)));

const soldeOf = ({ remaining, surcharges, credit }: Book['balance']): string =>
  Money.of(remaining).plus(Money.of(surcharges)).minus(Money.of(credit)).toString();

function sumsBy(amounts: readonly (readonly [string, Money])[]): Record<string, string> {
  const sums = new Map<string, Money>();
  for (const [key, amount] of amounts) sums.set(key, (sums.get(key) ?? Money.zero).plus(amount));
  return nonZero([...sums].map(([key, amount]): [string, string] => [key, amount.toString()]));
}

/** Called, paid and credit of an account, three times: from the tables, from the ledger, from the fold of what we said. */
async function threeReadings(account: string) {
  const { db } = collection.fresh;
  const { book } = foldAccount(await collection.saidOf(account));
  const assessments = [...((await assessmentsInForce(db, [account])).get(account)?.values() ?? [])];
  const every = await paymentsOf(db, { account, from: undefined, to: undefined });
  const payments = every.filter(({ reversedOn }) => reversedOn === null);
  const paidBy = new Map<string, Money>();
  for (const { year, code, amount } of payments.flatMap(({ allocations }) => allocations).filter((part) => !isSurcharge(part))) {
    paidBy.set(`${year}/${code}`, (paidBy.get(`${year}/${code}`) ?? Money.zero).plus(amount));
  }
  const inLedger = await balances(db.manager, account);
  const ledger = periodsOf(inLedger);
  const notified = await surchargesOfAccounts(db, [account]);
  const byLine = (
    periods: readonly { year: number; lines: readonly { code: string; called: unknown; paid: unknown }[] }[],
    name: 'called' | 'paid',
  ) => nonZero(periods.flatMap(({ year, lines }) => lines.map((line): [string, string] => [`${year}/${line.code}`, String(line[name])])));
  return {
    book,
    tables: {
      called: nonZero(
        assessments.flatMap(({ year, lines }) => lines.map(({ code, amount }): [string, string] => [`${year}/${code}`, amount])),
      ),
      paid: nonZero([...paidBy].map(([key, amount]): [string, string] => [key, amount.toString()])),
      credit: sumOf(every.map(({ credit }) => credit)),
      surcharges: sumsBy(notified.map(({ year, code, owed, paid }) => [`${year}/${code}`, owed.minus(paid)])),
    },
    ledger: {
      ...{ called: byLine(ledger.periods, 'called'), paid: byLine(ledger.periods, 'paid'), credit: ledger.credit.toString() },
      surcharges: sumsBy(
        inLedger
          .filter(({ account: { kind } }) => kind === 'surcharge')
          .map(({ account: { year, code }, balance }) => [`${String(year)}/${String(code)}`, balance]),
      ),
    },
    fold: {
      ...{ called: byLine(book.periods, 'called'), paid: byLine(book.periods, 'paid'), credit: book.balance.credit },
      surcharges: sumsBy(book.surcharges.map(({ year, code, remaining }) => [`${year}/${code}`, Money.of(remaining)])),
    },
    solde: { ledger: ledger.balance.toString(), fold: soldeOf(book.balance) },
  };
}

async function checkAccount(account: string): Promise<void> {
  const { db } = collection.fresh;
  const { book, tables, ledger, fold, solde } = await threeReadings(account);
  expect(ledger).toEqual(tables);
  expect(fold).toEqual(tables);
  expect(solde.fold).toBe(solde.ledger);
  const instalments = (await instalmentsInForce(db, [account])).get(account) ?? [];
  expect(book.instalments.map(textOfFolded)).toEqual(
    instalments.map(({ id, dueOn, schedule: _, lines }) => textOfFolded({ id, dueOn: dueOn.iso, lines: lines.map(wire) })),
  );
  checkWhatIsAsked(book);
  const onTheirWay = (await refundsOf(db, account)).filter(({ state }) => state === 'ordered').map(({ amount }) => amount);
  const inLedger = (await balances(db.manager, account)).filter(({ name }) => name === 'refund').map(({ balance }) => balance.negated());
  expect([sumOf(inLedger), book.balance.refunds]).toEqual([sumOf(onTheirWay), sumOf(onTheirWay)]);
}

/** Called, paid and remaining, line by line, and the credit: as a statement tells them, now or as it was known at an instant. */
const toldOf = async (account: string, knownAt?: string): Promise<string> =>
  JSON.stringify((await readStatement(collection.fresh.db, account, { on: collection.clock.today(), at: knownAt })).current);

/** I7: what was known on the evening of a day is what was told that evening, whatever came since; the facts known then say the same. */
async function checkWhatWasKnown({ account, told }: Life): Promise<void> {
  for (const [day, then] of told) {
    const at = endOfDayInParis(day);
    const known = await toldOf(account, at);
    expect([day, known]).toEqual([day, then]);
    const { book } = foldAccount(await collection.facts.factsOf(collection.fresh.db, account, at));
    expect([day, soldeOf(book.balance)]).toEqual([day, (JSON.parse(known) as { balance: string }).balance]);
  }
}

const wire = ({ year, code, amount, paid }: { year: number; code: string; amount: Money; paid: Money }) => ({
  ...{ year, code, amount: amount.toString(), paid: paid.toString() },
  remaining: amount.minus(paid).toString(),
});

type Folded = Pick<Book['instalments'][number], 'id' | 'dueOn' | 'lines'>;
const textOfFolded = ({ id, dueOn, lines }: Folded): string =>
  [id, dueOn, ...lines.map(({ year, code, amount, paid, remaining }) => `${year}/${code} ${amount} ${paid} ${remaining}`)].join('\n');

/**
 * What the calendars ask for a contribution year is what is owed for it; nothing is paid beyond it, neither of a year nor of a surcharge: what was is
 * credit (F56, F72). No life has an estimate, whose surplus waits.
 */
function checkWhatIsAsked({ instalments, assessments, periods, surcharges }: Book): void {
  for (const { year, total, state } of assessments) {
    if (state !== 'in-force') continue;
    const lines = instalments.flatMap(({ lines: all }) => all).filter((line) => line.year === year);
    const asked = Money.sum(lines.map(({ amount }) => Money.of(amount)));
    expect([year, asked.toString()]).toEqual([year, total]);
  }
  expect([...periods, ...surcharges].filter(({ remaining }) => Money.of(remaining).isNegative)).toEqual([]);
}

/** `r5.soak.spec.ts` lives a hundred. */
const lives = Number(process.env['ISU_TEST_LIVES'] ?? '12');

describe('R5 — tables, ledger and the fold of our own facts say the same of an account, to the cent', () => {
  it(`R1 R5 I2 over ${String(lives)} random lives: declarations, corrections, payments, reversals, periodicities, credits placed, refunds, closes`, async () => {
    const refused: string[] = [];
    for (let seed = 1; seed <= lives; seed += 1) {
      const account = collection.nextAccount();
      const life = new Life(seed, account, refused);
      await life
        .live(() => checkAccount(account))
        .then(() => checkWhatWasKnown(life))
        .catch((fault: unknown) => {
          throw new Error(`The life of seed ${seed} went wrong on ${collection.clock.today().iso}.`, { cause: fault });
        });
    }
    expect(await violations(collection.fresh.db.manager)).toEqual([]);
    // The lives did meet refusals, and they changed nothing: the readings agreed after each of them.
    expect(new Set(refused).size).toBeGreaterThan(1);
    const [paid] = (await collection.fresh.db.query('SELECT count(*)::int AS late FROM surcharge WHERE paid > 0')) as { late: number }[];
    expect(paid?.late).toBeGreaterThan(0);
    const [given] = (await collection.fresh.db.query('SELECT count(*)::int AS refunds FROM refund')) as { refunds: number }[];
    expect(given?.refunds).toBeGreaterThan(0);
  }, 1_200_000);

  it('R6 I5 each surcharge notified in these lives cites the facts that it rests on: on them it is the same again, and nothing was in doubt', async () => {
    const rows = (await collection.fresh.db.query(
      `SELECT envelope FROM fact WHERE author = 'collection' AND type = 'collection.surcharge-charged.v1' ORDER BY position`,
    )) as { envelope: Fact<'collection.surcharge-charged.v1'> }[];
    expect(rows.length).toBeGreaterThan(lives / 2);
    for (const { envelope } of rows) {
      const { lines, through, restsOn = [] } = envelope.data;
      const citedOf = async (stream: string): Promise<Fact[]> => {
        const ends = new Map(restsOn.filter((end) => end.stream === stream).map(({ author, seq }) => [author, seq]));
        const held = await collection.facts.factsOf(collection.fresh.db, stream);
        return held.filter((fact) => fact.seq <= (ends.get(authorOf(fact)) ?? 0));
      };
      const known = knownSurcharges(await citedOf(envelope.subject), {
        ...{ flows: foldFlows(await citedOf(paymentFlow)), day: Day.of(through), isSetAside: false },
      });
      // In transit, in conflict, or behind a gap, nobody was chased.
      expect([known.doubts, reviewSurcharges(known).charge]).toEqual([[], lines]);
    }
  });
});
