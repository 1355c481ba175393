import type { Money } from '@isu/values';
import { classifyMoney, isAsked, smallestPayment, type Classified, type MoneyEvidence, type StandingPayment } from './classify.js';

/** One of the causes of a difference: by how much it makes the partner's books differ, and what it is. */
export interface Cause extends Classified {
  readonly delta: Money;
  /** Where its payment stands, when that is another account. */
  readonly otherAccount?: string;
}

/** What a difference is made of: every cause with its own amount; or, where the sums leave it open, one word that names the candidates. */
export interface Explained {
  readonly causes: readonly Cause[];
  /** Sets of causes that add up alike; empty when one set alone is the likeliest. */
  readonly candidates: readonly (readonly Cause[])[];
}

/** Money that waits without an owner and may be this account's. */
export interface WaitingPayment {
  readonly id: string;
  readonly amount: Money;
}

/** A payment that is all by which another account differs, of an amount that was asked of this one, and less than it lacks. */
export interface MisplacedPayment extends WaitingPayment {
  readonly account: string;
}

export interface SeveralEvidence extends MoneyEvidence {
  readonly waitingAll: readonly WaitingPayment[];
  readonly misplaced: readonly MisplacedPayment[];
}

/** A cause with how much must be believed to take it: less where a trace of it is here. */
type Weighed = Cause & { readonly weight: number };

/** More causes than these at once are not searched for, nor among more than these: an agent sees the account itself. */
const [mostCauses, mostConsidered, mostCandidates] = [3, 24, 4];

/**
 * A difference is a sum, and several causes may hide in it. Sets of causes that leave a trace here, and add up to it to the cent, are weighed against the
 * single cause that the rule would name; the lightest stands. Two that weigh the same are both said, and nothing is proposed.
 */
export function explainMoney(evidence: SeveralEvidence): Explained {
  const single = classifyMoney(evidence);
  // What the flow may still bring has no amount yet: it is looked at again once the batch has come.
  if (single.type === 'late') return { causes: [{ ...single, delta: evidence.delta }], candidates: [] };
  const alone = { causes: [{ ...inDoubt(single, evidence), delta: evidence.delta }], weight: weightOfSingle(single, evidence) };
  const sets = [alone, ...setsThatAddUp(tracesOf(evidence), evidence.delta)];
  const lightest = Math.min(...sets.map(({ weight }) => weight));
  const likeliest = distinct(sets.filter(({ weight }) => weight === lightest));
  const [first] = likeliest;
  if (first === undefined || likeliest.length === 1) return { causes: first?.causes ?? [], candidates: [] };
  const candidates = likeliest.slice(0, mostCandidates).map(({ causes }) => causes);
  const cause = `Plusieurs causes possibles à cet écart de ${evidence.delta.print()} : ${String(likeliest.length)} explications tombent juste`;
  return { causes: [{ type: single.type, cause, correction: null, delta: evidence.delta }], candidates };
}

/** Where nothing adds up, and what stands on another account may be a part of it, no payment of the whole is proposed. */
function inDoubt(single: Classified, evidence: SeveralEvidence): Classified {
  const [part] = evidence.misplaced;
  if (part === undefined || weightOfSingle(single, evidence) < guess) return single;
  const [whole, some] = [evidence.delta.print(), part.amount.print()];
  const cause = `L’Urssaf compte ${whole} de plus ; ${some} dits d’un autre compte peuvent en faire partie, le reste est inconnu`;
  return { ...single, cause, correction: null };
}

const parsimony = 1;
/** Beyond any set that adds up: said for want of anything better. */
const guess = 100;

function weightOfSingle({ type, correction }: Classified, { delta, asked, payments }: MoneyEvidence): number {
  // Cents are no sum of payments.
  if (!delta.abs().atLeast(smallestPayment)) return 1;
  if (type === 'lost' && delta.isPositive) return isAsked(asked, delta) ? 2 : guess;
  if (type === 'lost') return 3;
  if (type !== 'wrong-amount') return 1;
  const right = correction?.kind === 'correct-amount' ? correction : null;
  const wrong = payments.find(({ id }) => id === right?.payment);
  if (!wrong || !isAsked(asked, wrong.amount.plus(delta))) return guess;
  // An amount that was asked for was hardly told wrong.
  return isAsked(asked, wrong.amount) ? 4 : 1;
}

