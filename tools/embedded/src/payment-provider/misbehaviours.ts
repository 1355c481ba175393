import { v7 } from 'uuid';
import type { ProviderOrder } from './orders.js';

/** What goes wrong on command, in plain French: the money is right, what is said of it is not. */
export const misbehaviours = {
  lost: 'la notification se perd',
  delayed: 'la notification part vingt secondes après',
  doubled: 'la notification part deux fois, sous deux numéros',
  forged: 'la notification est signée par quelqu’un d’autre',
  stale: 'la notification est signée à l’heure d’il y a dix minutes',
  reordered: 'une renonciation est notifiée après le paiement',
  'other-amount': 'la notification dit un euro de plus',
  'other-currency': 'la notification dit des dollars',
  twice: 'un second paiement est notifié pour le même ordre',
} as const;
export type Misbehaviour = keyof typeof misbehaviours;

/** A notification to send: what it says, how long after, and how it is signed. */
export interface Notification {
  readonly said: Readonly<Record<string, unknown>>;
  readonly afterMs: number;
  readonly signedBy: 'us' | 'somebody else';
  readonly signedAgoMs: number;
}

/** What the provider says of an order when it says the truth. */
export const statementOf = ({ issuedOn: _, expiresAt: __, methods: ___, ...said }: ProviderOrder): Record<string, unknown> => ({ ...said });

/** What leaves after an order was paid, refused or given up. */
export function notificationsOf(order: ProviderOrder, misbehaviour: Misbehaviour | null): Notification[] {
  const truth: Notification = { said: statementOf(order), afterMs: 0, signedBy: 'us', signedAgoMs: 0 };
  const anew = (changes: Readonly<Record<string, unknown>>): Notification => ({
    ...truth,
    said: { ...truth.said, statement: v7(), ...changes },
  });
  switch (misbehaviour) {
    case null:
      return [truth];
    case 'lost':
      return [];
    case 'delayed':
      return [{ ...truth, afterMs: 20_000 }];
    case 'doubled':
      return [truth, anew({})];
    case 'forged':
      return [{ ...truth, signedBy: 'somebody else' }];
    case 'stale':
      return [{ ...truth, signedAgoMs: 600_000 }];
    case 'reordered':
      return [truth, anew({ status: 'cancelled' })];
    case 'other-amount':
      return [anew({ amount: oneEuroMore(order.amount) })];
    case 'other-currency':
      return [anew({ currency: 'USD' })];
    case 'twice':
      return [truth, anew({ reference: `${order.reference ?? ''}-BIS`, bankReference: `${order.bankReference ?? ''}-BIS` })];
  }
}

/** In its text, for money is no number. */
const oneEuroMore = (amount: string): string => amount.replace(/^\d+/, (euros) => String(BigInt(euros) + 1n));
