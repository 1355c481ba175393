import type { Day } from '@isu/values';

export const channels = ['email', 'letter'] as const;
/** E-mails are delivered by the portal, letters by the print port. */
export type Channel = (typeof channels)[number];

export const deliveryStates = ['waiting', 'delivered', 'failed'] as const;
export type DeliveryState = (typeof deliveryStates)[number];

/** A document that goes with a message: where it is fetched, under this service's own address. */
export interface MessageDocument {
  readonly name: string;
  readonly path: string;
}

/**
 * What a service has to tell a person. It holds figures and days of an account, never a name nor an address: whoever delivers it asks
 * affiliation whom it goes to, at that moment.
 */
export interface OutgoingMessage {
  readonly account: string;
  readonly kind: string;
  readonly channel: Channel;
  /** In French, as it is read. */
  readonly subject: string;
  readonly text: string;
  readonly documents: readonly MessageDocument[];
  readonly writtenOn: Day;
  /** The trace that it belongs to. */
  readonly correlation: string | null;
}

/** A message as the one who delivers it gets it. The id is that of the message, whatever number of times it is delivered. */
export interface MessageToDeliver extends Omit<OutgoingMessage, 'writtenOn'> {
  readonly id: string;
  readonly language: 'fr';
  readonly writtenOn: string;
  /** This attempt included. */
  readonly attempts: number;
}
