import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Day } from '@isu/values';
import { Parts } from '../questions/parts.js';
import { Services } from '../questions/services.js';
import { Border } from './border.js';
import { SentBatches } from './sent-batches.js';

interface Heard {
  readonly call: string;
  readonly key: string | undefined;
  readonly purpose: string;
  readonly body: unknown;
}

/** urssaf-sync as its README says that it answers, and what it was asked. */
class SaidByUrssafSync {
  readonly heard: Heard[] = [];
  private readonly server: Server;

  constructor(answers: Readonly<Record<string, { status?: number; json: unknown }>>) {
    this.server = createServer((request, response) => {
      void bodyOf(request).then((body) => {
        const call = `${request.method ?? ''} ${(request.url ?? '').replace('/api/urssaf-sync/v1/', '')}`;
        const { headers } = request;
        this.heard.push({
          call,
          key: headers['idempotency-key'] as string | undefined,
          purpose: decodeURIComponent(String(headers['isu-purpose'])),
          body,
        });
        const { status = 200, json } = answers[call] ?? { status: 404, json: { code: 'not-found' } };
        response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(json));
      });
    });
  }

  async open(): Promise<string> {
    await new Promise<void>((resolve) => this.server.listen(0, '127.0.0.1', resolve));
    return `http://127.0.0.1:${String((this.server.address() as AddressInfo).port)}`;
  }

  async close(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }
}

async function bodyOf(request: IncomingMessage): Promise<unknown> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const text = Buffer.concat(chunks).toString('utf8');
  return text === '' ? undefined : JSON.parse(text);
}

const voice = { token: () => Promise.resolve('t'), purpose: 'Traitement des anomalies de la cellule', correlation: 'c'.repeat(32) };
const id = '01a22bb0-91ff-73ae-97f1-48740af1c053';
const proposal = '01a22bb0-91ff-73ae-97f1-48740af1c054';
const key = '01a22bb0-91ff-73ae-97f1-48740af1c055';
const reason = 'Le bordereau de la banque le montre';
const reversal = { kind: 'reverse-payment', payment: id };
const standing = { partner: 'urssaf', flow: 'payments', lastNumber: 4, isLate: false, gaps: [], givenUp: [], resendRequests: [] };

