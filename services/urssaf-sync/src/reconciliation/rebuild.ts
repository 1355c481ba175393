import type { OnRebuild } from '@isu/chassis';
import { lockMoney, rebuildKnownAccounts } from '../payments/payment.table.js';
import { dropBalances } from './our-balances.js';

/**
 * What of this service is derived from facts alone: who is known, and our side of the comparison with the partner's books. Batches, receipts,
 * money that waits, proposals of the cell and lines already told say more than facts do: they are no projections, and stay.
 */
export const rebuildDerived: OnRebuild = async (tx, stretch) => {
  await lockMoney(tx);
  await rebuildKnownAccounts(tx, stretch);
  await dropBalances(tx, stretch);
};
