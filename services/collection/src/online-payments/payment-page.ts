import { createPrivateKey, sign, type KeyObject } from 'node:crypto';
import type { OnlinePayment } from './online-payment.js';
import { onlineRules } from './online-rules.js';

/** Where a person is sent to pay an order (docs/adr/0023). */
export interface PaymentPage {
  addressOf(order: OnlinePayment): string;
}

/**
 * The hosted page of a provider. The address bears all of the order and our signature over it: nothing is asked of the provider when an
 * order is made, the same order has the same address for ever, and the browser can change no amount. Nothing of it names a person.
 */
export class SignedPaymentPage implements PaymentPage {
  private readonly key: KeyObject;

  constructor(
    private readonly url: string,
    privateKey: string,
  ) {
    this.key = createPrivateKey(privateKey);
  }

  addressOf({ order, amount, openedOn, expiresAt }: OnlinePayment): string {
    const rules = onlineRules(openedOn);
    const methods = rules !== null && rules.cardBelow.minus(amount).isPositive ? 'account,card' : 'account';
    const said = new URLSearchParams({
      ...{ order, amount: amount.toString(), currency: 'EUR', issuedOn: openedOn.iso, expiresAt: expiresAt.toISOString(), methods },
    });
    const signature = sign(null, Buffer.from(said.toString()), this.key).toString('base64url');
    return `${this.url}?${said.toString()}&signature=${signature}`;
  }
}
