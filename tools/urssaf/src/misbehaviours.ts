import { generateKeyPairSync, type KeyObject } from 'node:crypto';
import type { MoneyRecord } from '@isu/contracts';
import { signatureOf } from '@isu/isu';

/** What the simulated Urssaf does wrong on command, once, with the batch that it writes next. */
export type Misbehaviour =
  | { readonly kind: 'lost' }
  /** Lost on the way and in our books too: nobody can send it any more, and that is attested. What it told is told again with the next. */
  | { readonly kind: 'gone' }
  /** Written on its day, sent when told to. */
  | { readonly kind: 'late' }
  | { readonly kind: 'doubled' }
  | { readonly kind: 'cut'; readonly atByte: number }
  | { readonly kind: 'flipped'; readonly bit: number }
  /** Goes out behind the batch that follows it. */
  | { readonly kind: 'reordered' }
  | { readonly kind: 'wrong-account'; readonly account: string }
  | { readonly kind: 'wrong-amount'; readonly amount: string }
  /** Sends the batch, then another content under its number. */
  | { readonly kind: 'other-content' }
  | { readonly kind: 'bad-signature' };

export const misbehaviourKinds = {
  lost: 'le lot se perd en route',
  gone: 'le lot se perd pour toujours, ici aussi',
  late: 'le lot part plus tard',
  doubled: 'le lot part deux fois',
  cut: 'le lot est coupé à un octet',
  flipped: 'un bit du lot est inversé',
  reordered: 'le lot part après le suivant',
  'wrong-account': 'un paiement est dit d’un autre compte',
  'wrong-amount': 'un paiement est dit d’un autre montant',
  'other-content': 'un autre contenu part sous le même numéro',
  'bad-signature': 'la signature est fausse',
} as const satisfies Record<Misbehaviour['kind'], string>;

export const isWithheld = (misbehaviour: Misbehaviour | null): boolean =>
  misbehaviour?.kind === 'lost' || misbehaviour?.kind === 'gone' || misbehaviour?.kind === 'late' || misbehaviour?.kind === 'reordered';

/** Reference of the letter in which we say that a batch is lost to us too (docs/partner-exchange.md, section 5). */
export const attestationOf = (number: number): string => `ATT-URSSAF/${String(number)}`;

/** What the batch says of the first payment, when it is told wrongly. */
export function misspoken(records: readonly MoneyRecord[], misbehaviour: Misbehaviour | null): MoneyRecord[] {
  const first = records.findIndex(({ type }) => type === 'payment');
  return records.map((record, rank) => {
    if (rank !== first || record.type !== 'payment') return record;
    if (misbehaviour?.kind === 'wrong-account') return { ...record, account: misbehaviour.account };
    return misbehaviour?.kind === 'wrong-amount' ? { ...record, amount: misbehaviour.amount } : record;
  });
}

/** A file as it leaves: its bytes and the signature beside them. */
export interface Envelope {
  readonly content: Uint8Array;
  readonly signature: string;
}

/** The batch as it should be. */
export const envelopeOf = (text: string, key: KeyObject): Envelope => ({
  content: Buffer.from(text),
  signature: signatureOf({ text }, key),
});

/** The envelopes that leave the first time, one after the other. */
export function spoilt(text: string, misbehaviour: Misbehaviour, { key, other }: { key: KeyObject; other: () => string }): Envelope[] {
  const right = envelopeOf(text, key);
  switch (misbehaviour.kind) {
    case 'doubled':
      return [right, right];
    case 'cut':
      return [{ ...right, content: right.content.subarray(0, misbehaviour.atByte) }];
    case 'flipped':
      return [{ ...right, content: flipped(right.content, misbehaviour.bit) }];
    case 'other-content':
      return [right, envelopeOf(other(), key)];
    case 'bad-signature':
      return [envelopeOf(text, stranger)];
    default:
      return [right];
  }
}

/** A key that nobody agreed on. */
const stranger = generateKeyPairSync('ed25519').privateKey;

function flipped(content: Uint8Array, bit: number): Uint8Array {
  const bytes = Uint8Array.from(content);
  const at = Math.floor(bit / 8) % bytes.length;
  bytes[at] = (bytes[at] ?? 0) ^ (1 << (bit % 8));
  return bytes;
}
