import { AccountNumber, Money, shareEqually } from '@isu/values';
import {
  anomalyTypes,
  fundCodes,
  groups,
  incomeKinds,
  means,
  remissionGrounds,
  stages,
  surchargeCodes,
  type Fact,
  type FactData,
} from '@isu/contracts';
import { disturbed, Draws, twoDigits } from './draws.spec-kit.js';
import { FactPen, seededRandom, type Random } from './fact-pen.spec-kit.js';

export { disturbed, seededRandom };

type Allocations = FactData<'collection.payment-posted.v1'>['allocations'];
type Instalments = FactData<'collection.schedule-issued.v1'>['instalments'];

export interface History {
  readonly account: string;
  /** Every fact, in the order in which it was written. */
  readonly facts: readonly Fact[];
}

const codes = ['maladie', 'indemnites-journalieres', 'retraite-base', 'retraite-complementaire', 'invalidite-deces', 'csg-crds', 'cfp'];

/**
 * A life of contributions as the services write it, at random: registered, incomes and their corrections, assessments in several
 * versions, schedules re-issued, money reported, posted, reversed, credit placed later, anomalies; and, more often than in life, what
 * must not matter or must be settled by the page: doubled references, words about unknown payments, types of a later release.
 */
export function randomHistory(seed: number): History {
  const life = new RandomLife(seededRandom(seed));
  life.live();
  return { account: life.pen.stream, facts: life.pen.facts };
}

class RandomLife extends Draws {
  readonly pen: FactPen;
  private readonly toPay: { allocations: Allocations; year: number; dueOn: string }[] = [];
  private readonly payments: { paymentId: string; reportId: string | null; allocations: Allocations; year: number }[] = [];

  constructor(random: Random) {
    super(random);
    const account = AccountNumber.make(this.pick(fundCodes), this.int(1, 999_999_999));
    this.pen = new FactPen(account.toString(), random);
  }

  live(): void {
    const [first, last] = [this.int(2012, 2016), this.int(2016, 2018)];
    if (this.chance(0.97)) this.register(first);
    if (this.chance(0.9)) this.pen.write('collection.account-opened.v1', { openedOn: this.day(first) });
    for (let year = first; year <= last; year += 1) {
      this.income(year);
      for (let version = 1; this.chance(version === 1 ? 0.95 : 0.5); version += 1) this.assess(year, version);
      for (let version = 1; this.chance(version === 1 ? 0.9 : 0.4); version += 1) {
        this.schedule(year, version);
        for (const due of this.toPay) if (this.chance(0.4)) this.pay(due);
      }
      if (this.chance(0.3)) this.sayOfAffiliation(year);
      if (this.chance(0.3)) this.anomaly();
      if (this.chance(0.4)) this.sayOfLaterRelease();
    }
    this.releaseSome();
    this.undoSome();
    this.surcharge();
    this.refundSome();
  }

  private register(year: number): void {
    const birthYear = this.chance(0.7) ? { birthYear: this.int(1940, 1998) } : {};
    const data = { group: this.pick(groups), regime: 'common' as const, startedOn: this.day(year), fund: this.pen.stream.slice(0, 2) };
    this.pen.write('affiliation.registered.v1', { ...data, ...birthYear });
  }

  private sayOfAffiliation(year: number): void {
    const say = [
      () => this.pen.write('affiliation.bank-details-changed.v1', { version: this.int(1, 9) }),
      () => this.pen.write('affiliation.status-changed.v1', { group: this.pick(groups), regime: 'micro-social', from: this.day(year) }),
      () => this.pen.write('affiliation.ended.v1', { on: this.day(year), cause: 'cessation' }),
      // Heard by every fold, which only moves its vector: another caisse has the worklist, not the account.
      () => this.pen.write('affiliation.fund-changed.v1', { fund: this.pick(fundCodes), from: this.day(year) }),
      () => this.register(year),
    ];
    this.pick(say)();
  }

  private income(year: number): void {
    let earlier: string | undefined;
    for (let said = this.int(0, 3); said > 0; said -= 1) {
      const corrects = earlier !== undefined && this.chance(0.6) ? { corrects: earlier } : {};
      const amount = this.chance(0.1) ? this.amount(1, 9_000).negated() : this.amount(0, 60_000);
      const { id } = this.pen.write('collection.income-recorded.v1', {
        ...{ year, amount: amount.toString(), kind: this.pick(incomeKinds), source: this.pick(['net-entreprises', 'agent', 'portal']) },
        ...{ declaredOn: this.day(year + 1), ...corrects },
      });
      earlier = id;
    }
  }

