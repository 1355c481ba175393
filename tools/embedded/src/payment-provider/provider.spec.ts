import { generateKeyPairSync, sign } from 'node:crypto';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { FakeClock, silentLogger } from '@isu/testing';
import { misbehaviours, notificationsOf, type Misbehaviour } from './misbehaviours.js';
import { OrderBook } from './orders.js';
import { SimulatedProvider } from './provider.js';

const [merchant, own] = [generateKeyPairSync('ed25519'), generateKeyPairSync('ed25519')];
const clock = new FakeClock('2016-05-20');
const file = join(mkdtempSync(join(tmpdir(), 'isu-provider-')), 'orders.json');
const open = (): SimulatedProvider =>
  new SimulatedProvider({
    ...{ book: new OrderBook(file), key: own.privateKey, clock, log: silentLogger, notifyUrl: 'http://127.0.0.1:9/' },
    merchantKey: merchant.publicKey.export({ type: 'spki', format: 'pem' }).toString(),
  });

const order = '01890a5d-ac96-774b-bcce-000000000001';
const expiresAt = new Date(clock.now().getTime() + 1_800_000).toISOString();
function addressOf(changes: Readonly<Record<string, string>> = {}): string {
  const said = new URLSearchParams({
    ...{ order, amount: '359', currency: 'EUR', issuedOn: '2016-05-20', expiresAt, methods: 'account' },
    ...changes,
  });
  return `${said.toString()}&signature=${sign(null, Buffer.from(said.toString()), merchant.privateKey).toString('base64url')}&retour=x`;
}

describe('F34 — the simulated payment provider', () => {
  it('shows no order whose amount the browser has changed', () => {
    expect(open().orderIn(addressOf())).toMatchObject({ amount: '359', status: 'pending' });
    expect(open().orderIn(addressOf().replace('amount=359', 'amount=1'))).toBeNull();
  });

  it('takes money for an order once, whatever is pressed afterwards; its books outlive it', () => {
    const provider = open();
    const shown = provider.orderIn(addressOf());
    if (!shown) throw new Error('The order is signed.');
    provider.choose(shown, 'account', 'lost');
    provider.choose(shown, 'cancelled', 'lost');
    const paid = provider.find(order);
    expect(paid).toMatchObject({ status: 'paid', method: 'account', paidOn: '2016-05-20' });
    expect(open().find(order)).toEqual(paid);
  });

  it('takes nothing for an order that has expired', () => {
    const provider = open();
    const late = '01890a5d-ac96-774b-bcce-000000000002';
    const shown = provider.orderIn(addressOf({ order: late, expiresAt: new Date(clock.now().getTime() - 1_000).toISOString() }));
    if (!shown) throw new Error('The order is signed.');
    provider.choose(shown, 'account', 'lost');
    expect(provider.find(late)?.status).toBe('pending');
  });

  it.each<[Misbehaviour | null, number, object]>([
    [null, 1, { amount: '359', status: 'paid' }],
    ['lost', 0, {}],
    ['doubled', 2, { amount: '359', status: 'paid' }],
    ['reordered', 2, { status: 'cancelled' }],
    ['other-amount', 1, { amount: '360' }],
    ['other-currency', 1, { currency: 'USD' }],
    ['twice', 2, { amount: '359' }],
  ])('misbehaving as %s, it sends %d notifications', (misbehaviour, count, last) => {
    const paid = open().find(order);
    if (!paid) throw new Error('The order is paid.');
    const sent = notificationsOf(paid, misbehaviour);
    expect([sent.length, sent.at(-1)?.said ?? {}]).toMatchObject([count, last]);
    expect(new Set(sent.map(({ said }) => said['statement'])).size).toBe(count);
  });

  it('says in French what goes wrong', () => expect(Object.values(misbehaviours).every((words) => /^(?:la|une?) /.test(words))).toBe(true));
});
