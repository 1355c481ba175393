import type { ReturnOutcome } from '@isu/contracts';
import { Day, Money } from '@isu/values';
import { decideReturn, type ReturnCase } from './return-decision.js';
import { returnAdvice } from './return-letters.js';
import { returnReasonOf } from './return-reason.js';

const today = Day.of('2016-05-10');
const part = { instalment: '2016-05', amount: Money.of('838'), failures: 0, presentedAgain: 0 };
const decide = (code: string, changes: Partial<ReturnCase> = {}) => {
  const { outcome, againOn, stop } = decideReturn({
    ...{ reason: returnReasonOf(code, today), parts: [part], dueOn: Day.of('2016-05-05'), isCarrying: false },
    ...{ nextDueOn: Day.of('2016-06-06'), today, ...changes },
  });
  return [outcome, againOn?.iso ?? null, stop];
};

describe('F32 — what a debit that comes back leads to (domain 3.4 and 3.5)', () => {
  it.each([
    ['AM04 AM01 AM02 AM03 MS03', 'carried', '2016-06-06', null],
    ['AC01 AC04 AC06 AG01 RC01', 'mandate-suspended', null, 'wrong-account'],
    ['MD01 MD02', 'mandate-revoked', null, 'no-mandate'],
    ['MD06', 'reopened', null, null],
    ['MD07', 'account-frozen', null, 'deceased'],
    ['MS02 SL01', 'left-unpaid', null, null],
    // Tuesday 10 May: leaves on the 11th for the 13th.
    ['FF01 AG02 FOCR DNOR CNOR ED05', 'presented-again', '2016-05-13', null],
    ['ZZ99', 'to-examine', null, null],
  ])('%s: %s', (codes, outcome, againOn, stop) => {
    for (const code of codes.split(' ')) expect([code, ...decide(code)]).toEqual([code, outcome, againOn, stop]);
  });

  it('carried once: failed again, or while another is carried, it is due at once', () => {
    expect(decide('AM04', { parts: [part, { ...part, instalment: '2016-04', failures: 1 }] })).toEqual(['due-at-once', null, null]);
    expect(decide('AM04', { isCarrying: true })).toEqual(['due-at-once', null, null]);
  });

  it('carried to nowhere where nothing more is debited', () => {
    expect(decide('AM04', { nextDueOn: null })).toEqual(['left-unpaid', null, null]);
  });

  it('presented again twice after faults between banks; then people look, and the person has no part in it', () => {
    expect(decide('FF01', { parts: [{ ...part, presentedAgain: 1 }] })[0]).toBe('presented-again');
    expect(decide('FF01', { parts: [{ ...part, presentedAgain: 2 }] })[0]).toBe('to-examine');
  });
});

describe('F32 — what the person reads of a debit that came back', () => {
  const advice = (outcome: ReturnOutcome): string =>
    returnAdvice({
      ...{ account: '1300000000142', amount: Money.of('838'), dueOn: Day.of('2016-05-05'), outcome, againOn: null },
      ...{ toQuarterly: false, monthlyFrom: Day.of('2017-01-01') },
    });

  it('of a fault between banks, that nothing is due for lateness; of a reason that nobody knows, only that it waits for an agent', () => {
    expect(advice('presented-again')).toContain('aucune majoration n’est due');
    expect(advice('to-examine')).toContain('un agent l’examine');
    expect(advice('to-examine')).not.toMatch(/n’est due|vient des banques/);
  });
});
