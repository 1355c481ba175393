import { generateKeyPairSync, randomUUID, verify } from 'node:crypto';
import { eventually } from '@isu/testing';
import { AccountNumber } from '@isu/values';
import { CollectionOverHttp, people } from '../over-http.spec-kit.js';
import { receiptDocument } from '../receipts/receipt-document.js';
import { receiptOf } from '../receipts/receipt.js';

const stranger = AccountNumber.make('13', 9_999).toString();
const keys = generateKeyPairSync('ed25519');
let collection: CollectionOverHttp;
beforeAll(async () => {
  collection = await CollectionOverHttp.start('2016-05-20', {
    ISU_PAYMENT_PAGE_URL: 'http://127.0.0.1:9/payer',
    ISU_PAYMENT_ORDER_KEY: keys.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
  });
});
afterAll(() => collection?.stop());

const me = (account: string) => ({ sub: `insured:${account}`, org: 'isu', role: 'insured', account });

/** Somebody known since 2010, at 26 000 € of 2015: 12 087 € in 2016, called by quarters from the first date that is left. */
async function quarterly(): Promise<string> {
  const account = await collection.on('2016-01-02').register();
  await collection.ask('PUT', `accounts/${account}/periodicity`, { body: { periodicity: 'quarterly' } });
  await collection.declare(account, 2014, '26000');
  await collection.ask('POST', 'runs/provisional', { as: people.operator, body: { year: 2016 } });
  collection.on('2016-05-20');
  return account;
}

interface Shown {
  readonly instalment: string;
  readonly amount: string;
  readonly isOverdue: boolean;
  readonly obstacle: string | null;
}
const dates = async (account: string): Promise<Shown[]> =>
  (await collection.ask('GET', `accounts/${account}/online-payments`, { as: me(account) })).json.dates as Shown[];
const pay = (account: string, instalments: readonly string[], key: string = randomUUID()) =>
  collection.ask('POST', `accounts/${account}/online-payments`, { as: me(account), body: { instalments }, key });
const orderOf = async (account: string, order: string) =>
  (await collection.ask('GET', `accounts/${account}/online-payments/${order}`, { as: me(account) })).json as Record<string, unknown>;
const becomes = (account: string, order: string, state: string) =>
  eventually(async () => (await orderOf(account, order))['state'] === state, { withinMs: 10_000 });

/** As urssaf-sync says that the provider took the money of an order. */
async function paid(account: string, order: string, amount: string): Promise<string> {
  const place = { flow: 'payment-provider/online', batch: 'st-1', line: 1, partnerReference: `TP-${order}` };
  await collection.tell(account, 'urssaf-sync.payment-reported.v1', { ...place, amount, valueOn: '2016-05-20', means: 'online', order });
  const reported = (await held(account, 'urssaf-sync.payment-reported.v1')).at(-1)?.fact.id ?? '';
  await collection.tell(account, 'urssaf-sync.online-payment-settled.v1', { order, outcome: 'paid', reportedFact: reported });
  await becomes(account, order, 'paid');
  return reported;
}
const held = async (account: string, type: string) => {
  await eventually(async () => (await collection.held(account)).some(({ fact }) => fact.type === type), { withinMs: 10_000 });
  return (await collection.held(account)).filter(({ fact }) => fact.type === type);
};

