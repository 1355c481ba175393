import { foldAccount } from '@isu/account';
import type { AnomalyType } from '@isu/contracts';
import type { FactStore } from '@isu/messaging';
import { Money } from '@isu/values';
import type { EntityManager } from 'typeorm';
import type { AnomalyBook, Found } from '../anomalies/anomaly-book.js';
import { findOpenOf } from '../anomalies/anomaly.table.js';
import { findConfirmed } from '../anomalies/contradictions.table.js';
import { classifyLines, classifyMoney, settledByRule, type Classified } from './classify.js';
import {
  computeDeltas,
  findDeltas,
  findElsewhere,
  findLineDifferences,
  findStanding,
  findWaitingFor,
  isFlowShort,
  type Delta,
  type LinesThatDiffer,
  type Snapshot,
  type Stretch,
} from './outside.table.js';

interface Parts {
  readonly facts: FactStore;
  readonly book: AnomalyBook;
}

export interface Judged {
  readonly opened: number;
  readonly closed: number;
  readonly byType: Readonly<Partial<Record<AnomalyType, number>>>;
}

/**
 * Outside: whether the partner's books tell the same as its messages did, and as our books do. Money first, by account: what the partner told
 * us through the day of its books must be what they hold, so that nothing that is merely on its way is taken for a difference.
 * Then, where the money agrees and nothing has moved since, line by line.
 */
export class OutsideReconciliation {
  constructor(private readonly parts: Parts) {}

  /** First for every stretch: what differs elsewhere explains what differs here. How many accounts were compared. */
  async compare(tx: EntityManager, snapshot: Snapshot, stretch: Stretch): Promise<number> {
    return computeDeltas(tx, snapshot, stretch);
  }

  /** Opens what is new, closes what is no longer there. */
  async judge(tx: EntityManager, snapshot: Snapshot, stretch: Stretch, correlation: string): Promise<Judged> {
    const differing = await findLineDifferences(tx, snapshot, stretch);
    const found = [...(await this.moneyDifferences(tx, snapshot, stretch)), ...lineDifferences(differing, snapshot)];
    const gone = await this.closeWhatIsGone(tx, { found, differing, stretch }, correlation);
    const closed = gone + (await this.closeConfirmed(tx, { snapshot, stretch }, correlation));
    const opened = await this.parts.book.open(tx, found, correlation);
    const byType: Partial<Record<AnomalyType, number>> = {};
    for (const { type } of found) byType[type] = (byType[type] ?? 0) + 1;
    return { opened, closed, byType };
  }

  private async moneyDifferences(tx: EntityManager, snapshot: Snapshot, stretch: Stretch): Promise<Found[]> {
    const deltas = await findDeltas(tx, stretch);
    if (deltas.length === 0) return [];
    const accounts = deltas.map(({ account }) => account);
    const [payments, waiting, elsewhere, flowIsShort, asked] = [
      await findStanding(tx, accounts, snapshot.asOf),
      await findWaitingFor(tx, deltas, snapshot.asOf),
      await findElsewhere(tx, deltas),
      await isFlowShort(tx, snapshot),
      await this.askedOf(tx, accounts),
    ];
    return deltas.map(({ account, delta }) => {
      const classified = classifyMoney({
        ...{ delta, asOf: snapshot.asOf, flowIsShort, payments: payments.get(account) ?? [], waiting: waiting.get(account) ?? null },
        ...{ elsewhere: elsewhere.get(account)?.payment ?? null, asked: asked.get(account) ?? [] },
      });
      return found({ account, delta }, classified, { snapshot, otherAccount: elsewhere.get(account)?.account ?? null });
    });
  }

  /** Every amount that was ever asked for at once, by account. */
  private async askedOf(tx: EntityManager, accounts: readonly string[]): Promise<Map<string, Money[]>> {
    const facts = await this.parts.facts.factsOfStreams(tx, accounts);
    return new Map(
      [...facts].map(([account, ofAccount]) => [account, foldAccount(ofAccount).book.instalments.map(({ amount }) => Money.of(amount))]),
    );
  }

  /** Lines that still differ on an account that moves are not compared, and not said to agree either. */
  private async closeWhatIsGone(
    tx: EntityManager,
    { found, differing, stretch }: { found: readonly Found[]; differing: ReadonlyMap<string, LinesThatDiffer>; stretch: Stretch },
    correlation: string,
  ): Promise<number> {
    const still = new Set(found.map(({ account, subject }) => `${account} ${subject}`));
    const open = (await findOpenOf(tx, 'balances')).filter(({ account }) => account >= stretch.from && account <= stretch.to);
    const gone = open.filter(
      ({ account, subject, type }) =>
        !still.has(`${account} ${subject}`) && !(type === 'other-rules' && differing.get(account)?.isQuiet === false),
    );
    return this.parts.book.close(
      tx,
      gone.map(({ id, type }) => ({ id, settledBy: settledByRule[type] })),
      correlation,
    );
  }

  /** A partner that said two things under one reference says which was right by its books, once all that they count is here (R12). */
  private async closeConfirmed(
    tx: EntityManager,
    { snapshot, stretch }: { snapshot: Snapshot; stretch: Stretch },
    correlation: string,
  ): Promise<number> {
    const confirmed = await findConfirmed(tx, snapshot, stretch);
    if (confirmed.length === 0 || (await isFlowShort(tx, snapshot))) return 0;
    const settledBy = settledByRule.conflict;
    return this.parts.book.close(tx, confirmed.map((id) => ({ id, settledBy })), correlation); // prettier-ignore
  }
}

function found(
  { account, delta }: Delta,
  { type, cause, correction }: Classified,
  { snapshot, otherAccount }: { snapshot: Snapshot; otherAccount: string | null },
): Found {
  const details = {
    delta: delta.toString(),
    asOf: snapshot.asOf,
    partner: snapshot.partner,
    ...(type === 'wrong-account' && { otherAccount }),
  };
  return { account, type, cause, origin: 'balances', subject: `${type} ${delta.toString()}`, details, correction };
}

function lineDifferences(differing: ReadonlyMap<string, LinesThatDiffer>, snapshot: Snapshot): Found[] {
  const quiet = [...differing].filter(([, { isQuiet }]) => isQuiet);
  return quiet.map(([account, { lines }]) => {
    const { type, cause, correction } = classifyLines(lines);
    const details = { lines, asOf: snapshot.asOf, partner: snapshot.partner };
    return { account, type, cause, origin: 'balances', subject: type, details, correction };
  });
}
