import type { Fact } from '@isu/contracts';
import { eventually } from '@isu/testing';
import { AccountNumber } from '@isu/values';
import { BenefitsAlone } from '../benefits.spec-kit.js';
import type { DelayDistribution } from './payment-delay.js';

let benefits: BenefitsAlone;
beforeAll(async () => {
  benefits = await BenefitsAlone.start();
});
afterAll(() => benefits?.close());

const account = AccountNumber.make('13', 4_004).toString();
let made = 0;
/** The id of a report that urssaf-sync wrote so long ago. */
const reportedAgo = (ms: number): string => {
  const instant = Math.round(performance.timeOrigin + performance.now() - ms)
    .toString(16)
    .padStart(12, '0');
  return `${instant.slice(0, 8)}-${instant.slice(8)}-7000-8000-${(made += 1).toString(16).padStart(12, '0')}`;
};
const posted = (reportedFact: string): Fact =>
  benefits.authors.write('collection.payment-posted.v1', account, {
    ...{ paymentId: reportedFact, reportedFact, amount: '10', valueOn: '2016-05-19', means: 'transfer' },
    ...{ allocations: [], credit: '10', accountingDay: '2016-05-20' },
  });
const known = async (count: number) =>
  eventually(async () => (await benefits.database.query('SELECT FROM benefits.payment_delay')).length === count, { withinMs: 10_000 });

describe('N4 — the time from payment to rights, measured for each payment', () => {
  it('three payments, reported two seconds, ten minutes and a moment ago, are told as they are, to anybody', async () => {
    const facts = [2_000, 600_000, 50].map((ms) => posted(reportedAgo(ms)));
    await benefits.authors.send(...facts);
    await known(3);
    // Delivered again, each still counts once.
    await benefits.authors.send(...facts, posted(reportedAgo(30_000)));
    await known(4);

    const { status, json } = await benefits.get('/api/benefits/v1/payment-to-rights', null);
    expect(status).toBe(200);
    const [, day] = json['distributions'] as DelayDistribution[];
    expect(day).toMatchObject({ hours: 24, payments: 4 });
    expect(day?.steps.find(({ atMostMs }) => atMostMs === 60_000)?.payments).toBe(3);
    expect(day?.steps.find(({ atMostMs }) => atMostMs === 3_600_000)?.payments).toBe(4);
    expect(day?.p50Ms).toBeGreaterThanOrEqual(2_000);
    expect(day?.longestMs).toBeGreaterThanOrEqual(600_000);
    expect(JSON.stringify(json)).not.toContain(account);
  });

  it('the same figures stand in the histogram for Prometheus', async () => {
    const { text } = await benefits.get('/metrics', null);
    expect(text).toContain('isu_payment_to_rights_seconds_count{service="benefits"} 4');
    expect(text).toContain('isu_payment_to_rights_seconds_bucket{le="60",service="benefits"} 3');
  });
});