describe('F34 — what may be paid online (3.6: by quarters, once a due date; an overdue debt)', () => {
  it('F34 offers the quarterly dates and what is overdue; of a monthly payer, only what is overdue', async () => {
    const account = await quarterly();
    const offered = await dates(account);
    expect(offered.map(({ instalment, isOverdue, obstacle }) => [instalment, isOverdue, obstacle])).toEqual([
      ['2016-Q1', true, null],
      ['2016-Q2', true, null],
      ['2016-Q3', false, null],
      ['2016-Q4', false, null],
    ]);
    const monthly = await collection.on('2016-01-04').register({ startedOn: '2016-01-01' });
    collection.on('2016-05-20');
    const ofMonthly = await dates(monthly);
    expect(ofMonthly.filter(({ obstacle }) => obstacle === null).map(({ instalment }) => instalment)).toEqual(['2016-04', '2016-05']);
    expect(ofMonthly.find(({ instalment }) => instalment === '2016-06')?.obstacle).toBe('debited');
    const refused = await pay(monthly, ['2016-06']);
    expect([refused.status, refused.json.code]).toEqual([409, 'online-payment-debited']);
  });

  it('F34 was not there before May 2016', async () => {
    const account = await quarterly();
    collection.on('2016-04-30');
    expect((await pay(account, ['2016-Q1'])).json.code).toBe('online-payment-not-open-yet');
    collection.on('2016-05-20');
  });

  it('I8 takes no amount from the browser, and refuses what is no due date, twice the same, or somebody else’s; an agent pays for nobody', async () => {
    const account = await quarterly();
    const before = await collection.factsHeld();
    const path = `accounts/${account}/online-payments`;
    const statusOf = async (body: unknown, as: Readonly<Record<string, unknown>> = me(account)) =>
      (await collection.ask('POST', path, { body, as, key: randomUUID() })).status;
    expect(await statusOf({ instalments: ['2016-Q1'], amount: '1' })).toBe(400);
    expect(await statusOf({ instalments: [] })).toBe(400);
    expect(await statusOf({ instalments: ['2016-Q1', '2016-Q1'] })).toBe(400);
    expect(await statusOf({ instalments: ['2016-Q9'] })).toBe(400);
    expect(await statusOf({ instalments: ['2015-Q1'] })).toBe(422);
    expect(await statusOf({ instalments: ['2016-Q1'] }, people.agent)).toBe(403);
    expect(await statusOf({ instalments: ['2016-Q1'] }, me(stranger))).toBe(404);
    expect((await collection.ask('POST', path, { body: { instalments: ['2016-Q1'] }, as: me(account) })).status).toBe(400);
    expect(await collection.factsHeld()).toEqual(before);
  });
});

describe('F34 — one order, however it is asked for', () => {
  it('F34 twice by double click is one order, and so is a second tab; another choice of the same date is refused meanwhile', async () => {
    const account = await quarterly();
    const [{ amount } = { amount: '' }] = await dates(account);
    const key = randomUUID();
    const [first, again, tab] = [
      await pay(account, ['2016-Q1'], key),
      await pay(account, ['2016-Q1'], key),
      await pay(account, ['2016-Q1']),
    ];
    expect([first.status, again.json.order, tab.json.order]).toEqual([201, first.json.order, first.json.order]);
    expect(first.json.amount).toBe(amount);
    const other = await pay(account, ['2016-Q1', '2016-Q2']);
    expect([other.status, other.json.code]).toEqual([409, 'online-payment-under-way']);
    expect((await held(account, 'collection.online-payment-opened.v1')).length).toBe(1);
  });

  it('F34 sends to an address that we signed, which names nobody; a card is taken below 5 000 € only', async () => {
    const account = await collection.on('2016-01-04').register({ startedOn: '2016-01-01' });
    const { json } = await collection.on('2016-05-20').ask('POST', `accounts/${account}/online-payments`, {
      ...{ as: me(account), body: { instalments: ['2016-04'] }, key: randomUUID() },
    });
    const [address = '', signature = ''] = (json.address as string).split('&signature=');
    const signedPart = address.slice(address.indexOf('?') + 1);
    expect(verify(null, Buffer.from(signedPart), keys.publicKey, Buffer.from(signature, 'base64url'))).toBe(true);
    expect(Object.fromEntries(new URLSearchParams(signedPart))).toMatchObject({
      ...{ order: json.order, amount: '359', currency: 'EUR', issuedOn: '2016-05-20', methods: 'account,card' },
    });
    expect(address).not.toContain(account);
    const large = await pay(await quarterly(), ['2016-Q1']);
    expect([large.json.amount, new URL(large.json.address as string).searchParams.get('methods')]).toEqual(['6448', 'account']);
  });

  it('F34 a refused payment frees the due date; what was said to be cancelled and is paid after all stands paid', async () => {
    const account = await quarterly();
    const { json } = await pay(account, ['2016-Q1']);
    const order = json.order as string;
    await collection.tell(account, 'urssaf-sync.online-payment-settled.v1', { order, outcome: 'refused', reason: 'no-funds' });
    await becomes(account, order, 'refused');
    expect((await dates(account)).find(({ instalment }) => instalment === '2016-Q1')?.obstacle).toBeNull();
    await paid(account, order, json.amount as string);
    await collection.tell(account, 'urssaf-sync.online-payment-settled.v1', { order, outcome: 'cancelled' });
    await collection.pay(account, '1');
    expect(await orderOf(account, order)).toMatchObject({ state: 'paid', address: null });
  });
});

