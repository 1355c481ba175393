import { Day } from '@isu/values';
import type { FactData } from '@isu/contracts';
import type { Book } from '../book/book.js';
import { FactPen, seededRandom } from '../fact-pen.spec-kit.js';
import { foldAccount } from '../fold.js';
import { foldFlows, type Flows } from '../flows.js';
import { standing } from './standing.js';

const payments = 'flow/urssaf/payments';
const friday = Day.of('2016-05-20');

/** 2016 for a trader under the minimum: maladie 600 and retraite-base 784 on 4 441 €, asked in four quarters of 150 and 196 €. */
class Trader {
  readonly pen = new FactPen('1300001234517', seededRandom(1));

  constructor() {
    const lines = [
      { code: 'maladie', base: '9230', rate: '0.065', amount: '600' },
      { code: 'retraite-base', base: '4441', rate: '0.1765', amount: '784' },
    ];
    this.pen.write('collection.assessed.v1', {
      ...{ year: 2016, stage: 'provisional', version: 1, lines, rules: '2016.1', accountingDay: '2016-01-04' },
    });
    const dueOns = ['2016-02-05', '2016-05-05', '2016-08-05', '2016-11-05'];
    const instalments = dueOns.map((dueOn, index) => ({
      ...{ id: `2016-Q${String(index + 1)}`, dueOn, means: 'transfer' as const },
      lines: [
        { year: 2016, code: 'maladie', amount: '150' },
        { year: 2016, code: 'retraite-base', amount: '196' },
      ],
    }));
    this.pen.write('collection.schedule-issued.v1', { year: 2016, version: 1, periodicity: 'quarterly', instalments });
  }

  /** Money placed as given, the rest as credit. */
  paid(amount: string, allocations: FactData<'collection.payment-posted.v1'>['allocations'] = [], credit = '0'): this {
    const data = { paymentId: this.pen.uuid(), amount, valueOn: '2016-02-04', means: 'transfer' as const, allocations, credit };
    this.pen.write('collection.payment-posted.v1', { ...data, accountingDay: '2016-02-05' });
    return this;
  }

  paidQuarter(quarter: number): this {
    const instalment = `2016-Q${String(quarter)}`;
    const line = { instalment, year: 2016 };
    return this.paid('346', [
      { ...line, code: 'maladie', amount: '150' },
      { ...line, code: 'retraite-base', amount: '196' },
    ]);
  }

  reported(amount: string): this {
    const place = { flow: 'urssaf/payments', batch: '41', line: 2, partnerReference: 'URS-1' };
    this.pen.write('urssaf-sync.payment-reported.v1', { ...place, amount, valueOn: '2016-05-04', means: 'transfer' });
    return this;
  }

  get book(): Book {
    return foldAccount(this.pen.facts).book;
  }
}

/** A payments flow that is complete through a day, with gaps if wanted. */
function flow(completedThrough: string | null, ...gaps: { from: number; to: number }[]): Flows {
  const pen = new FactPen(payments, seededRandom(2));
  if (completedThrough !== null) pen.write('urssaf-sync.completed-through.v1', { date: completedThrough, number: 40 });
  else pen.write('urssaf-sync.batch-refused.v1', { digest: '0'.repeat(64), reasons: ['signature'] });
  for (const gap of gaps) pen.write('urssaf-sync.gap-opened.v1', gap);
  return foldFlows(pen.facts);
}

// On Friday 20 May 2016 the second working day before is Wednesday 18.
const onTime = flow('2016-05-18');
const upToDate = (book: Book, flows: Flows, day = friday) => standing(book, flows, day).upToDate;
const codes = (book: Book, flows: Flows, day = friday) => standing(book, flows, day).reasons.map((reason) => reason.code);

