import fc from 'fast-check';
import { canonicalJson, checkFact, isKnownType, sha256, type Fact } from '@isu/contracts';
import { Money } from '@isu/values';
import type { Book } from './book/book.js';
import { FactPen, seededRandom } from './fact-pen.spec-kit.js';
import { isSurcharge } from './book/surcharges.js';
import { foldAccount, NotOneAccount, viewBytes } from './fold.js';
import { disturbed, shuffled } from './draws.spec-kit.js';
import { randomHistory, type History } from './histories.spec-kit.js';
import { ForkedFacts } from './taken-facts.js';

/** A pool, for a history costs more to write than to fold; the cross-check with the Python program runs over as many as wanted. */
const pool = Array.from({ length: 40 }, (_, seed) => randomHistory(seed));
const holds = (property: (history: History, seed: number) => void): void =>
  fc.assert(fc.property(fc.constantFrom(...pool), fc.integer(), property), { numRuns: 40 });
const total = (amounts: readonly string[]): string => Money.sum(amounts.map((amount) => Money.of(amount))).toString();
const account = '1300001234590';

describe('I4, N1 — the same facts give the same account and fingerprint', () => {
  it('whatever their order and their repetitions', () => {
    holds(({ facts }, seed) => {
      expect(foldAccount(disturbed(facts, seededRandom(seed + 1), { doubled: 0.4 }))).toEqual(foldAccount(facts));
    });
  });

  it('whatever the interleaving of the authors: each wholly before the others', () => {
    holds(({ facts }, seed) => {
      const authors = shuffled([...new Set(facts.map((fact) => fact.source))], seededRandom(seed));
      const oneAfterTheOther = authors.flatMap((author) => facts.filter((fact) => fact.source === author));
      expect(foldAccount(oneAfterTheOther).fingerprint).toBe(foldAccount(facts).fingerprint);
    });
  });

  it('whether a payment was heard of as posted or as reported first', () => {
    holds(({ facts }) => {
      const isOfPartner = (fact: Fact): boolean => fact.source === '/isu/urssaf-sync';
      const postedFirst = [...facts.filter((fact) => !isOfPartner(fact)), ...facts.filter(isOfPartner)];
      const reportedFirst = [...facts.filter(isOfPartner), ...facts.filter((fact) => !isOfPartner(fact))];
      expect(foldAccount(postedFirst).fingerprint).toBe(foldAccount(reportedFirst).fingerprint);
    });
  });

  it('counts what stands behind a hole only once the hole is filled', () => {
    holds(({ facts }, seed) => {
      const held = disturbed(facts, seededRandom(seed + 2), { lost: 0.05 });
      if (held.length === 0) return;
      const isTaken = (fact: Fact): boolean => Array.from({ length: fact.seq }, (_, i) => i + 1).every((seq) => isHeld(held, fact, seq));
      const prefix = facts.filter(isTaken);
      const view = foldAccount(held);
      if (prefix.length === 0) expect(view.vector).toEqual({});
      else expect(view.fingerprint).toBe(foldAccount(prefix).fingerprint);
      expect(foldAccount([...held, ...facts]).fingerprint).toBe(foldAccount(facts).fingerprint);
    });
  });

  it('and another history gives another fingerprint', () => {
    holds(({ facts }) => {
      const last = facts.at(-1);
      if (facts.length > 1) expect(foldAccount(facts.filter((fact) => fact !== last)).fingerprint).not.toBe(foldAccount(facts).fingerprint);
    });
  });

  it('takes the fingerprint over fold, vector and book, and answers canonical bytes', () => {
    const view = foldAccount(randomHistory(7).facts);
    const { fold, vector, book } = view;
    expect(view.fingerprint).toBe(sha256(canonicalJson({ book, fold, vector })));
    expect(new TextDecoder().decode(viewBytes(view))).toBe(canonicalJson(view));
  });
});