describe('F31 F34 — the money pays what was chosen, and has its receipt', () => {
  it('F31 S13 of three dates the third is chosen and paid whole although the first two are overdue; one payment, one receipt, the same bytes', async () => {
    const account = await quarterly();
    const [, , third] = await dates(account);
    const { json } = await pay(account, ['2016-Q3']);
    const paymentId = await paid(account, json.order as string, third?.amount ?? '');
    const { json: listed } = await collection.ask('GET', `accounts/${account}/payments`, { as: me(account) });
    expect((listed.payments as unknown[]).length).toBe(1);

    const path = `accounts/${account}/payments/${paymentId}/receipt`;
    const { json: receipt } = await collection.ask('GET', path, { as: me(account) });
    expect(receipt).toMatchObject({
      paymentId,
      receivedOn: '2016-05-20',
      amount: third?.amount,
      means: 'online',
      credit: '0',
      reversed: null,
    });
    const parts = receipt.parts as { instalment: string; dueOn: string; reference: string; amount: string }[];
    expect(new Set(parts.map(({ instalment, dueOn }) => `${instalment} ${dueOn}`))).toEqual(new Set(['2016-Q3 2016-08-05']));
    expect(parts.every(({ reference }) => /^RF\d{2}/.test(reference))).toBe(true);

    const [one, two] = [
      await collection.ask('GET', `${path}/pdf`, { as: me(account) }),
      await collection.ask('GET', `${path}/pdf`, { as: me(account) }),
    ];
    expect([one.status, one.type, one.bytes.subarray(0, 5).toString(), one.bytes.equals(two.bytes)]).toEqual([
      ...[200, 'application/pdf', '%PDF-', true],
    ]);
    const other = await collection.ask('GET', path, { as: me(stranger) });
    expect([other.status, (await collection.ask('GET', `accounts/${account}/payments/${randomUUID()}/receipt`)).status]).toEqual([
      404, 404,
    ]);

    const read = receiptOf(await collection.held(account), paymentId);
    if (!read) throw new Error('The receipt is there.');
    const text = JSON.stringify(receiptDocument(read, { name: 'Karim Ouali', fund: 'Caisse Île-de-France Est' }));
    for (const words of [read.number, 'Karim Ouali', '20 mai 2016', 'paiement en ligne', 'TP-', 'RF', 'D. 133-4'])
      expect(text).toContain(words);
  });

  it('3.6 what is chosen is previewed as it will be placed: contributions first, and the surcharges notified for them last', async () => {
    const account = await quarterly();
    const [first, second] = await dates(account);
    const { json } = await collection.ask('POST', `accounts/${account}/online-payments/preview`, {
      as: me(account),
      body: { instalments: ['2016-Q2'] },
    });
    expect(json).toEqual({
      instalments: ['2016-Q2'],
      amount: second?.amount,
      parts: [{ instalment: '2016-Q2', amount: second?.amount, because: 'chosen' }],
    });
    expect(first?.isOverdue).toBe(true);
    expect((await dates(account)).every(({ obstacle }) => obstacle === null)).toBe(true);
  });
});
