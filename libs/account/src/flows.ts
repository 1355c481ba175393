import { isFact, isFlowStream, type Fact, type Vector } from '@isu/contracts';
import { by } from './order.js';
import { takeFacts, type TakenFacts } from './taken-facts.js';

/** What we hold of one numbered flow of a partner, and what we know to be missing. */
export interface Flow {
  /** Highest batch number accepted; null before the first. */
  readonly lastNumber: number | null;
  /** Every batch of the flow up to this business date is here; null when the partner never said so. */
  readonly completedThrough: string | null;
  /** Batch numbers that are still missing, in order, both ends included. */
  readonly openGaps: readonly BatchNumbers[];
  /** Numbers that its author has lost too, given up by two people: nothing waits for them, and what they told stays unknown. */
  readonly givenUp: readonly BatchNumbers[];
  readonly vector: Vector;
}

export interface BatchNumbers {
  readonly from: number;
  readonly to: number;
}

/** By stream: `flow/urssaf/payments`. */
export type Flows = Readonly<Record<string, Flow>>;

/** A fact of an account, or of anything that is no partner flow, says nothing of flows. */
export class NotAFlow extends Error {
  constructor(readonly subject: string) {
    super(`${subject} is not a flow.`);
  }
}

/**
 * Folds the facts of any number of flow streams: in any order, repeated or not; per author the contiguous prefix counts, as
 * for an account. Throws `NotAFlow`, `ForkedFacts`.
 */
export function foldFlows(facts: readonly Fact[]): Flows {
  const byStream = new Map<string, Fact[]>();
  for (const fact of facts) {
    if (!isFlowStream(fact.subject)) throw new NotAFlow(fact.subject);
    const known = byStream.get(fact.subject);
    if (known === undefined) byStream.set(fact.subject, [fact]);
    else known.push(fact);
  }
  const streams = [...byStream].sort(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(streams.map(([stream, itsFacts]) => [stream, flowOf(takeFacts(itsFacts))]));
}

function flowOf(taken: TakenFacts): Flow {
  const numbers = taken.ofType('urssaf-sync.batch-accepted.v1').map((fact) => fact.data.number);
  const dates = taken.ofType('urssaf-sync.completed-through.v1').map((fact) => fact.data.date);
  return {
    lastNumber: numbers.length === 0 ? null : numbers.reduce((a, b) => Math.max(a, b)),
    completedThrough: dates.toSorted().at(-1) ?? null,
    ...missingFrom(taken),
    vector: taken.vector,
  };
}

/** What was opened and neither closed nor accepted since, and what was given up and never came. Ranges, not numbers: a partner that skips a million costs nothing. */
function missingFrom(taken: TakenFacts): Pick<Flow, 'openGaps' | 'givenUp'> {
  let openGaps: BatchNumbers[] = [];
  let givenUp: BatchNumbers[] = [];
  for (const fact of taken.ofAuthor('urssaf-sync')) {
    if (isFact(fact, 'urssaf-sync.gap-opened.v1')) {
      const { from, to } = fact.data;
      openGaps = [...without(openGaps, { from, to }), { from, to }];
    } else if (isFact(fact, 'urssaf-sync.gap-closed.v1') || isFact(fact, 'urssaf-sync.batch-accepted.v1')) {
      const one = { from: fact.data.number, to: fact.data.number };
      openGaps = without(openGaps, one);
      givenUp = without(givenUp, one);
      if (isFact(fact, 'urssaf-sync.gap-closed.v1') && fact.data.attestation !== undefined) givenUp = [...givenUp, one];
    }
  }
  const inOrder = by<BatchNumbers>((range) => range.from);
  return { openGaps: openGaps.sort(inOrder), givenUp: joined(givenUp.sort(inOrder)) };
}

/** Numbers that follow each other are one range. */
const joined = (ranges: readonly BatchNumbers[]): BatchNumbers[] =>
  ranges.reduce<BatchNumbers[]>((met, next) => {
    const last = met.at(-1);
    return last?.to === next.from - 1 ? [...met.slice(0, -1), { from: last.from, to: next.to }] : [...met, next];
  }, []);

/** The ranges less these numbers: what lies before them and what lies behind. */
const without = (ranges: readonly BatchNumbers[], gone: BatchNumbers): BatchNumbers[] =>
  ranges
    .flatMap(({ from, to }) => [
      { from, to: Math.min(to, gone.from - 1) },
      { from: Math.max(from, gone.to + 1), to },
    ])
    .filter(({ from, to }) => from <= to);