describe('F16, F17 — the figures of one account agree with each other', () => {
  const agreesOverHistories = (agrees: (book: Book) => void): void =>
    holds(({ facts }, seed) => agrees(foldAccount([facts.slice(0, 1), disturbed(facts, seededRandom(seed), { lost: 0.01 })].flat()).book));

  it('the balance is the sum of the periods, and each period of its lines', () => {
    agreesOverHistories(({ balance, periods }) => {
      for (const key of ['called', 'paid', 'remaining'] as const) {
        expect(balance[key]).toBe(total(periods.map((period) => period[key])));
        for (const period of periods) expect(period[key]).toBe(total(period.lines.map((line) => line[key])));
      }
    });
  });

  it('the movements of all accounting days add up to the periods', () => {
    agreesOverHistories(({ movements, periods }) => {
      for (const { year, lines } of periods) {
        for (const { code, called, paid } of lines) {
          const moved = movements.filter((movement) => movement.year === year && movement.code === code);
          expect([total(moved.map((movement) => movement.called)), total(moved.map((movement) => movement.paid))]).toEqual([called, paid]);
        }
      }
      const inPeriods = (year: number, code: string) => periods.some((p) => p.year === year && p.lines.some((line) => line.code === code));
      for (const { year, surcharges } of periods) {
        const moved = movements.filter((movement) => movement.year === year && isSurcharge(movement));
        expect(total(moved.map(({ called }) => called))).toBe(surcharges.called);
        expect(total(moved.map(({ paid }) => paid))).toBe(surcharges.paid);
      }
      const elsewhere = movements.filter((movement) => !inPeriods(movement.year, movement.code) && !isSurcharge(movement));
      expect([total(elsewhere.map(({ called }) => called)), total(elsewhere.map(({ paid }) => paid))]).toEqual(['0', '0']);
    });
  });

  it('F17 the surcharges of a year are those of its due dates, and the balance holds what remains of them', () => {
    agreesOverHistories(({ surcharges, periods, balance }) => {
      for (const { charged, cancelled, remitted, paid, remaining, lines } of surcharges) {
        expect(charged).toBe(total(lines.map(({ amount }) => amount)));
        expect(charged).toBe(total([cancelled, remitted, paid, remaining]));
      }
      expect(balance.surcharges).toBe(total(surcharges.map(({ remaining }) => remaining)));
      expect(balance.surcharges).toBe(total(periods.map((period) => period.surcharges.remaining)));
    });
  });

  it('what was received and stands is allocated or is credit, to the cent', () => {
    agreesOverHistories(({ payments, balance, surcharges }) => {
      for (const { state, amount, allocations, refunded, credit } of payments) {
        const placed = total([...allocations.map((allocation) => allocation.amount), credit, refunded]);
        expect(placed).toBe(state === 'posted' ? amount : '0');
      }
      const posted = payments.filter(({ state }) => state === 'posted').map(({ amount }) => amount);
      const givenBack = payments.map(({ refunded }) => refunded);
      expect(total(posted)).toBe(total([balance.paid, balance.credit, ...givenBack, ...surcharges.map(({ paid }) => paid)]));
    });
  });

  it('F56 what is given back of payments is what refunds take of them; a refund that comes back takes nothing', () => {
    agreesOverHistories(({ payments, refunds, balance }) => {
      const posted = new Set(payments.filter(({ posted: posting }) => posting).map(({ id }) => id));
      const standing = refunds.filter(({ state }) => state !== 'returned');
      const taken = standing.flatMap(({ parts }) => parts.filter(({ payment }) => posted.has(payment)).map(({ amount }) => amount));
      expect(total(payments.map(({ refunded }) => refunded))).toBe(total(taken));
      for (const { amount, parts } of refunds) expect(amount).toBe(total(parts.map((part) => part.amount)));
      expect(balance.refunds).toBe(total(refunds.filter(({ state }) => state === 'ordered').map(({ amount }) => amount)));
    });
  });

  it('F56 a refund and its return are nothing: the same credit, the same payments', () => {
    holds(({ facts }, seed) => {
      const { payments, balance } = foldAccount(facts).book;
      const [paid] = shuffled(
        payments.filter(({ state }) => state === 'posted'),
        seededRandom(seed),
      );
      if (!paid) return;
      const pen = new FactPen(facts[0]?.subject ?? account, seededRandom(seed));
      const seq = facts.filter(({ source }) => source === '/isu/collection').length;
      const refundId = pen.uuid();
      const days = { creditSince: '2016-05-20', dueBy: '2016-06-20', accountingDay: '2016-05-20' };
      const parts = [{ paymentId: paid.id, amount: '12.34' }];
      pen.write('collection.refund-ordered.v1', { refundId, amount: '12.34', parts, ...days });
      pen.write('collection.refund-returned.v1', { refundId, reason: 'AC04', accountingDay: '2016-05-20' });
      const told = pen.facts.map((fact) => ({ ...fact, seq: fact.seq + seq }));
      const after = foldAccount([...facts, ...told]).book;
      expect([after.payments, after.balance]).toEqual([payments, balance]);
    });
  });

  it('an instalment is the sum of its lines, and no line counts money that another one counts', () => {
    agreesOverHistories(({ instalments, payments }) => {
      for (const { id, lines, paid, amount, remaining } of instalments) {
        expect(total([remaining, paid])).toBe(amount);
        const places = lines.map(({ year, code }) => `${String(year)} ${code}`);
        const received = payments
          .flatMap(({ allocations }) => allocations)
          .filter(({ instalment, year, code }) => instalment === id && places.includes(`${String(year)} ${code}`));
        expect(paid).toBe(total(received.map((allocation) => allocation.amount)));
      }
    });
  });

  it('counts reported money once: each report stands in exactly one payment', () => {
    holds(({ facts }) => {
      const reports = facts.filter(({ type }) => type === 'urssaf-sync.payment-reported.v1').map(({ id }) => id);
      const shown = foldAccount(facts).book.payments.flatMap(({ reported }) => (reported ? [reported.fact] : []));
      expect(shown.toSorted()).toEqual(reports.toSorted());
    });
  });
});

