import type { MoneyRecord } from '@isu/contracts';
import { correlationIn } from '@isu/messaging';
import { eventually, personas } from '@isu/testing';
import { Collector, type ReceivedSpan } from './collector.spec-kit.js';
import { Spine, type OpenSpineBus } from './spine.spec-kit.js';

const partnersTrace = '4bf92f3577b34da6a3ce929d0e0e4736';
const partnersSpan = '00f067aa0ba902b7';
const traceparent = `00-${partnersTrace}-${partnersSpan}-00`;

/** The same story on whatever bus: one trace, and one correlation in the logs, from the partner's batch to rights. */
export function oneTraceSuite(bus: string, openBus: OpenSpineBus): void {
  describe(`a payment followed from the partner’s batch to rights, on the ${bus} bus`, () => {
    let collector: Collector;
    let spine: Spine;
    let account: string;
    beforeAll(async () => {
      collector = await Collector.open();
      spine = await Spine.start({ otlpUrl: collector.url, openBus });
      account = await spine.affiliate();
    }, 120_000);
    afterAll(async () => {
      await spine?.close();
      await collector?.close();
    }, 60_000);

    const payment = (): MoneyRecord => ({
      ...{ type: 'payment', reference: 'URS-1', account, amount: '784', valueOn: '2016-05-19', means: 'transfer' },
    });

    it('N4 R7 is one trace: the batch, its lines, the fact sent, applied, posted, sent again, and the rights changed', async () => {
      const answer = await spine.sendBatch([payment()], { traceparent });
      expect([answer.status, answer.headers.get('x-correlation-id')]).toEqual([201, correlationIn(partnersTrace)]);
      await spine.untilKept('benefits', 'collection', account, 2);
      await eventually(
        async () => {
          await spine.flush();
          return collector.of(partnersTrace).some(({ name }) => name === 'change rights');
        },
        { withinMs: 20_000 },
      );

      const road = roadTo(collector.of(partnersTrace), 'change rights');
      expect(road.map(({ service, name }) => `${service}: ${name}`)).toEqual([
        'isu-urssaf-sync: POST /api/urssaf-sync/v1/flows/:partner/:flow/batches',
        'isu-urssaf-sync: place lines',
        'isu-urssaf-sync: send payment-reported',
        'isu-collection: apply payment-reported',
        'isu-collection: send payment-posted',
        'isu-benefits: apply payment-posted',
        'isu-benefits: change rights',
      ]);
      expect(road[0]?.parentSpanId).toBe(partnersSpan);
      expect((await spine.rightsOf(account)).status).toBe(200);
    });

    it('every reader of the report stands in the same trace', () => {
      const readers = collector.of(partnersTrace).filter(({ name }) => name === 'apply payment-reported');
      expect(readers.map(({ service }) => service).sort()).toEqual(['isu-affiliation', 'isu-benefits', 'isu-collection']);
    });

    it('a request that brought no trace has one of its own, under the correlation that it is answered with', async () => {
      await spine.flush();
      const registering = collector.spans.find(({ name }) => name === 'POST /api/affiliation/v1/insured-persons');
      expect(registering?.parentSpanId ?? '').toBe('');
      const applied = collector.of(String(registering?.traceId)).filter(({ name }) => name === 'apply registered');
      expect(applied.map(({ service }) => service).sort()).toEqual(['isu-benefits', 'isu-collection', 'isu-urssaf-sync']);
    });

    it('I9 R14 one correlation finds the payment in the logs of every service, and nobody in person', () => {
      const lines = spine.linesOf(correlationIn(partnersTrace));
      expect(lines.every((line) => line['trace_id'] === partnersTrace)).toBe(true);
      const steps = lines.map(({ service, msg, type }) => [service, type ?? msg].join(' '));
      expect(steps).toEqual(
        expect.arrayContaining([
          'urssaf-sync request',
          'collection urssaf-sync.payment-reported.v1',
          'affiliation urssaf-sync.payment-reported.v1',
          'benefits urssaf-sync.payment-reported.v1',
          'benefits collection.payment-posted.v1',
          'urssaf-sync collection.payment-posted.v1',
        ]),
      );
      for (const said of [spine.logged, collector.text])
        for (const secret of [personas.karim.nir, personas.karim.iban, personas.karim.lastName, 'URS-1', 'Bearer '])
          expect(said).not.toContain(secret);
    });

    it('I9 no account, amount or reference stands in a span', () => {
      for (const secret of [account, '784', 'URS-1', 'rsi:2']) expect(collector.text).not.toContain(`"${secret}"`);
      expect(collector.text).not.toContain(account);
    });

    it('N4 the payment is in the histogram, and the figures of the exchange tell that all has arrived', async () => {
      const figures = await spine.figures();
      expect(figures).toContain('isu_payment_to_rights_seconds_count{service="benefits"} 1');
      expect(figures).toContain('isu_outbox_age_seconds{service="collection"} 0');
      expect(figures).toContain('isu_flow_gaps{service="urssaf-sync",flow="urssaf/payments"} 0');
    });

    it('a collector that fails hurts nobody: the next payment is posted, and its spans are lost aloud', async () => {
      collector.fails = true;
      const { asked } = collector;
      expect((await spine.rightsOf(account)).status).toBe(200);
      await spine.flush();
      await eventually(() => collector.asked > asked, { withinMs: 10_000 });
      expect((await spine.rightsOf(account)).status).toBe(200);
      await eventually(() => spine.logged.includes('the collector of spans cannot be reached'), { withinMs: 10_000 });
      collector.fails = false;
    });
  });
}

/** From the head of the trace down to the span with this name. */
function roadTo(spans: readonly ReceivedSpan[], name: string): ReceivedSpan[] {
  const road: ReceivedSpan[] = [];
  for (let span = spans.find((one) => one.name === name); span; span = spans.find(({ spanId }) => spanId === road[0]?.parentSpanId))
    road.unshift(span);
  return road;
}
