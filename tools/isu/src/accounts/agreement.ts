import { authors, type Author, type Vector } from '@isu/contracts';

/** One service's consolidated account. `bytes` is what it answered, to the byte. */
export interface ServiceView {
  readonly service: Author;
  readonly vector: Vector;
  readonly fingerprint: string | null;
  readonly bytes: string;
}

/** Facts that one service has not taken yet and another has. */
export interface MissingFacts {
  readonly service: Author;
  readonly author: Author;
  readonly from: number;
  readonly to: number;
  /** Who has them. */
  readonly heldBy: Author;
}

export interface Agreement {
  readonly agrees: boolean;
  /** Services that rest on fewer facts: they will agree once these have come. */
  readonly missing: readonly MissingFacts[];
  /** Services that rest on the same facts and yet show another account: never explained by a delay (I4). */
  readonly parted: readonly (readonly [Author, Author])[];
}

/** Whether all show the same account, and what keeps them from it. */
export function agreementOf(views: readonly ServiceView[]): Agreement {
  const missing = authors.flatMap((author) => missingOf(author, views));
  const parted = views.flatMap((view, at) =>
    views
      .slice(at + 1)
      .filter((other) => sameVector(view.vector, other.vector) && view.bytes !== other.bytes)
      .map((other) => [view.service, other.service] as const),
  );
  return { agrees: missing.length === 0 && parted.length === 0, missing, parted };
}

function missingOf(author: Author, views: readonly ServiceView[]): MissingFacts[] {
  const seqOf = ({ vector }: ServiceView): number => vector[author] ?? 0;
  const furthest = views.reduce<ServiceView | undefined>((best, view) => (best && seqOf(best) >= seqOf(view) ? best : view), undefined);
  if (!furthest) return [];
  const to = seqOf(furthest);
  return views
    .filter((view) => seqOf(view) < to)
    .map((view) => ({ service: view.service, author, from: seqOf(view) + 1, to, heldBy: furthest.service }));
}

const sameVector = (a: Vector, b: Vector): boolean => authors.every((author) => (a[author] ?? 0) === (b[author] ?? 0));
