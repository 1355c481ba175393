import { createPublicKey, verify, type KeyObject } from 'node:crypto';

/** Flows that we take from partners, and how often a batch is due: on each business day, even an empty one. */
export const flowCalendars: Readonly<Record<string, 'business-days'>> = { payments: 'business-days' };

/** The partners we exchange with: each signs with a key of its own. */
export class Partners {
  private readonly keys: ReadonlyMap<string, KeyObject>;

  constructor(publicKeys: Readonly<Record<string, string>>) {
    this.keys = new Map(Object.entries(publicKeys).map(([partner, pem]) => [partner, createPublicKey(pem)]));
  }

  get names(): readonly string[] {
    return [...this.keys.keys()];
  }

  hasFlow(partner: string, flow: string): boolean {
    return this.keys.has(partner) && Object.hasOwn(flowCalendars, flow);
  }

  /** Whether these bytes were signed (Ed25519, RFC 8032) by this partner. `signature` is base64, as the header carries it. */
  signed(partner: string, bytes: Uint8Array, signature: string): boolean {
    const key = this.keys.get(partner);
    if (!key || !/^[A-Za-z0-9+/]{86}==$/.test(signature)) return false;
    return verify(null, bytes, key, Buffer.from(signature, 'base64'));
  }
}