describe('What is due, late and next on a day', () => {
  const trader = () => new Trader();

  it('two quarters are late on 20 May, the third is next', () => {
    expect(standing(trader().book, onTime, friday)).toMatchObject({
      ...{ day: '2016-05-20', due: '692', late: '692', inTransit: '0', credit: '0' },
      nextDue: { instalment: '2016-Q3', dueOn: '2016-08-05', amount: '346' },
      flows: { [payments]: { 'urssaf-sync': 1 } },
    });
  });

  it.each([
    ['2016-02-04', '0', '0', '2016-Q1'],
    ['2016-02-05', '346', '0', '2016-Q1'],
    ['2016-02-06', '346', '346', '2016-Q2'],
    ['2016-11-06', '1384', '1384', undefined],
  ])('an instalment is due on its day and late from the next: %s', (day, due, late, next) => {
    const { nextDue, ...rest } = standing(trader().book, onTime, Day.of(day));
    expect(rest).toMatchObject({ due, late });
    expect(nextDue?.instalment).toBe(next);
  });

  it('credit is set against the oldest debt: 692 late less 400 of credit is 292, of the second quarter', () => {
    const { late, credit, reasons } = standing(trader().paid('400', [], '400').book, onTime, friday);
    expect({ late, credit }).toEqual({ late: '292', credit: '400' });
    expect(reasons).toEqual([expect.objectContaining({ code: 'instalment-late', instalment: '2016-Q2', amount: '292' })]);
  });

  it('a part paid leaves the rest late', () => {
    const part = trader().paid('100.50', [{ instalment: '2016-Q1', year: 2016, code: 'maladie', amount: '100.50' }]);
    expect(standing(part.book, onTime, friday).late).toBe('591.50');
  });
});