  private assess(year: number, version: number): void {
    const base = this.amount(0, 60_000).toString();
    const assessed = this.some(codes, 0.85).map((code) => ({ code, base, rate: this.pick(['0.1765', '0.07', '0.08', '0']) }));
    const lines = (assessed.length > 0 ? assessed : [{ code: 'maladie', base, rate: '0.065' }]).map((line) => ({
      ...line,
      amount: this.amount(0, 4_000).toString(),
    }));
    const doubledCode = this.chance(0.1) ? lines.slice(0, 1) : [];
    const data = { year, stage: this.pick(stages), lines: [...lines, ...doubledCode], rules: `${String(year)}.1` };
    this.pen.write('collection.assessed.v1', { ...data, version, accountingDay: this.day(year) });
    if (this.chance(0.08)) this.pen.write('collection.assessed.v1', { ...data, version, accountingDay: this.day(year), rules: 'doubled' });
  }

  private schedule(year: number, version: number): void {
    const isMonthly = this.chance(0.7);
    const slots = isMonthly ? this.int(1, 12) : this.int(1, 4);
    const asked = this.some(codes, 0.6).map((code) => ({ code, parts: shareEqually(this.amount(20, 6_000), slots, 'cent') }));
    const instalments: Instalments = Array.from({ length: slots }, (_, slot) => ({
      id: isMonthly ? `${String(year)}-${twoDigits(slot + 1)}` : `${String(year)}-Q${String(slot + 1)}`,
      dueOn: `${String(year)}-${twoDigits(isMonthly ? slot + 1 : slot * 3 + 2)}-05`,
      means: this.pick(means),
      lines: asked.map(({ code, parts }) => ({
        year: this.chance(0.1) ? year - 1 : year,
        code,
        amount: (parts[slot] ?? Money.zero).toString(),
      })),
    }));
    if (this.chance(0.08)) instalments[0]?.lines.push(...instalments[0].lines.slice(0, 1));
    if (this.chance(0.08)) instalments.push(...instalments.slice(0, 1));
    if (this.chance(0.08) && instalments[0]) instalments.push({ ...instalments[0], id: `${String(year - 1)}-01` });
    const periodicity = isMonthly ? this.pick(['monthly-5', 'monthly-20'] as const) : 'quarterly';
    this.pen.write('collection.schedule-issued.v1', { year, version, periodicity, instalments });
    this.toPay.length = 0;
    for (const { id, dueOn, lines } of instalments) {
      this.toPay.push({ year, dueOn, allocations: lines.map((line) => ({ instalment: id, ...line })) });
    }
  }

  private pay({ allocations, year, dueOn }: { allocations: Allocations; year: number; dueOn: string }): void {
    const placed = this.some(allocations, 0.9);
    const surplus = this.chance(0.2) ? this.amount(1, 500) : Money.zero;
    const amount = Money.sum(placed.map((allocation) => Money.of(allocation.amount))).plus(surplus);
    if (!amount.isPositive) return;
    const money = { amount: amount.toString(), valueOn: dueOn, means: this.pick(means) };
    const report = this.chance(0.7) ? this.report(money) : null;
    const reportId = report?.id ?? null;
    if (report !== null && this.chance(0.15)) return this.returnSome(report.id, money);

    const paymentId = this.chance(0.04) ? (this.payments.at(-1)?.paymentId ?? this.pen.uuid()) : this.pen.uuid();
    const linked = reportId ?? (this.chance(0.1) ? (this.payments.at(-1)?.reportId ?? this.pen.uuid()) : null);
    this.pen.write('collection.payment-posted.v1', {
      ...{ paymentId, ...money, ...(linked === null ? {} : { reportedFact: linked }) },
      ...{ allocations: placed, credit: surplus.toString(), accountingDay: this.day(year) },
    });
    this.payments.push({ paymentId, reportId: linked, allocations: placed, year });
  }

