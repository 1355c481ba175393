import type { TakenFacts } from '../taken-facts.js';
import { euros } from './euros.js';

/** The partner's word that it undid a payment; whether collection followed is read on the payment. */
export interface ReversalReported {
  readonly fact: string;
  readonly partnerReference: string;
  readonly reverses: string;
  readonly reportedFact: string | null;
  readonly amount: string;
  readonly valueOn: string;
  readonly reason: string;
}

/** By seq. */
export function reversalsReportedOf(taken: TakenFacts): ReversalReported[] {
  return taken.ofType('urssaf-sync.reversal-reported.v1').map(({ id, data }) => ({
    fact: id,
    partnerReference: data.partnerReference,
    reverses: data.reverses,
    reportedFact: data.reportedFact ?? null,
    amount: euros(data.amount),
    valueOn: data.valueOn,
    reason: data.reason,
  }));
}