describe('Up to date: yes, no, unknown', () => {
  it('yes when nothing is late, even while the flow is behind: nothing is held against anyone', () => {
    const paid = new Trader().paidQuarter(1).paidQuarter(2).book;
    expect(standing(paid, {}, friday)).toMatchObject({ upToDate: 'yes', late: '0', reasons: [] });
    expect(upToDate(new Trader().paid('692', [], '692').book, onTime)).toBe('yes');
  });

  it('no when money is late and every flow is there: each late instalment is named, in French', () => {
    const { upToDate: answer, reasons } = standing(new Trader().paidQuarter(1).book, onTime, friday);
    expect(answer).toBe('no');
    expect(reasons).toEqual([
      {
        ...{ code: 'instalment-late', instalment: '2016-Q2', dueOn: '2016-05-05', amount: '346' },
        text: 'L’échéance du 5 mai 2016 reste due pour 346,00\u00a0€.',
      },
    ]);
  });

  it('I5: unknown while money is in transit, and it says which', () => {
    const { upToDate: answer, reasons, inTransit } = standing(new Trader().reported('346').book, onTime, friday);
    expect({ answer, inTransit }).toEqual({ answer: 'unknown', inTransit: '346' });
    expect(reasons).toEqual([
      expect.objectContaining({
        ...{ code: 'payment-in-transit', amount: '346', valueOn: '2016-05-04' },
        text: 'Un paiement de 346,00\u00a0€ du 4 mai 2016 nous est annoncé : on attend son imputation au compte.',
      }),
    ]);
  });

  it('I5: unknown while a batch of a payments flow is missing', () => {
    const { upToDate: answer, reasons } = standing(
      new Trader().book,
      flow('2016-05-18', { from: 41, to: 43 }, { from: 45, to: 45 }),
      friday,
    );
    expect(answer).toBe('unknown');
    expect(reasons.map(({ text }) => text)).toEqual([
      'Les lots 41 à 43 du flux « urssaf/payments » manquent : on attend leur renvoi.',
      'Le lot 45 du flux « urssaf/payments » manque : on attend son renvoi.',
    ]);
  });

  it('I5: unknown when no payments flow was ever seen; another flow does not count', () => {
    const incomes = new FactPen('flow/urssaf/incomes');
    incomes.write('urssaf-sync.completed-through.v1', { date: '2016-05-19', number: 1 });
    expect(codes(new Trader().book, {})).toEqual(['flow-never-seen']);
    expect(codes(new Trader().book, foldFlows(incomes.facts))).toEqual(['flow-never-seen']);
    expect(standing(new Trader().book, foldFlows(incomes.facts), friday).flows).toEqual({});
  });

  it.each([
    ['is never declared complete', null, ['flow-incomplete']],
    ['ends the day before the oldest late instalment', '2016-02-04', ['flow-incomplete']],
    ['reaches it but is three working days old', '2016-05-17', ['flow-late']],
    ['is two working days old', '2016-05-18', ['instalment-late', 'instalment-late']],
  ])('I5: a payments flow that %s', (_, completedThrough, expected) => {
    expect(codes(new Trader().book, flow(completedThrough))).toEqual(expected);
  });

  it('counts working days of the TARGET calendar: on Tuesday 29 March 2016, after Easter, Thursday 24 is not the second before', () => {
    // Good Friday 25 and Easter Monday 28 are closed: the working days before are Thursday 24 and Wednesday 23.
    const tuesday = Day.of('2016-03-29');
    expect(upToDate(new Trader().book, flow('2016-03-23'), tuesday)).toBe('no');
    expect(upToDate(new Trader().book, flow('2016-03-22'), tuesday)).toBe('unknown');
  });

  it('S21 asks for the flow through the due date when that is later than its calendar: the day after', () => {
    // On Saturday 6 February the second working day before is Thursday 4; the debt fell due on Friday 5.
    const [reason] = standing(new Trader().book, flow('2016-02-04'), Day.of('2016-02-06')).reasons;
    expect(reason).toMatchObject({ code: 'flow-incomplete', completedThrough: '2016-02-04', awaitedThrough: '2016-02-05' });
    expect(reason?.text).toBe(
      'Le flux « urssaf/payments » n’est complet que jusqu’au 4 février 2016 : on attend les lots jusqu’au 5 février 2016.',
    );
  });

  it('I5: unknown while an anomaly is open on the account, no again once it is closed', () => {
    const trader = new Trader();
    const anomalyId = trader.pen.uuid();
    trader.pen.write('urssaf-sync.anomaly-opened.v1', { anomalyId, type: 'lost', cause: 'lot 41, ligne 7' });
    expect(codes(trader.book, onTime)).toEqual(['anomaly-open']);
    trader.pen.write('urssaf-sync.anomaly-closed.v1', { anomalyId, settledBy: 'agent' });
    expect(upToDate(trader.book, onTime)).toBe('no');
  });

  it('I5: no again once the missing batch is given up, and what is not known stays named beside what is late', () => {
    const pen = new FactPen(payments, seededRandom(2));
    pen.write('urssaf-sync.gap-opened.v1', { from: 41, to: 41 });
    pen.write('urssaf-sync.completed-through.v1', { date: '2016-05-18', number: 42 });
    expect(codes(new Trader().book, foldFlows(pen.facts))).toEqual(['flow-gap']);
    pen.write('urssaf-sync.gap-closed.v1', { attestation: 'ATT-1', number: 41 });
    const { upToDate: answer, reasons } = standing(new Trader().book, foldFlows(pen.facts), friday);
    expect([answer, reasons.map(({ code }) => code)]).toEqual(['no', ['instalment-late', 'instalment-late', 'batches-given-up']]);
    expect(reasons.at(-1)?.text).toMatch(/^Le lot 41 du flux « urssaf\/payments » est abandonné/);
  });

  it('I5 S21: names everything that is awaited, not the first thing only', () => {
    const trader = new Trader().reported('10');
    trader.pen.write('urssaf-sync.anomaly-opened.v1', { anomalyId: trader.pen.uuid(), type: 'late', cause: 'délai' });
    const all = ['payment-in-transit', 'flow-gap', 'flow-late', 'anomaly-open'];
    expect(codes(trader.book, flow('2016-05-12', { from: 41, to: 41 }))).toEqual(all);
  });
});

