import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { correlationIn } from '@isu/messaging';
import { systemClock } from '../clocks/system-clock.js';
import { createLogger } from '../logs/logger.js';
import { RestPeers } from '../peers/rest-peers.js';
import { ServiceTokens } from '../security/tokens/service-tokens.js';
import { ProcessSettings } from '../settings/process-settings.js';
import { ConfigurationRefused, readSettings } from '../settings/settings.js';
import { correlationUnderWay } from '../requests/correlation.js';
import { inSpan } from './spans.js';
import { startTracing, type Tracing } from './tracing.js';

const correlation = '4bf92f35-77b3-4da6-a3ce-929d0e0e4736';
const service = 'collection';

/** A collector, an issuer and a peer in one: all that this process speaks to. */
let outside: Server;
let url: string;
let heard: { path: string; traceparent: string | undefined; body: string }[] = [];
let collectorAnswers = 200;
beforeAll(async () => {
  outside = createServer((request, response) => {
    void bodyOf(request).then((body) => {
      const path = request.url ?? '';
      heard.push({ path, traceparent: request.headers['traceparent'] as string | undefined, body });
      response.writeHead(path === '/v1/traces' ? collectorAnswers : 200, { 'content-type': 'application/json' });
      response.end(
        JSON.stringify({ issuer: url, jwks_uri: `${url}/jwks`, token_endpoint: `${url}/token`, access_token: 't', expires_in: 600 }),
      );
    });
  });
  await new Promise<void>((resolve) => outside.listen(0, '127.0.0.1', resolve));
  url = `http://127.0.0.1:${String((outside.address() as AddressInfo).port)}`;
});
afterAll(() => {
  outside.closeAllConnections();
  outside.close();
});

let tracing: Tracing | undefined;
const counted: [string, number][] = [];
const lines: string[] = [];
beforeEach(() => {
  heard = [];
  counted.length = 0;
  lines.length = 0;
  collectorAnswers = 200;
});
afterEach(() => tracing?.stop());

const log = createLogger({ destination: { write: (line: string) => void lines.push(line) } });
async function start(variables: Record<string, string>): Promise<Tracing> {
  tracing = await startTracing({
    settings: readSettings(ProcessSettings, variables),
    log,
    count: (outcome, spans) => void counted.push([outcome, spans]),
  });
  return tracing;
}
const spansSent = () => heard.filter(({ path }) => path === '/v1/traces').length;

describe('the spans of a process', () => {
  it('are not recorded unless a collector is named: nothing is loaded, and no work has a trace', async () => {
    expect((await start({})).isOn).toBe(false);
    expect(await inSpan({ service, name: 'place lines', correlation }, async (span) => span.isRecording())).toBe(false);
  });

  it('go to the collector under the name of their service, with those who look for them by correlation', async () => {
    const { flush } = await start({ ISU_OTLP_URL: `${url}/`, ISU_OTLP_HEADERS: 'authorization=Basic-x' });
    await inSpan({ service, name: 'place lines', attributes: { 'isu.lines': 3 }, correlation }, async () => undefined);
    await flush();
    const { body } = heard.find(({ path }) => path === '/v1/traces') ?? { body: '' };
    expect(body).toContain('"isu-collection"');
    expect(body).toContain('"place lines"');
    expect(body).toContain(correlation.replaceAll('-', ''));
    expect(counted).toEqual([['sent', 1]]);
  });

  it('are recorded for the share of traces that is asked for, whole or not at all', async () => {
    const { flush } = await start({ ISU_OTLP_URL: url, ISU_TRACE_RATIO: '0.5' });
    // The four words of an id are mixed by exclusive or: the first of these lies in the lower half, the second in the upper.
    const [low, high] = ['00000001-0000-4000-8000-000000000000', 'f0000001-0000-4000-8000-000000000000'];
    const recorded = (of: string) => inSpan({ service, name: 'a', correlation: of }, async (span) => span.isRecording());
    const times = [await recorded(low), await recorded(low), await recorded(high), await recorded(high)];
    expect(times).toEqual([times[0], times[0], !times[0], !times[0]]);
    await flush();
  });

  it('are lost when the collector refuses them: work goes on, it is counted, and said once', async () => {
    const { flush } = await start({ ISU_OTLP_URL: url });
    collectorAnswers = 400;
    for (const turn of [1, 2]) {
      expect(await inSpan({ service, name: 'place lines' }, async () => turn)).toBe(turn);
      await flush();
    }
    collectorAnswers = 200;
    await inSpan({ service, name: 'place lines' }, async () => undefined);
    await flush();
    expect(counted.map(([outcome]) => outcome)).toEqual(['lost', 'lost', 'sent']);
    expect(lines.filter((line) => line.includes('cannot be reached'))).toHaveLength(1);
    expect(lines.filter((line) => line.includes('spans is back'))).toHaveLength(1);
  });

  it('do not hold up a stop when nobody is there', async () => {
    const { stop } = await start({ ISU_OTLP_URL: 'http://127.0.0.1:9' });
    await inSpan({ service, name: 'place lines' }, async () => undefined);
    await expect(stop()).resolves.toBeUndefined();
  });

  it('I8 settings that mean nothing are refused with what would be accepted', () => {
    const wrong = { ISU_OTLP_URL: 'otel:4318', ISU_TRACE_RATIO: '5 %', ISU_OTLP_HEADERS: 'secret' };
    const read = () => readSettings(ProcessSettings, wrong);
    expect(read).toThrow(ConfigurationRefused);
    expect(read).toThrow(/ISU_OTLP_URL[\s\S]*ISU_OTLP_HEADERS[\s\S]*ISU_TRACE_RATIO/);
    expect(read).not.toThrow(/secret/);
  });
});

describe('a question to a peer', () => {
  const ask = async (given?: string): Promise<string | undefined> => {
    const tokens = new ServiceTokens({ issuer: url, name: service, credential: { secret: 'x'.repeat(24) } }, systemClock());
    const peers = new RestPeers({ self: service, url, timeoutMs: 2_000, tokens });
    await peers.get('affiliation', 'funds', given ? { correlation: given } : {});
    return heard.find(({ path }) => path === '/api/affiliation/v1/funds')?.traceparent;
  };

  it('carries the correlation of whoever asks, recorded or not', async () => {
    expect(await ask(correlation)).toMatch(/^00-4bf92f3577b34da6a3ce929d0e0e4736-[0-9a-f]{16}-00$/);
  });

  it('carries none for work that belongs to nobody', async () => {
    expect(await ask()).toBeUndefined();
  });

  it('goes on from the span under way, as a span of its own', async () => {
    const { flush } = await start({ ISU_OTLP_URL: url });
    const carried = await inSpan({ service, name: 'apply payment-reported', correlation }, () => ask(correlationUnderWay()));
    await flush();
    expect(correlationIn(carried?.slice(3, 35) ?? '')).toBe(correlation);
    expect(heard.at(-1)?.body).toContain('"ask affiliation"');
    expect(heard.at(-1)?.body).toContain(`"spanId":"${carried?.slice(36, 52) ?? ''}"`);
    expect(spansSent()).toBe(1);
  });
});

async function bodyOf(request: IncomingMessage): Promise<string> {
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(part as Buffer);
  return Buffer.concat(parts).toString();
}