describe('the border at the desk', () => {
  let urssafSync: SaidByUrssafSync | undefined;
  afterEach(() => urssafSync?.close());

  const answering = async (answers: ConstructorParameters<typeof SaidByUrssafSync>[0]) => {
    urssafSync = new SaidByUrssafSync(answers);
    const services = new Services({ peersUrl: await urssafSync.open(), patienceMs: 5_000 });
    const parts = new Parts(services, { warn: () => undefined } as never);
    return { context: { clock: { today: () => Day.of('2016-05-20') } as never }, services, parts };
  };
  const borderOn = async (answers: ConstructorParameters<typeof SaidByUrssafSync>[0]) => new Border(await answering(answers));
  const sentOn = async (answers: ConstructorParameters<typeof SaidByUrssafSync>[0]) => new SentBatches(await answering(answers));

  it('F53 shows the flows that are agreed, in both directions', async () => {
    const items = [standing, { ...standing, flow: 'affiliations', direction: 'out' }];
    const border = await borderOn({ 'GET flows': { json: { items } } });
    expect(await border.flows(voice)).toEqual({
      today: '2016-05-20',
      parts: { flows: { state: 'ok', from: 'urssaf-sync', data: { items } } },
    });
  });

  it('F3 flows that cannot be told of are a part missing, not none', async () => {
    const border = await borderOn({ 'GET flows': { status: 503, json: { code: 'unavailable' } } });
    expect((await border.flows(voice)).parts.flows).toMatchObject({ state: 'missing' });
  });

  it('F53 lists what we sent, the latest first, twenty at a time', async () => {
    const batches = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, rank) => ({ number: from + rank }));
    const sent = await sentOn({
      'GET flows/urssaf/recovery': { json: { lastNumber: 45 } },
      'GET flows/urssaf/recovery/batches?after=25&limit=20': { json: { items: batches(26, 45) } },
      'GET flows/urssaf/recovery/batches?after=0&limit=5': { json: { items: batches(1, 5) } },
    });
    const numbersOf = ({ parts: { batches: part } }: Awaited<ReturnType<typeof sent.list>>) =>
      part.state === 'ok' ? [part.data.items[0]?.number, part.data.items.at(-1)?.number, part.data.next] : part.state;
    const flow = { partner: 'urssaf', flow: 'recovery' };
    expect(numbersOf(await sent.list(flow, null, voice))).toEqual([45, 26, 26]);
    expect(numbersOf(await sent.list(flow, 6, voice))).toEqual([5, 1, null]);
  });

  it('F53 a batch that has its receipt by now is not sent again, and the agent is told why', async () => {
    const batch = { partner: 'urssaf', flow: 'recovery', number: 3 };
    const sent = await sentOn({
      'POST flows/urssaf/recovery/batches/3/sendings': { status: 409, json: { code: 'batch-acknowledged' } },
    });
    await expect(sent.sendAgain(batch, voice)).rejects.toMatchObject({ code: 'batch-acknowledged', status: 409 });
    await expect(sent.open({ ...batch, number: 9 }, 0, voice)).rejects.toMatchObject({ code: 'not-found' });
  });

  it('F51 asks for the worklist with the filters of the agent, and why it is read goes to the journal', async () => {
    const page = { items: [], next: null };
    const border = await borderOn({
      'GET anomalies?state=open&type=late&assignedTo=me': { json: page },
      'GET anomalies/counts': { json: { regions: [] } },
    });
    const asked = { state: 'open', type: 'late', mine: true } as const;
    expect(await border.worklist(asked, { me: 'cell:yann', voice })).toMatchObject({
      me: 'cell:yann',
      parts: { worklist: { state: 'ok', data: page }, counts: { state: 'ok' } },
    });
    expect(new Set(urssafSync?.heard.map(({ purpose }) => purpose))).toEqual(new Set([voice.purpose]));
  });

  it('N9 proposes what the rule says now, once for a form, whatever that form had shown', async () => {
    const border = await borderOn({
      [`GET anomalies/${id}`]: { json: { correction: reversal } },
      [`POST anomalies/${id}/proposals`]: { status: 201, json: {} },
    });
    await border.propose(id, { correction: 'as-the-rule-says', reason, key }, voice);
    expect(urssafSync?.heard.at(-1)).toMatchObject({ call: `POST anomalies/${id}/proposals`, key, body: { correction: reversal, reason } });
  });

  it('N9 proposes nothing where no rule says what would settle it', async () => {
    const border = await borderOn({ [`GET anomalies/${id}`]: { json: { correction: null } } });
    await expect(border.propose(id, { correction: 'as-the-rule-says', reason, key }, voice)).rejects.toMatchObject({
      code: 'nothing-proposed',
    });
  });

  it('N9 takes, approves and refuses in the words that urssaf-sync takes', async () => {
    const border = await borderOn({
      [`PUT anomalies/${id}/assignment`]: { json: {} },
      [`POST anomalies/${id}/proposals/${proposal}/approval`]: { json: {} },
      [`POST anomalies/${id}/proposals/${proposal}/refusal`]: { json: {} },
    });
    await border.assign(id, { to: 'nobody' }, voice);
    await border.approve(id, proposal, voice);
    await border.refuse(id, { proposal, reason }, voice);
    expect(urssafSync?.heard.map(({ body }) => body)).toEqual([{ to: 'nobody' }, {}, { reason }]);
  });

  it.each([
    ['own-proposal', 403],
    ['proposal-pending', 409],
    ['proposal-decided', 409],
    ['anomaly-closed', 409],
    ['correction-without-payment', 409],
  ])('N9 %s is told to the agent, for it is theirs to act on', async (code, status) => {
    const border = await borderOn({ [`POST anomalies/${id}/proposals/${proposal}/approval`]: { status, json: { code } } });
    await expect(border.approve(id, proposal, voice)).rejects.toMatchObject({ code, status });
  });

  it('I9 another region’s anomaly is as absent as one that does not exist; what is forbidden is said to be', async () => {
    const border = await borderOn({ [`PUT anomalies/${id}/assignment`]: { status: 403, json: { code: 'forbidden' } } });
    await expect(border.anomaly(id, { me: 'cell:yann', voice })).rejects.toMatchObject({ code: 'not-found' });
    await expect(border.assign(id, { to: 'me' }, voice)).rejects.toMatchObject({ code: 'not-for-you' });
  });
});