  private report(money: { amount: string; valueOn: string; means: (typeof means)[number] }): Fact {
    const bankReference = this.chance(0.5) ? { bankReference: `E2E-${String(this.int(1, 1e6))}` } : {};
    const paymentReference = this.chance(0.5) ? { paymentReference: 'RF18539007547034' } : {};
    const place = { flow: 'urssaf/payments', batch: String(this.int(1, 900)), line: this.int(2, 5_000) };
    const partnerReference = `URS-É-${String(this.int(1, 1e9))}`;
    return this.pen.write('urssaf-sync.payment-reported.v1', {
      ...place,
      partnerReference,
      ...bankReference,
      ...paymentReference,
      ...money,
    });
  }

  /** Reported and never posted: in transit, unless the partner says that it took the money back. */
  private returnSome(reportedFact: string, { amount, valueOn }: { amount: string; valueOn: string }): void {
    if (this.chance(0.5)) this.reverseAtPartner({ amount, valueOn, ...(this.chance(0.8) ? { reportedFact } : {}) });
  }

  private reverseAtPartner(said: { amount: string; valueOn: string; reportedFact?: string }): void {
    const place = { flow: 'urssaf/payments', batch: String(this.int(1, 900)), line: this.int(2, 5_000) };
    const references = { partnerReference: `URS-R-${String(this.int(1, 1e9))}`, reverses: `URS-É-${String(this.int(1, 1e9))}` };
    this.pen.write('urssaf-sync.reversal-reported.v1', { ...place, ...references, ...said, reason: 'AC04 compte clos' });
  }

  /** Less is owed: a part, or all, of what was paid is taken back, and now and then placed again; sometimes of a payment that is taken back too. */
  private releaseSome(): void {
    for (const { paymentId, allocations, year } of this.payments) {
      const taken = this.chance(0.3) ? this.some(allocations, 0.5) : [];
      if (taken.length === 0) continue;
      const accountingDay = this.day(year + 1);
      const isWhole = this.chance(0.5);
      const parts = taken.map((part) => (isWhole ? part : { ...part, amount: this.partOf(part.amount) }));
      this.pen.write('collection.allocation-released.v1', { paymentId, allocations: parts, accountingDay });
      const again = this.chance(0.5) ? this.some(parts, 0.5).map((part) => ({ ...part, code: this.pick(codes) })) : [];
      if (again.length > 0) this.pen.write('collection.credit-allocated.v1', { paymentId, allocations: again, accountingDay });
    }
    const allocations = [{ instalment: '2016-05', year: 2016, code: 'maladie', amount: '7.05' }];
    if (this.chance(0.2)) {
      this.pen.write('collection.allocation-released.v1', { paymentId: this.pen.uuid(), allocations, accountingDay: '2016-06-01' });
    }
  }

  /** Ordered out of one payment or several, settled, come back, in an order that life does not have too; more than there is, now and then. */
  private refundSome(): void {
    for (let refunds = this.int(0, 3); refunds > 0; refunds -= 1) {
      const [refundId, year] = [this.pen.uuid(), this.int(2016, 2018)];
      const paymentIds = this.some(this.payments, 0.3).map(({ paymentId }) => paymentId);
      if (this.chance(0.1)) paymentIds.push(this.pen.uuid());
      const parts = paymentIds.map((paymentId) => ({ paymentId, amount: this.amount(1, 300).toString() }));
      const days = { creditSince: this.day(year), dueBy: this.day(year), accountingDay: this.day(year) };
      const amount = Money.sum(parts.map((part) => Money.of(part.amount))).toString();
      const order = () => parts.length > 0 && this.pen.write('collection.refund-ordered.v1', { refundId, amount, parts, ...days });
      const settle = () =>
        this.pen.write('collection.refund-settled.v1', { refundId, settledOn: this.day(year), accountingDay: this.day(year) });
      const giveBack = (reason: string) =>
        this.pen.write('collection.refund-returned.v1', { refundId, reason, accountingDay: this.day(year) });
      if (this.chance(0.1)) settle();
      order();
      if (this.chance(0.6)) settle();
      if (this.chance(0.3)) giveBack('AC04 compte clos');
      if (this.chance(0.1)) giveBack('redit');
      if (this.chance(0.1)) order();
    }
  }

  private partOf(amount: string): string {
    return Money.cents(this.int(1, Money.of(amount).cents)).toString();
  }

