import { draft, type FactDraft } from '@isu/contracts';
import type { NewPayment } from './known-money.js';
import type { ReportablePayment } from './payment.table.js';
import type { ReportableReversal } from './reversal.table.js';

/** We hold money for this account: told at once, before collection has placed it. */
export function paymentReported(payment: ReportablePayment, cause: string | null = null): FactDraft {
  const { account, flow, batch, line, partnerReference, bankReference, amount, valueOn, means, paymentReference, order, correlation } =
    payment;
  return draft({
    stream: account,
    type: 'urssaf-sync.payment-reported.v1',
    effectiveOn: valueOn,
    correlation,
    cause,
    // By name: the lines of a great batch are written as they are, without a copy each.
    data: {
      amount,
      ...(bankReference === null ? {} : { bankReference }),
      ...{ batch, flow, line, means },
      ...(order === null ? {} : { order }),
      partnerReference,
      ...(paymentReference === null ? {} : { paymentReference }),
      valueOn,
    },
  });
}

export const reportable = (payment: NewPayment, where: Pick<ReportablePayment, 'flow' | 'batch' | 'correlation'>): ReportablePayment => ({
  id: payment.id,
  flow: where.flow,
  batch: where.batch,
  correlation: where.correlation,
  line: payment.line,
  account: payment.account,
  partnerReference: payment.reference,
  bankReference: payment.bankReference,
  amount: payment.amount.toString(),
  valueOn: payment.valueOn,
  means: payment.means,
  paymentReference: payment.paymentReference,
  order: payment.order,
});

/** Money that we had told of was taken back. */
export function reversalReported({ reversal, account, reportedFact }: ReportableReversal, cause: string | null = null): FactDraft {
  const { partner, flow, batch, line, reference, reverses, amount, valueOn, reason, correlation } = reversal;
  return draft({
    stream: account,
    type: 'urssaf-sync.reversal-reported.v1',
    effectiveOn: valueOn,
    correlation,
    cause,
    data: {
      ...{ flow: `${partner}/${flow}`, batch, line, partnerReference: reference, reverses, reportedFact },
      ...{ amount: amount.toString(), valueOn, reason },
    },
  });
}