describe('What makes no account view', () => {
  const opened = (pen: FactPen): Fact => pen.write('collection.account-opened.v1', { openedOn: '2016-01-04' });

  it('refuses no fact, facts of two accounts, and facts of a flow', () => {
    expect(() => foldAccount([])).toThrow(NotOneAccount);
    expect(() => foldAccount([opened(new FactPen(account)), opened(new FactPen('0100000000196'))])).toThrow(NotOneAccount);
    expect(() => foldAccount([opened(new FactPen('flow/urssaf/payments'))])).toThrow(NotOneAccount);
  });

  it('refuses two facts under one number of one author, also behind a hole', () => {
    const pens = [new FactPen(account, seededRandom(1)), new FactPen(account, seededRandom(2))];
    const [ours, theirs] = pens.map((pen) => [opened(pen), opened(pen), opened(pen)]);
    const first = ours![0]!;
    expect(() => foldAccount([first, ours![1]!, theirs![1]!])).toThrow(ForkedFacts);
    expect(() => foldAccount([first, ours![2]!, theirs![2]!])).toThrow(/two facts under number 3/);
  });
});

describe('The random histories that the two programs are compared on', () => {
  it('are made of facts that every service would accept, some of types of a later release', () => {
    const types = new Set<string>();
    for (const { facts } of pool) {
      for (const fact of facts) {
        expect(() => checkFact(JSON.parse(JSON.stringify(fact)))).not.toThrow();
        types.add(fact.type);
      }
    }
    expect([...types].filter(isKnownType).length).toBeGreaterThanOrEqual(14);
    expect([...types].some((type) => !isKnownType(type))).toBe(true);
  });

  it('are the same again for the same seed', () => {
    expect(randomHistory(11)).toEqual(randomHistory(11));
    expect(randomHistory(11).account).not.toBe(randomHistory(12).account);
  });
});

const isHeld = (held: readonly Fact[], { source }: Fact, seq: number): boolean =>
  held.some((fact) => fact.source === source && fact.seq === seq);
