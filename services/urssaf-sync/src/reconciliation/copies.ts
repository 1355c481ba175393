import { canonicalJson, type Author, type Vector } from '@isu/contracts';

/** The services that show an account: each folds its own copy of the facts. */
export const copyHolders = ['collection', 'benefits', 'urssaf-sync'] as const satisfies readonly Author[];
export type CopyHolder = (typeof copyHolders)[number];

export interface Copy {
  readonly fold: string;
  readonly vector: Vector;
  readonly fingerprint: string;
}

/** The copies of one account; null where a service holds none. */
export type Copies = Readonly<Record<CopyHolder, Copy | null>>;

/** Facts that one service lacks and another has. */
export interface Missing {
  readonly service: CopyHolder;
  readonly author: Author;
  readonly from: number;
  readonly to: number;
}

/**
 * `equal`: one fingerprint. `diverged`: equal vectors, another fingerprint, which nothing that is still on its way explains (I4).
 * `in-flight`: vectors that differ and nothing wrong that one can see.
 */
export type Verdict = 'equal' | 'diverged' | 'in-flight';

export function verdictOn(copies: Copies): Verdict {
  const held = copyHolders.map((service) => copies[service]);
  if (new Set(held.map((copy) => copy?.fingerprint)).size === 1) return 'equal';
  const byVector = new Map<string, string>();
  for (const copy of held) {
    if (!copy) continue;
    const key = canonicalJson([copy.fold, copy.vector]);
    const known = byVector.get(key);
    if (known !== undefined && known !== copy.fingerprint) return 'diverged';
    byVector.set(key, copy.fingerprint);
  }
  return 'in-flight';
}

/** By service and author, what lies between its copy and the furthest one. */
export function missingOf(copies: Copies): Missing[] {
  const furthest = new Map<Author, number>();
  for (const service of copyHolders)
    for (const [author, seq] of Object.entries(copies[service]?.vector ?? {}) as [Author, number][])
      furthest.set(author, Math.max(furthest.get(author) ?? 0, seq));
  return copyHolders.flatMap((service) =>
    [...furthest].flatMap(([author, to]) => {
      const has = copies[service]?.vector[author] ?? 0;
      return has < to ? [{ service, author, from: has + 1, to }] : [];
    }),
  );
}

/** Of buckets by service, those whose digests are not the same everywhere. */
export function differingBuckets(trees: readonly (readonly { readonly bucket: string; readonly digest: string }[])[]): string[] {
  const digests = trees.map((tree) => new Map(tree.map(({ bucket, digest }) => [bucket, digest])));
  const all = new Set(digests.flatMap((tree) => [...tree.keys()]));
  return [...all].filter((bucket) => new Set(digests.map((tree) => tree.get(bucket))).size > 1).sort();
}
