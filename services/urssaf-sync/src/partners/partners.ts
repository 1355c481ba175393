import { createPublicKey, verify, type KeyObject } from 'node:crypto';
import { agreementWith, incomingFlows, type FlowAgreement } from '../flows/flow-catalogue.js';
import type { FlowKey } from '../flows/flow.table.js';
import { outgoingAgreementWith, outgoingFlows, type OutgoingAgreement } from '../outgoing/outgoing-catalogue.js';

/** The partners we exchange with: each signs with a key of its own. */
export class Partners {
  private readonly keys: ReadonlyMap<string, KeyObject>;

  constructor(publicKeys: Readonly<Record<string, string>>) {
    this.keys = new Map(Object.entries(publicKeys).map(([partner, pem]) => [partner, createPublicKey(pem)]));
  }

  /** Who signs what it sends. */
  get names(): readonly string[] {
    return [...this.keys.keys()];
  }

  /** Every flow that somebody sends us. */
  get flows(): FlowKey[] {
    const sends = (partner: string) => Object.keys(incomingFlows).filter((flow) => this.agreement(partner, flow) !== undefined);
    return this.names.flatMap((partner) => sends(partner).map((flow) => ({ partner, flow })));
  }

  /** Every flow that we send. */
  get outgoingFlows(): FlowKey[] {
    return this.names.flatMap((partner) => outgoingFlows.filter((one) => one.partner === partner).map(({ flow }) => ({ partner, flow })));
  }

  /** What was agreed on this flow, if we send it to this partner. */
  outgoing(partner: string, flow: string): OutgoingAgreement | undefined {
    return this.keys.has(partner) ? outgoingAgreementWith(partner, flow) : undefined;
  }

  /** What was agreed on this flow, if this partner sends it to us. */
  agreement(partner: string, flow: string): FlowAgreement | undefined {
    return this.keys.has(partner) ? agreementWith(partner, flow) : undefined;
  }

  /** Whether these bytes were signed (Ed25519, RFC 8032) by this partner. `signature` is base64, as the header carries it. */
  signed(partner: string, bytes: Uint8Array, signature: string): boolean {
    const key = this.keys.get(partner);
    if (!key || !/^[A-Za-z0-9+/]{86}==$/.test(signature)) return false;
    return verify(null, bytes, key, Buffer.from(signature, 'base64'));
  }
}
