import { generateKeyPairSync } from 'node:crypto';
import { Day, Money } from '@isu/values';
import type { OnlinePayment } from './online-payment.js';
import { SignedPaymentPage } from './payment-page.js';

const key = generateKeyPairSync('ed25519').privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
const page = new SignedPaymentPage('https://payer.example/', key);

/** The means that the provider is told to take. */
const methodsFor = (amount: string): string | null => {
  const order = { order: '01890a5d-ac96-774b-bcce-b302099a8057', amount: Money.of(amount), openedOn: Day.of('2016-05-20') };
  const address = page.addressOf({ ...order, expiresAt: new Date('2016-05-20T08:30:00Z') } as OnlinePayment);
  return new URL(address).searchParams.get('methods');
};

describe('F34 — how an order may be paid (3.6)', () => {
  it.each([
    ['4999.99', 'account,card'],
    ['5000', 'account'],
    ['0.01', 'account,card'],
  ])('F34 a card is taken of what is below 5 000 €: of %s, %s', (amount, methods) => expect(methodsFor(amount)).toBe(methods));
});