  private undoSome(): void {
    for (const { paymentId, reportId, allocations, year } of this.payments) {
      const isReversed = this.chance(0.12);
      if (isReversed && reportId !== null) this.reverseAtPartner({ amount: '1', valueOn: this.day(year), reportedFact: reportId });
      if (isReversed) this.pen.write('collection.payment-reversed.v1', { paymentId, reason: 'impayé', accountingDay: this.day(year) });
      if (isReversed && this.chance(0.2)) {
        this.pen.write('collection.payment-reversed.v1', { paymentId, reason: 'impayé, redit', accountingDay: this.day(year) });
      }
      const later = this.chance(0.12) ? this.some(allocations, 0.5) : [];
      if (later.length > 0)
        this.pen.write('collection.credit-allocated.v1', { paymentId, allocations: later, accountingDay: this.day(year) });
    }
    if (this.chance(0.2)) {
      this.pen.write('collection.payment-reversed.v1', { paymentId: this.pen.uuid(), reason: 'inconnu', accountingDay: '2016-06-01' });
    }
    if (this.chance(0.2)) {
      const allocations = [{ instalment: '2016-05', year: 2016, code: 'maladie', amount: '7.05' }];
      this.pen.write('collection.credit-allocated.v1', { paymentId: this.pen.uuid(), allocations, accountingDay: '2016-06-01' });
    }
  }

  /** Charged in two goes, taken off before, after or without; now and then on what nobody called. */
  private surcharge(): void {
    for (const { allocations, year } of this.payments) {
      const [instalment] = allocations.map((allocation) => allocation.instalment);
      if (instalment === undefined || !this.chance(0.2)) continue;
      const accountingDay = this.day(year + 1);
      const part = () => ({ instalment, year, code: this.pick(Object.values(surchargeCodes)), amount: this.amount(1, 90).toString() });
      const lines = () => Array.from({ length: this.int(1, 3) }, part);
      const charged = () =>
        lines().map((line) => ({ ...line, base: line.amount, rate: '0.004', months: this.int(1, 5), from: this.day(year) }));
      if (this.chance(0.8)) this.pen.write('collection.surcharge-charged.v1', { lines: charged(), through: accountingDay, accountingDay });
      if (this.chance(0.4)) this.pen.write('collection.surcharge-charged.v1', { lines: charged(), through: accountingDay, accountingDay });
      if (this.chance(0.3)) this.pen.write('collection.surcharge-cancelled.v1', { lines: lines(), reason: 'reçu avant', accountingDay });
      if (this.chance(0.3)) {
        this.pen.write('collection.surcharge-remitted.v1', { lines: lines(), ground: this.pick(remissionGrounds), accountingDay });
      }
      if (this.chance(0.6)) this.payAll(lines(), year);
    }
  }

  private payAll(allocations: Allocations, year: number): void {
    const amount = Money.sum(allocations.map((allocation) => Money.of(allocation.amount))).toString();
    const place = { valueOn: this.day(year), accountingDay: this.day(year), means: this.pick(means) };
    this.pen.write('collection.payment-posted.v1', { paymentId: this.pen.uuid(), amount, allocations, credit: '0', ...place });
  }

  private anomaly(): void {
    const anomalyId = this.pen.uuid();
    const cause = 'écart de 12,50 € avec le partenaire';
    if (this.chance(0.1)) this.pen.write('urssaf-sync.anomaly-closed.v1', { anomalyId, settledBy: 'règle : trop tôt' });
    this.pen.write('urssaf-sync.anomaly-opened.v1', { anomalyId, type: this.pick(anomalyTypes), cause });
    if (this.chance(0.1)) this.pen.write('urssaf-sync.anomaly-opened.v1', { anomalyId, type: 'lost', cause: 'redite' });
    if (this.chance(0.6)) this.pen.write('urssaf-sync.anomaly-closed.v1', { anomalyId, settledBy: 'règle : même référence' });
    if (this.chance(0.1)) this.pen.write('urssaf-sync.anomaly-closed.v1', { anomalyId, settledBy: 'agent' });
  }

  private sayOfLaterRelease(): void {
    const types = [
      'collection.payment-posted.v2',
      'collection.plan-granted.v1',
      'benefits.right-decided.v1',
      'affiliation.name-changed.v1',
    ];
    this.pen.writeAny(this.pick(types), { amount: '12.5', nested: [{ year: 2016 }], label: 'trop-perçu €' });
  }
}
