import type { OnlineOrder } from './statement.js';

/** A word of the provider, as it was signed. */
export interface SignedWord {
  readonly body: Uint8Array;
  readonly signature: string | undefined;
}

/** Who takes money online for us (docs/adr/0023). What it says by itself comes by the notifications route. */
export interface PaymentProvider {
  /** What it says of an order now; `unknown` when nobody ever came to pay it; null when it does not answer. */
  statementOf(order: Pick<OnlineOrder, 'order'>, signal: AbortSignal): Promise<SignedWord | 'unknown' | null>;
}

const longestMs = 5_000;
const longestBytes = 16 * 1024;

/** A provider over HTTP: `GET <address>/orders/<order>`. */
export class HttpPaymentProvider implements PaymentProvider {
  constructor(
    private readonly url: string,
    private readonly token: string,
  ) {}

  async statementOf({ order }: Pick<OnlineOrder, 'order'>, signal: AbortSignal): Promise<SignedWord | 'unknown' | null> {
    const response = await fetch(`${this.url}/orders/${order}`, {
      headers: { authorization: `Bearer ${this.token}`, accept: 'application/json' },
      redirect: 'error',
      signal: AbortSignal.any([signal, AbortSignal.timeout(longestMs)]),
    }).catch(() => null);
    if (response === null) return null;
    if (response.status === 404) return 'unknown';
    const body = new Uint8Array(await response.arrayBuffer().catch(() => new ArrayBuffer(0)));
    if (!response.ok || body.length === 0 || body.length > longestBytes) return null;
    return { body, signature: response.headers.get('isu-provider-signature') ?? undefined };
  }
}
