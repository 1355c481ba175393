import type { Means } from '@isu/contracts';
import type { UnderFourEyes } from '../four-eyes.js';

export const corrections = ['report-payment', 'reverse-payment', 'move-payment', 'correct-amount', 'attribute-payment', 'none'] as const;

/** What would settle an anomaly: facts that this service may publish, and that collection then books as any other. */
export type Correction =
  /** The partner holds money that nobody told us of: it is told now. */
  | {
      readonly kind: 'report-payment';
      readonly amount: string;
      readonly valueOn: string;
      readonly means: Means;
      readonly reference?: string;
    }
  /** Money that is not there, or is there twice: it is taken back. `payment` is our id of it. */
  | { readonly kind: 'reverse-payment'; readonly payment: string }
  /** Money that stands on another account: taken back there, told here. */
  | { readonly kind: 'move-payment'; readonly payment: string }
  /** Money of another amount than the partner holds: taken back, told anew. */
  | { readonly kind: 'correct-amount'; readonly payment: string; readonly amount: string }
  /** Money that waits for an owner: it is this account's. */
  | { readonly kind: 'attribute-payment'; readonly payment: string }
  /** No money is to move: the reason says why the difference is none, or who mends it. */
  | { readonly kind: 'none' };

export interface Proposal extends UnderFourEyes {
  readonly id: string;
  readonly correction: Correction;
  /** The correcting facts, once approved. */
  readonly facts: readonly string[];
}
