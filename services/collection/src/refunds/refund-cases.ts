import { RefundReturnsService } from './refund-returns.service.js';
import { RefundsService, type RefundParts } from './refunds.service.js';

/** What gives credit back, and what takes a refund back. */
export const refundCases = (parts: RefundParts) => ({
  refunds: new RefundsService(parts),
  refundReturns: new RefundReturnsService(parts),
});
