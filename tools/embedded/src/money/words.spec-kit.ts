import type { MoneyRecord } from '@isu/contracts';
import type { Back, Credited } from './bank.spec-kit.js';

/** Money that bears nobody's number; `of`: whom its damaged reference or the cell names. */
export interface WithoutOwner {
  readonly name: string;
  readonly amount: string;
  readonly valueOn: string;
  readonly of: string | null;
}

/** What banks and Urssaf will say at the end of the day, and what everybody is told of money without an owner. */
export interface Words {
  readonly batch: MoneyRecord[];
  readonly credited: Credited[];
  readonly back: Back[];
  readonly rejected: Map<string, Back[]>;
  readonly waiting: WithoutOwner[];
  /** It waits no more: matched, sent back, or taken back by its bank. */
  readonly settled: string[];
}

export const emptyWords = (): Words => ({ batch: [], credited: [], back: [], rejected: new Map(), waiting: [], settled: [] });
