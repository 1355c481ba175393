import { refuse } from '../refusals.js';
import type { Correction } from './correction.js';
import type { CorrectionRequest } from './worklist.controller.js';

/** What the cell asks for, whole; refused when a field that this kind wants is missing. */
export function correctionOf(
  asked: Pick<CorrectionRequest, 'kind' | 'payment' | 'amount' | 'valueOn' | 'means' | 'reference'>,
): Correction {
  const { kind, payment, amount, valueOn, means = 'transfer', reference } = asked;
  if (kind === 'none') return { kind };
  if (kind === 'report-payment') {
    if (!amount?.isPositive || !valueOn) throw refuse('correction-incomplete', { wants: 'un montant positif et une date de valeur' });
    return { kind, amount: amount.toString(), valueOn: valueOn.iso, means, ...(reference !== undefined && { reference }) };
  }
  if (payment === undefined) throw refuse('correction-incomplete', { wants: 'le paiement visé' });
  if (kind !== 'correct-amount') return { kind, payment };
  if (!amount?.isPositive) throw refuse('correction-incomplete', { wants: 'un montant positif' });
  return { kind, payment, amount: amount.toString() };
}
