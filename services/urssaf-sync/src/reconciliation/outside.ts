import { foldAccount } from '@isu/account';
import type { AnomalyType } from '@isu/contracts';
import type { FactStore } from '@isu/messaging';
import { Money } from '@isu/values';
import type { EntityManager } from 'typeorm';
import type { AnomalyBook, Found } from '../anomalies/anomaly-book.js';
import { findOpenOf } from '../anomalies/anomaly.table.js';
import { findConfirmed } from '../anomalies/contradictions.table.js';
import { classifyLines, settledByRule } from './classify.js';
import { findMisplaced, findOwners } from './misplaced.table.js';
import { explainMoney, type Cause, type Explained } from './several-causes.js';
import {
  computeDeltas,
  findDeltas,
  findElsewhere,
  findLineDifferences,
  findStanding,
  findWaitingFor,
  findWaitingLike,
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
 * Then, where nothing has moved since, line by line: what is called, and what is paid where the money agrees.
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
    const asked = await this.askedOf(tx, accounts);
    const [payments, waiting, waitingLike, whole, misplaced, owners, flowIsShort] = [
      await findStanding(tx, accounts, snapshot.asOf),
      await findWaitingFor(tx, deltas, snapshot.asOf),
      await findWaitingLike(tx, asked, snapshot.asOf),
      await findElsewhere(tx, deltas),
      await findMisplaced(tx, deltas, asked),
      await findOwners(tx, deltas, (owing) => this.askedOf(tx, owing)),
      await isFlowShort(tx, snapshot),
    ];
    const elsewhere = new Map([...owners, ...whole]);
    return deltas.flatMap(({ account, delta }) => {
      const explained = explainMoney({
        ...{ delta, asOf: snapshot.asOf, flowIsShort, payments: payments.get(account) ?? [], waiting: waiting.get(account) ?? null },
        ...{ elsewhere: elsewhere.get(account)?.payment ?? null, asked: asked.get(account) ?? [] },
        ...{ waitingAll: waitingLike.get(account) ?? [], misplaced: misplaced.get(account) ?? [] },
      });
      return foundMoney({ account, delta }, explained, { snapshot, otherAccount: elsewhere.get(account)?.account ?? null });
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
      gone.map(({ id, type }) => ({ id, settledBy: settledByRule[type], correlation })),
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
    return this.parts.book.close(tx, confirmed.map((id) => ({ id, settledBy, correlation }))); // prettier-ignore
  }
}

const inWords = (causes: readonly Cause[]): string => causes.map(({ cause }) => cause).join(' ; et ');

/** One anomaly a cause; of two alike, the second is another. */
function foundMoney(
  { account, delta }: Delta,
  { causes, candidates }: Explained,
  { snapshot, otherAccount }: { snapshot: Snapshot; otherAccount: string | null },
): Found[] {
  const subjects = causes.map((one) => `${one.type} ${one.delta.toString()}`);
  return causes.map(({ type, cause, correction, delta: part, otherAccount: ofCause }: Cause, at) => {
    const rank = subjects.slice(0, at).filter((subject) => subject === subjects[at]).length;
    const details = {
      delta: delta.toString(),
      ...(causes.length > 1 && { share: part.toString() }),
      ...(candidates.length > 0 && { candidates: candidates.map(inWords) }),
      asOf: snapshot.asOf,
      partner: snapshot.partner,
      ...(type === 'wrong-account' && { otherAccount: ofCause ?? otherAccount }),
    };
    const subject = `${subjects[at] ?? ''}${rank === 0 ? '' : ` (${String(rank + 1)})`}`;
    return { account, type, cause, origin: 'balances', subject, details, correction };
  });
}

function lineDifferences(differing: ReadonlyMap<string, LinesThatDiffer>, snapshot: Snapshot): Found[] {
  const quiet = [...differing].filter(([, { isQuiet }]) => isQuiet);
  return quiet.map(([account, { lines }]) => {
    const { type, cause, correction } = classifyLines(lines);
    const details = { lines, asOf: snapshot.asOf, partner: snapshot.partner };
    return { account, type, cause, origin: 'balances', subject: type, details, correction };
  });
}
