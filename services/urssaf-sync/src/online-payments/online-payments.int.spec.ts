import { generateKeyPairSync, randomUUID } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { eventually } from '@isu/testing';
import { accountOf, Stage } from '../urssaf-sync.spec-kit.js';
import { bankNotice } from '../bank-notice.spec-kit.js';
import { signatureOf } from './provider-signature.js';

const [provider, stranger] = [generateKeyPairSync('ed25519'), generateKeyPairSync('ed25519')];
const karim = accountOf(1);
let stage: Stage;
let server: Server;
/** What the provider answers when it is asked about an order. */
const answers = new Map<string, object>();
const asked: string[] = [];

beforeAll(async () => {
  server = createServer((request, response) => {
    const order = request.url?.split('/').at(-1) ?? '';
    asked.push(`${order} ${request.headers.authorization ?? ''}`);
    const body = Buffer.from(JSON.stringify(answers.get(order) ?? {}));
    const signature = signatureOf(body, { key: provider.privateKey, at: new Date() });
    response.writeHead(answers.has(order) ? 200 : 404, { 'isu-provider-signature': signature }).end(body);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  stage = await Stage.open('isu_sync_online', {
    variables: {
      ISU_PAYMENT_PROVIDER_URL: `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`,
      ISU_PAYMENT_PROVIDER_KEY: provider.publicKey.export({ type: 'spki', format: 'pem' }).toString(),
      ISU_PAYMENT_PROVIDER_TOKEN: 'un-jeton-de-demonstration',
    },
  });
  await stage.register(karim);
});
afterAll(async () => {
  await stage?.close();
  server?.close();
});

const uuid = (): string => randomUUID().replace(/^(.{14})./, '$17');

/** Collection has made an order of 359 € on 20 May. */
async function ordered(order: string = uuid()): Promise<string> {
  const data = { order, instalments: ['2016-Q2'], amount: '359', expiresAt: new Date(Date.now() + 1_800_000).toISOString() };
  await stage.hear({ stream: karim, type: 'collection.online-payment-opened.v1', effectiveOn: '2016-05-20', data });
  return order;
}

const said = (order: string, changes: object = {}) => ({
  ...{ statement: uuid(), order, status: 'paid', amount: '359', currency: 'EUR', reference: `TP-${order}` },
  ...{ bankReference: `E2E-${order.slice(-20)}`, method: 'account', paidOn: '2016-05-20', ...changes },
});

interface Sent {
  readonly key?: typeof provider.privateKey;
  readonly at?: Date;
  readonly bytes?: Buffer;
}
async function notify(statement: object, { key = provider.privateKey, at = new Date(), bytes }: Sent = {}) {
  const body = Buffer.from(JSON.stringify(statement));
  const answer = await fetch(`${stage.base}/api/urssaf-sync/v1/online-payments/notifications`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'isu-provider-signature': signatureOf(body, { key, at }) },
    body: bytes ?? body,
  });
  return [answer.status, ((await answer.json()) as { outcome?: string; code?: string }).outcome ?? 'refused'] as const;
}
/** What we told of an order: money, and what came of it. */
const told = async (order: string): Promise<string[]> =>
  (await stage.facts(karim)).flatMap(({ type, data }) => {
    const { order: of, amount, outcome } = data as { order?: string; amount?: string; outcome?: string };
    return of === order ? [`${type.replace('urssaf-sync.', '').replace('.v1', '')} ${amount ?? outcome ?? ''}`] : [];
  });
const paidOnce = ['payment-reported 359', 'online-payment-settled paid'];

