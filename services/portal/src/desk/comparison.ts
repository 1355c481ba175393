import type { AccountView } from '@isu/account';
import { authors, type Vector } from '@isu/contracts';
import type { Comparison, Lack, Viewer } from '../face/desk.js';
import type { Part } from '../face/parts.js';

/** Whether those that answered show the same account, and what each of those behind has not heard yet (N1). */
export function compare(views: Readonly<Record<Viewer, Part<AccountView>>>): Comparison {
  const answered = (Object.entries(views) as [Viewer, Part<AccountView>][]).flatMap(([who, part]) =>
    part.state === 'ok' ? [{ who, view: part.data }] : [],
  );
  const ahead = furthest(answered.map(({ view }) => view.vector));
  const lacks = answered.flatMap(({ who, view }) => lacksOf(who, view.vector, ahead));
  return {
    verdict: verdictOf(
      answered.map(({ view }) => view),
      lacks,
    ),
    ahead,
    lacks,
  };
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

function verdictOf(views: readonly AccountView[], lacks: readonly Lack[]): Comparison['verdict'] {
  if (views.length < 2) return 'unknown';
  if (lacks.length > 0) return 'behind';
  return new Set(views.map(({ fingerprint }) => fingerprint)).size === 1 ? 'same' : 'broken';
}