describe('F50, F100 — CSS R. 351-9, D. 634-1: quarters by the income on which contributions were paid', () => {
  const quartersAt = ({ year = 2016, base = '4441', called = '784', paid = '0' }, flows = onTime) => {
    const pen = new FactPen('1300001234517', seededRandom(5));
    const lines = [{ code: 'retraite-base', base, rate: '0.1765', amount: called }];
    pen.write('collection.assessed.v1', { year, stage: 'definitive', version: 1, lines, rules: '1', accountingDay: '2016-01-04' });
    if (paid !== '0') {
      const allocations = [{ instalment: `${String(year)}-Q1`, year, code: 'retraite-base', amount: paid }];
      const data = { paymentId: pen.uuid(), amount: paid, valueOn: '2016-02-04', means: 'transfer' as const, allocations, credit: '0' };
      pen.write('collection.payment-posted.v1', { ...data, accountingDay: '2016-02-05' });
    }
    return standing(foldAccount(pen.facts).book, flows, friday).quarters[0];
  };

  it.each([
    ['2016, minimum of 784 € paid: 4 441 / 1 450.50 = 3.06', { paid: '784' }, [3, 3, 'paid']],
    ['2016, 400 of 784 € paid: 2 265.82 / 1 450.50 = 1.56', { paid: '400' }, [3, 1, 'partly-paid']],
    ['2016, nothing paid', { paid: '0' }, [3, 0, 'unpaid']],
    ['2015, minimum paid: 2 929 / 1 441.50 = 2.03', { year: 2015, base: '2929', called: '509', paid: '509' }, [2, 2, 'paid']],
    ['2014, minimum paid: 1 971 / 1 429.50 = 1.38', { year: 2014, base: '1971', called: '338', paid: '338' }, [1, 1, 'paid']],
    ['2016, one euro short of four: 5 801 / 1 450.50 = 3.999', { base: '5801', called: '1024', paid: '1024' }, [3, 3, 'paid']],
    ['2016, four: 5 802 = 4 × 1 450.50', { base: '5802', called: '1024', paid: '1024' }, [4, 4, 'paid']],
    ['2016, 26 000 €: four at most', { base: '26000', called: '4589', paid: '4589' }, [4, 4, 'paid']],
    ['2016, a euro missing on 5 802 €: 3.996', { base: '5802', called: '1024', paid: '1023' }, [4, 3, 'partly-paid']],
    ['2016, more paid than called', { paid: '900' }, [3, 3, 'paid']],
    ['2016, an exempted line asks nothing and counts', { called: '0' }, [3, 3, 'paid']],
    ['2016, no base', { base: '0', called: '0' }, [0, 0, 'paid']],
  ] as const)('%s', (_, line, [possible, validated, because]) => {
    expect(quartersAt(line)).toMatchObject({ possible, validated, because: [because] });
  });

  it('shows the figures behind the answer', () => {
    expect(quartersAt({ paid: '400' })).toMatchObject({ year: 2016, base: '4441', quarterIncome: '1450.50', called: '784', paid: '400' });
  });

  it('I5: what is missing may be on its way: the year says that it awaits', () => {
    expect(quartersAt({ paid: '400' }, flow('2016-05-18', { from: 41, to: 41 }))?.because).toEqual(['partly-paid', 'awaiting']);
    expect(quartersAt({ paid: '0' }, {})?.because).toEqual(['unpaid', 'awaiting']);
    expect(standing(new Trader().reported('346').book, onTime, friday).quarters[0]?.because).toEqual(['unpaid', 'in-transit', 'awaiting']);
  });

  it('awaits nothing when what is missing would give no quarter more', () => {
    // 4 441 × 767 / 784 = 4 344.70, under three quarters (4 351.50); 770 gives 4 361.70: three.
    expect(quartersAt({ paid: '767' }, {})).toMatchObject({ validated: 2, because: ['partly-paid', 'awaiting'] });
    expect(quartersAt({ paid: '770' }, {})).toMatchObject({ validated: 3, because: ['partly-paid'] });
  });

  it('takes the law from what it is handed: a year without a pension line has no quarters', () => {
    const pen = new FactPen('1300001234517', seededRandom(6));
    const lines = [{ code: 'maladie', base: '9230', rate: '0.065', amount: '600' }];
    pen.write('collection.assessed.v1', { year: 2016, stage: 'provisional', version: 1, lines, rules: '1', accountingDay: '2016-01-04' });
    expect(standing(foldAccount(pen.facts).book, onTime, friday).quarters).toEqual([]);
  });

  it('F50: the message of the payment is lost, then found: three quarters that were awaited are granted', () => {
    const gapped = quartersAt({ paid: '0' }, flow('2016-05-18', { from: 41, to: 41 }));
    expect(gapped).toMatchObject({ possible: 3, validated: 0, because: ['unpaid', 'awaiting'] });
    expect(quartersAt({ paid: '784' })).toMatchObject({ possible: 3, validated: 3, because: ['paid'] });
  });
});
