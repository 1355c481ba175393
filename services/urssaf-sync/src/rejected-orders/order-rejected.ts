import { draft, flowStream, type FactDraft } from '@isu/contracts';
import type { SourceOfLines } from '../batches/batch.table.js';
import type { RejectedOrder } from './rejected-order.table.js';

/** The bank will not carry out what we ordered: on the account that the order names, else on the flow. */
export function orderRejected({ line, said, isKnown }: RejectedOrder, { partner, flow, name, correlation }: SourceOfLines): FactDraft {
  const { kind: _, reference: __, account, reportedOn, ...order } = said;
  return draft({
    stream: isKnown ? account : flowStream(partner, flow),
    type: 'urssaf-sync.order-rejected.v1',
    effectiveOn: reportedOn,
    correlation,
    data: { flow: `${partner}/${flow}`, batch: name, line, ...order },
  });
}
