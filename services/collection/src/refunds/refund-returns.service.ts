import { readRefundReference, type Fact } from '@isu/contracts';
import { clockOf } from '@isu/values';
import type { EntityManager } from 'typeorm';
import { lockAccounts } from '../accounts/account.table.js';
import { returnReasonOf } from '../returns/return-reason.js';
import type { Refund } from './refund.js';
import { transferRejected } from './refund-letters.js';
import type { RefundParts } from './refunds.service.js';
import { refundsNamed, refundsOfAccounts, saveRefunds, saveRefusedVersions, type RefundNames } from './refund.table.js';
import { undoRefunds } from './undone-refunds.js';

type Rejected = Fact<'urssaf-sync.order-rejected.v1'>;

interface Returned {
  readonly refund: Refund;
  readonly fact: Rejected;
}

/** A bank refuses a transfer of ours, or gives it back, before it was settled or after: the money is the person's credit again. */
export class RefundReturnsService {
  constructor(private readonly parts: RefundParts) {}

  /** Each refund once, whatever names it: its transfer, its block, or the whole message. Gives back the words that speak of no refund of ours. */
  async hear(tx: EntityManager, rejected: readonly Rejected[]): Promise<readonly Rejected[]> {
    const transfers = rejected.filter(({ data }) => data.order === 'transfer');
    const spokenOf = await refundsNamed(tx, transfers.map(orderNamed)); // prettier-ignore
    const named = transfers.flatMap((fact, rank): Returned[] => (spokenOf[rank] ?? []).map((refund) => ({ refund, fact })));
    if (named.length === 0) return rejected;
    await lockAccounts(tx, named.map(({ refund }) => refund.account)); // prettier-ignore
    const now = new Map((await refundsOfAccounts(tx, named.map(({ refund }) => refund.account))).map((refund) => [refund.id, refund])); // prettier-ignore
    const returned = new Map<string, Returned>();
    for (const {
      refund: { id },
      fact,
    } of named) {
      const refund = now.get(id);
      if (refund && (refund.state === 'sent' || refund.state === 'settled') && !returned.has(id)) returned.set(id, { refund, fact });
    }
    if (returned.size > 0) await this.takeBack(tx, [...returned.values()]);
    const ours = new Set(named.map(({ fact }) => fact));
    return rejected.filter((fact) => !ours.has(fact));
  }

  private async takeBack(tx: EntityManager, returned: readonly Returned[]): Promise<void> {
    const { ledger, facts, clock, credits, messages } = this.parts;
    const today = clockOf(tx, clock).today();
    const undone = returned.map(({ refund, fact: { id: cause, correlation, data } }) => ({
      refund,
      by: { cause, correlation, reason: data.reason },
    }));
    await undoRefunds(tx, undone, { ledger, facts, today, effectiveOn: () => today });
    await saveRefunds(tx, returned.map(({ refund, fact }): Refund => ({ ...refund, state: 'returned', returnedOn: today, returnReason: fact.data.reason }))); // prettier-ignore
    // A fault between banks is nobody's bank account: the next run orders it again.
    const refused = returned.filter(({ fact }) => !returnReasonOf(fact.data.reason, today).isOurFault);
    await saveRefusedVersions(tx, refused.map(({ refund: { account, bankVersion } }) => ({ account, version: bankVersion }))); // prettier-ignore
    const told = refused.filter(({ fact }) => returnReasonOf(fact.data.reason, today).action !== 'freeze-account');
    await messages.write(
      tx,
      told.map(({ refund, fact: { correlation, data } }) =>
        transferRejected({ amount: refund.amount, reason: data.reason }, { account: refund.account, writtenOn: today, correlation }),
      ),
    );
    await credits.place(tx, returned.map(({ refund }) => refund.account), today); // prettier-ignore
  }
}

function orderNamed({ data }: Rejected): RefundNames {
  const refund = data.endToEnd === undefined ? null : readRefundReference(data.endToEnd);
  return refund ?? { messageId: data.originalMessage, partId: data.originalPayment ?? null };
}