describe('F34 — the provider’s notifications', () => {
  it('F34 a payment is told once, with its order, however often it is notified; the answer is the same', async () => {
    const order = await ordered();
    const word = said(order);
    expect([await notify(word), await notify(word)]).toEqual([[200, 'taken'], [200, 'taken']]); // prettier-ignore
    // Doubled: the same payment under another number of statement; then twenty at once.
    expect(await notify({ ...word, statement: uuid() })).toEqual([200, 'known']);
    await Promise.all(Array.from({ length: 20 }, () => notify({ ...word, statement: uuid() })));
    expect(await told(order)).toEqual(paidOnce);
  });

  it('I8 forged, altered, unsigned or late: refused, and nothing is kept', async () => {
    const order = await ordered();
    const before = [await stage.everything(), await stage.rows('SELECT * FROM provider_statement ORDER BY 1')];
    expect(await notify(said(order), { key: stranger.privateKey })).toEqual([400, 'refused']);
    const word = said(order);
    expect(await notify(word, { bytes: Buffer.from(JSON.stringify({ ...word, amount: '1' })) })).toEqual([400, 'refused']);
    expect(await notify(word, { at: new Date(Date.now() - 600_000) })).toEqual([400, 'refused']);
    expect(await notify({ ...word, amount: '-359' })).toEqual([400, 'refused']);
    expect(await notify({ padding: 'a'.repeat(20_000) })).toEqual([413, 'refused']);
    expect([await stage.everything(), await stage.rows('SELECT * FROM provider_statement ORDER BY 1')]).toEqual(before);
  });

  it('R12 other content under a known number is refused; the first stands', async () => {
    const order = await ordered();
    const word = said(order, { status: 'refused', reason: 'no-funds' });
    await notify(word);
    expect(await notify({ ...word, status: 'paid' })).toEqual([409, 'refused']);
    expect(await told(order)).toEqual(['online-payment-settled refused']);
  });

  it('F34 out of order: paid stands when its refusal comes later, and comes after a cancellation', async () => {
    const [one, two] = [await ordered(), await ordered()];
    await notify(said(one));
    expect(await notify(said(one, { status: 'cancelled' }))).toEqual([200, 'known']);
    await notify(said(two, { status: 'cancelled' }));
    expect(await notify(said(two))).toEqual([200, 'taken']);
    expect([await told(one), await told(two)]).toEqual([paidOnce, ['online-payment-settled cancelled', ...paidOnce]]);
  });

  it.each([
    ['another amount', { amount: '35900' }, 'wrong-amount'],
    ['another currency', { currency: 'USD' }, 'conflict'],
    ['a day of the future', { paidOn: '2016-05-21' }, 'conflict'],
  ])('R12 %s moves no money: in dispute, an anomaly on the account, the same lie told twice is one', async (_, changes, type) => {
    const order = await ordered();
    const anomalies = async () => (await stage.facts(karim)).filter((fact) => fact.type === 'urssaf-sync.anomaly-opened.v1');
    const before = (await anomalies()).length;
    expect([await notify(said(order, changes)), await notify(said(order, changes))]).toEqual([
      [200, 'disputed'],
      [200, 'disputed'],
    ]);
    const opened = (await anomalies()).slice(before);
    expect([await told(order), opened.map(({ data }) => (data as { type: string }).type)]).toEqual([
      ['online-payment-settled disputed'],
      [type],
    ]);
    // It said the truth in the end.
    expect(await notify(said(order))).toEqual([200, 'taken']);
  });

  it('F34 a second payment of one order is believed only when the bank tells of it', async () => {
    const order = await ordered();
    await notify(said(order));
    expect(await notify(said(order, { reference: 'TP-encore', bankReference: 'E2E-encore' }))).toEqual([200, 'disputed']);
    expect(await told(order)).toEqual(paidOnce);
  });

  it('I3 what comes before the order is heard of is kept, and taken when it is', async () => {
    const order = uuid();
    const word = said(order);
    expect(await notify(word)).toEqual([200, 'awaiting']);
    await ordered(order);
    await eventually(async () => (await told(order)).length === 2, { withinMs: 10_000 });
    expect([await told(order), await notify(word)]).toEqual([paidOnce, [200, 'taken']]);
  });

  it('F34 without a word, the provider is asked: a closed tab and a lost notification lose nothing', async () => {
    const order = uuid();
    answers.set(order, said(order));
    await ordered(order);
    await stage.rows('UPDATE online_order SET ask_at = now() WHERE order_id = $1', [order]);
    await eventually(async () => (await told(order)).length === 2, { withinMs: 10_000 });
    expect([await told(order), asked.filter((one) => one.startsWith(order))]).toEqual([
      paidOnce,
      [`${order} Bearer un-jeton-de-demonstration`],
    ]);
  });

  it('F34 nobody ever came to pay: once it has expired, the due date is free again', async () => {
    const order = await ordered();
    await stage.rows(`UPDATE online_order SET ask_at = now(), expires_at = now() - interval '2 minutes' WHERE order_id = $1`, [order]);
    await eventually(async () => (await told(order)).length === 1, { withinMs: 10_000 });
    expect(await told(order)).toEqual(['online-payment-settled expired']);
  });
});

describe('Same money by two doors — the provider and the bank', () => {
  it('F34 is one payment when the bank tells of it the evening after, and when the bank was first', async () => {
    const [one, two] = [await ordered(), await ordered()];
    await notify(said(one));
    const references = [one, two].map((order) => `E2E-${order.slice(-20)}`);
    const receipts = [
      await stage.sendBankFile(bankNotice(references[0] ?? '', '359')),
      await stage.sendBankFile(bankNotice(references[1] ?? '', '359')),
    ];
    expect(receipts.map(({ json }) => (json['lines'] as unknown as { outcome: string }[])[0]?.outcome)).toEqual([
      'duplicate',
      'to-be-matched',
    ]);
    await notify(said(two));
    expect([await told(one), await told(two)]).toEqual([paidOnce, paidOnce]);
    expect(await stage.rows(`SELECT 1 FROM payment WHERE state = 'to-be-matched'`)).toEqual([]);
  });
});
