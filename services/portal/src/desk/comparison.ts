import type { AccountView } from '@isu/account';
import { authors, type Vector } from '@isu/contracts';
import type { Comparison, Lack, Viewer } from '../face/desk.js';
import type { Part } from '../face/parts.js';

/** Whether all show the same account, and what each of those behind has not heard yet (N1). */
export function compare(views: Readonly<Record<Viewer, Part<AccountView>>>): Comparison {
  const answered = (Object.entries(views) as [Viewer, Part<AccountView>][]).flatMap(([who, part]) =>
    part.state === 'ok' ? [{ who, view: part.data }] : [],
  );
  const ahead = furthest(answered.map(({ view }) => view.vector));
  const lacks = answered.flatMap(({ who, view }) => lacksOf(who, view.vector, ahead));
  const fingerprints = new Set(answered.map(({ view }) => view.fingerprint));
  const isWhole = answered.length === Object.keys(views).length;
  return { verdict: verdictOf({ answered: answered.length, fingerprints: fingerprints.size, isWhole, lacks }), ahead, lacks };
}

const furthest = (vectors: readonly Vector[]): Vector =>
  Object.fromEntries(
    authors.map((author) => [author, Math.max(0, ...vectors.map((vector) => vector[author] ?? 0))] as const).filter(([, seq]) => seq > 0),
  );

const lacksOf = (who: Viewer, vector: Vector, ahead: Vector): Lack[] =>
  authors.flatMap((author) => {
    const [has, last] = [vector[author] ?? 0, ahead[author] ?? 0];
    return has < last ? [{ who, author, from: has + 1, to: last }] : [];
  });

interface Found {
  readonly answered: number;
  /** How many different ones. */
  readonly fingerprints: number;
  /** Everybody who holds a copy answered. */
  readonly isWhole: boolean;
  readonly lacks: readonly Lack[];
}

/** A difference is told as soon as two show it; agreement only when nobody is missing. */
function verdictOf({ answered, fingerprints, isWhole, lacks }: Found): Comparison['verdict'] {
  if (answered < 2) return 'unknown';
  if (lacks.length > 0) return 'behind';
  if (fingerprints > 1) return 'broken';
  return isWhole ? 'same' : 'unknown';
}
