import { foldAccount, foldFlows } from '@isu/account';
import type { Fact } from '@isu/contracts';
import { Day } from '@isu/values';
import { rightsOf } from './rights.js';

const account = '1300000001237';
const id = (n: number): string => `00000000-0000-7000-8000-${String(n).padStart(12, '0')}`;

/** Facts written out by hand, so that nothing of the system under test builds its own expectation. */
const fact = (author: string, seq: number, type: string, data: object): Fact =>
  ({
    specversion: '1.0',
    id: id(seq * 10 + author.length),
    source: `/isu/${author}`,
    type: `${author}.${type}.v1`,
    subject: account,
    time: '2016-05-20T08:00:00.000Z',
    datacontenttype: 'application/json',
    seq,
    previous: seq === 1 ? null : '0'.repeat(64),
    position: String(seq),
    effectiveon: '2016-05-20',
    correlation: id(999),
    cause: null,
    data,
  }) as unknown as Fact;

// The minimum of 2016 (contributions.md section 2): base 4 441 €, 784 €, three quarters.
const assessed = fact('collection', 1, 'assessed', {
  year: 2016,
  stage: 'definitive',
  version: 1,
  rules: 'hand',
  accountingDay: '2016-05-20',
  lines: [{ code: 'retraite-base', base: '4441', rate: '0.1765', amount: '784' }],
});
const schedule = fact('collection', 2, 'schedule-issued', {
  year: 2016,
  version: 1,
  periodicity: 'monthly-5',
  instalments: [
    { id: '2016-02', dueOn: '2016-02-05', means: 'direct-debit', lines: [{ year: 2016, code: 'retraite-base', amount: '784' }] },
  ],
});
const posted = fact('collection', 3, 'payment-posted', {
  paymentId: id(77),
  amount: '784',
  valueOn: '2016-02-05',
  means: 'direct-debit',
  allocations: [{ instalment: '2016-02', year: 2016, code: 'retraite-base', amount: '784' }],
  credit: '0',
  accountingDay: '2016-05-20',
});
const completed = { ...fact('urssaf-sync', 1, 'completed-through', { date: '2016-05-19', number: 1 }), subject: 'flow/urssaf/payments' };

const on = (facts: Fact[], flows: Fact[]) => rightsOf(foldAccount(facts), foldFlows(flows), Day.of('2016-05-20'));

describe('rights opened by contributions', () => {
  it('F100 validates three quarters once the 784 € minimum of 2016 is paid', () => {
    expect(on([assessed, schedule, posted], [completed])).toMatchObject({
      upToDate: { value: 'yes', reasons: [] },
      quartersValidated: 3,
      quartersPossible: 3,
    });
  });

  it('F100 validates none while it is unpaid, and says no only when every flow is complete', () => {
    expect(on([assessed, schedule], [completed])).toMatchObject({ upToDate: { value: 'no' }, quartersValidated: 0, quartersPossible: 3 });
  });

  it('I5 answers unknown, with the reason, while the payment flow has not been seen', () => {
    const rights = on([assessed, schedule], []);
    expect(rights.upToDate.value).toBe('unknown');
    expect(rights.upToDate.reasons.map((reason) => reason.code)).toEqual(['flow-never-seen']);
  });

  it('I5 says what the answer rests on', () => {
    const { restsOn } = on([assessed, schedule, posted], [completed]);
    expect(restsOn.vector).toEqual({ collection: 3 });
    expect(restsOn.flows).toEqual({ 'flow/urssaf/payments': { 'urssaf-sync': 1 } });
    expect(restsOn.fingerprint).toMatch(/^[0-9a-f]{64}$/);
  });
});
