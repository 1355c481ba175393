/** Places where a fault round kills the process, named so that each kill can be replayed. */
export type FailpointName =
  | 'received'
  | 'staged'
  | 'parsed'
  | 'signature-checked'
  | 'accepted'
  | 'deduplicated'
  | 'placed-before-commit'
  | 'receipt-signed';

/** In production `reach` does nothing; a test makes it wait or die. */
export interface Failpoints {
  reach(name: FailpointName): Promise<void>;
}

const passed = Promise.resolve();
export const noFailpoints: Failpoints = { reach: () => passed };
