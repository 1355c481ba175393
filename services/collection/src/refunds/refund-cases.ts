import { RefundReturnsService } from './refund-returns.service.js';
import { RefundsService } from './refunds.service.js';

/** What gives credit back, and what takes a refund back. */
export const refundCases = (parts: ConstructorParameters<typeof RefundsService>[0]) => ({
  refunds: new RefundsService(parts),
  refundReturns: new RefundReturnsService(parts),
});