/** Everything about the account that may be one of several causes: money that waits or stands elsewhere, twins, amounts that were not asked for, what was asked and not paid. */
function tracesOf({ payments, waitingAll, misplaced, asked, asOf, elsewhere }: SeveralEvidence): Weighed[] {
  const on = (delta: Money, more: Partial<SeveralEvidence>): Cause => ({
    ...classifyMoney({
      ...{ delta, asOf, payments: [], waiting: null, elsewhere: null, flowIsShort: false, asked: [] },
      ...more,
    }),
    delta,
  });
  const unmatched = waitingAll.map(({ id, amount }) => ({ ...on(amount, { waiting: id }), weight: 1 }));
  const moved = misplaced.map(({ id, amount, account }) => ({ ...on(amount, { elsewhere: id }), otherAccount: account, weight: 1 }));
  const twins = payments.filter((one, at) => isTwin(one, payments[at - 1]));
  const doubled = twins.map((twin) => ({ ...on(twin.amount.negated(), { payments: [twin, twin] }), weight: 1 }));
  const owed = asked.filter(
    (amount, at) => amount.isPositive && asked.slice(0, at).filter((one) => one.equals(amount)).length < mostCauses,
  );
  const amounts = owed.filter((amount, at) => owed.findIndex((one) => one.equals(amount)) === at);
  const wrong = payments
    .filter(({ amount }) => !isAsked(asked, amount))
    .flatMap((one) => amounts.map((amount) => ({ ...on(amount.minus(one.amount), { payments: [one], asked: [amount] }), weight: 1 })));
  const lost = owed.map((amount) => ({ ...on(amount, { asked: [amount] }), weight: 2 }));
  const undone = payments
    .filter((one) => !twins.includes(one))
    .map((one) => ({ ...on(one.amount.negated(), { payments: [one] }), weight: 3 }));
  // Where another account differs by just as much the other way, the single rule looks at both.
  return elsewhere === null ? [...unmatched, ...moved, ...doubled, ...wrong, ...lost, ...undone].slice(0, mostConsidered) : [];
}

const isTwin = ({ amount, valueOn }: StandingPayment, before: StandingPayment | undefined): boolean =>
  before !== undefined && before.valueOn === valueOn && before.amount.equals(amount);

interface CauseSet {
  readonly causes: readonly Cause[];
  readonly weight: number;
}

/** All sets of two or three that add up to the cent. */
function setsThatAddUp(traces: readonly Weighed[], delta: Money): CauseSet[] {
  const found: CauseSet[] = [];
  const search = (from: number, taken: readonly Weighed[], left: Money): void => {
    if (taken.length > 1 && left.isZero) found.push(setOf(taken));
    if (taken.length === mostCauses) return;
    for (let at = from; at < traces.length; at += 1) {
      const next = traces[at];
      if (next && !taken.some((one) => excludes(one, next))) search(at + 1, [...taken, next], left.minus(next.delta));
    }
  };
  search(0, [], delta);
  return found;
}

const setOf = (taken: readonly Weighed[]): CauseSet => ({
  causes: taken.map(({ weight: _, ...cause }) => cause),
  weight: taken.reduce((sum, { weight }) => sum + weight, 0) + parsimony * (taken.length - 1),
});

/** One payment goes wrong in one way; and one that was lost beside one whose reversal was lost is rather an amount that nobody can tell. */
function excludes(one: Cause, other: Cause): boolean {
  const payment = paymentOf(one.correction);
  const isOpposite = one.type === 'lost' && other.type === 'lost' && one.delta.isPositive !== other.delta.isPositive;
  return isOpposite || (payment !== null && payment === paymentOf(other.correction));
}

const paymentOf = (correction: Classified['correction']): string | null =>
  correction !== null && 'payment' in correction && correction.payment !== undefined ? correction.payment : null;

/** Two sets of the same kinds and amounts are one explanation, whichever of two alike payments they name. */
function distinct(sets: readonly CauseSet[]): CauseSet[] {
  const byName = new Map<string, CauseSet>();
  for (const one of sets) {
    const name = one.causes.map(({ type, delta }) => `${type} ${delta.toString()}`).toSorted().join(' '); // prettier-ignore
    if (!byName.has(name)) byName.set(name, one);
  }
  return [...byName.values()];
}
