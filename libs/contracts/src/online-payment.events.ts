import { ArrayMaxSize, ArrayMinSize, IsArray, Matches } from 'class-validator';
import { instantPattern, IsInstalmentId, IsPositiveMoney, IsUuid } from './fields.js';

/**
 * The person chose due dates to pay online (télépaiement), and is sent to the provider's page with an order of ours. What comes of it, the
 * provider says: `urssaf-sync.online-payment-settled`. Until then these due dates are under way, and are asked for once.
 */
export class OnlinePaymentOpened {
  /** Our order: the provider takes money for it once. */
  @IsUuid() order!: string;
  /** The due dates that were chosen. */
  @IsArray() @ArrayMinSize(1) @ArrayMaxSize(24) @IsInstalmentId({ each: true }) instalments!: string[];
  /** All that remained of them. */
  @IsPositiveMoney() amount!: string;
  /** After that instant the provider takes nothing for it any more. */
  @Matches(instantPattern) expiresAt!: string;
}

export const onlinePaymentFacts = { 'collection.online-payment-opened.v1': OnlinePaymentOpened } as const;
