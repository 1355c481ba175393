import { createPublicKey, generateKeyPairSync, sign, verify, type KeyObject } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import type { Logger } from '@isu/chassis';
import type { BusinessClock } from '@isu/values';
import { v7 } from 'uuid';
import { notificationsOf, statementOf, type Misbehaviour, type Notification } from './misbehaviours.js';
import type { OrderBook, ProviderOrder } from './orders.js';

interface Parts {
  readonly book: OrderBook;
  readonly key: KeyObject;
  /** Of the merchant, who signs orders: PEM. */
  readonly merchantKey: string;
  /** Where notifications go. */
  readonly notifyUrl: string;
  readonly clock: BusinessClock;
  readonly log: Logger;
}

/** What somebody who stands before the page may do. */
export const choices = ['account', 'card', 'refused', 'cancelled'] as const;
export type Choice = (typeof choices)[number];

const tries = 5;

/** A payment provider with a hosted page, for development: takes no money, and says on command what is not true. */
export class SimulatedProvider {
  private readonly merchant: KeyObject;
  private readonly stranger = generateKeyPairSync('ed25519').privateKey;
  private readonly stopping = new AbortController();

  constructor(private readonly parts: Parts) {
    this.merchant = createPublicKey(parts.merchantKey);
  }

  get orders(): readonly ProviderOrder[] {
    return this.parts.book.all;
  }

  find(order: string): ProviderOrder | undefined {
    return this.parts.book.find(order);
  }

  /** The order that an address of the merchant bears; null when its signature does not hold. Seen again, it is the same. */
  orderIn(query: string): ProviderOrder | null {
    const [said = '', rest = ''] = query.split('&signature=');
    const signature = Buffer.from(rest.split('&')[0] ?? '', 'base64url');
    if (!verify(null, Buffer.from(said), this.merchant, signature)) return null;
    const {
      order = '',
      amount = '',
      currency = '',
      issuedOn = '',
      expiresAt = '',
      methods = '',
    } = Object.fromEntries(new URLSearchParams(said)) as Record<string, string>;
    const known = this.find(order);
    const asked = methods.split(',') as ProviderOrder['methods'];
    return (
      known ?? this.parts.book.keep({ order, amount, currency, issuedOn, expiresAt, methods: asked, status: 'pending', statement: v7() })
    );
  }

  isPayable({ status, expiresAt }: ProviderOrder): boolean {
    return status === 'pending' && this.parts.clock.now().getTime() <= Date.parse(expiresAt);
  }

  /** Once an order: pressed twice, or from two tabs, it is one payment. */
  choose({ order }: ProviderOrder, choice: Choice, misbehaviour: Misbehaviour | null): void {
    const known = this.find(order);
    if (known === undefined || !this.isPayable(known)) return;
    const rank = String(this.orders.length).padStart(6, '0');
    const paid = {
      ...{ status: 'paid' as const, method: choice === 'card' ? ('card' as const) : ('account' as const), paidOn: known.issuedOn },
      ...{ reference: `TP${order.slice(0, 8)}-${rank}`, bankReference: `TPB-${order.replace(/-/g, '').slice(0, 24)}` },
    };
    const settled =
      choice === 'refused'
        ? { status: 'refused' as const, reason: 'no-funds' }
        : choice === 'cancelled'
          ? { status: 'cancelled' as const, reason: 'given-up' }
          : paid;
    const kept = this.parts.book.keep({ ...known, ...settled, statement: v7() });
    for (const notification of notificationsOf(kept, misbehaviour)) void this.notify(notification);
  }

  /** Signed now, for whoever asks. */
  answer(order: ProviderOrder): { readonly body: string; readonly signature: string } {
    const body = JSON.stringify(statementOf(order));
    return { body, signature: this.signature(body) };
  }

  stop(): void {
    this.stopping.abort();
  }

  private async notify({ said, afterMs, signedBy, signedAgoMs }: Notification): Promise<void> {
    const body = JSON.stringify(said);
    const { signal } = this.stopping;
    try {
      await pause(afterMs, undefined, { signal });
      for (let attempt = 1; attempt <= tries; attempt += 1) {
        const signature = this.signature(body, signedAgoMs, signedBy === 'us' ? this.parts.key : this.stranger);
        const headers = { 'content-type': 'application/json', 'isu-provider-signature': signature };
        const answer = await fetch(this.parts.notifyUrl, { method: 'POST', headers, body, signal }).catch(() => null);
        if (answer !== null && answer.status < 500) return;
        await pause(1_000 * attempt, undefined, { signal });
      }
    } catch (error) {
      if (!signal.aborted) this.parts.log.warn({ error }, 'the simulated payment provider could not notify');
    }
  }

  private signature(body: string, agoMs = 0, key: KeyObject = this.parts.key): string {
    const seconds = String(Math.floor((this.parts.clock.now().getTime() - agoMs) / 1_000));
    return `t=${seconds},ed25519=${sign(null, Buffer.from(`${seconds}.${body}`), key).toString('base64')}`;
  }
}
