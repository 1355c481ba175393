import { draft, flowStream, type FactData, type FactDraft, type Means } from '@isu/contracts';
import type { FactStore } from '@isu/messaging';
import type { BusinessClock } from '@isu/values';
import type { EntityManager } from 'typeorm';
import { findKnownAccounts } from '../payments/payment.table.js';
import { nearAccounts } from './near-reference.js';

/** Money without an owner, as far as others must know of it (N6). */
export interface UnmatchedMoney {
  readonly id: string;
  /** As the partner wrote it. */
  readonly account: string;
  readonly paymentReference: string | null;
  readonly amount: string;
  readonly valueOn: string;
  readonly means: Means;
}

type Outcome = FactData<'urssaf-sync.unmatched-settled.v1'>['outcome'];

export interface SettledMoney {
  readonly money: string;
  readonly outcome: Outcome;
  readonly account?: string;
}

interface Parts {
  readonly facts: FactStore;
  readonly clock: BusinessClock;
}

const stream = flowStream('isu', 'to-be-matched');
const mostCandidates = 20;

/** Tells everybody of money that waits for an owner, and that it waits no more: what could be paid with it is not held against anybody. */
export class UnmatchedFacts {
  constructor(private readonly parts: Parts) {}

  /** `also`: accounts that somebody has named for it. */
  async say(tx: EntityManager, waiting: readonly UnmatchedMoney[], correlation: string, also: readonly string[] = []): Promise<void> {
    if (waiting.length === 0) return;
    const near = waiting.map((money) => [...also, ...nearOf(money)]);
    const known = await findKnownAccounts(tx, [...new Set(near.flat())]);
    const { facts, clock } = this.parts;
    const effectiveOn = clock.today().iso;
    await facts.publish(
      tx,
      waiting.map(({ id, amount, valueOn, means }, rank): FactDraft => {
        const candidates = [...new Set(near[rank])].filter((account) => known.has(account)).slice(0, mostCandidates);
        return draft({
          ...{ stream, type: 'urssaf-sync.money-unmatched.v1', effectiveOn, correlation },
          data: { money: id, amount, valueOn, means, candidates },
        });
      }),
    );
  }

  async settled(tx: EntityManager, settled: readonly SettledMoney[], correlation: string, cause: string | null = null): Promise<void> {
    if (settled.length === 0) return;
    const { facts, clock } = this.parts;
    const effectiveOn = clock.today().iso;
    await facts.publish(
      tx,
      settled.map((data) =>
        draft({ ...{ stream, type: 'urssaf-sync.unmatched-settled.v1', effectiveOn, correlation, cause }, data: { ...data } }),
      ),
    );
  }
}

export const nearOf = ({ account, paymentReference }: Pick<UnmatchedMoney, 'account' | 'paymentReference'>): string[] =>
  [paymentReference ?? '', account].flatMap((written) => nearAccounts(written).map((near) => near.account));
