/**
 * The order in which a payment that does not cover a due date pays its lines. CSS art. D. 133-4, version of 1 January 2023,
 * used for all dates: the versions of 2008 to 2020 were not seen (unsure). The daily allowances are not named there: they
 * are placed right after sickness-maternity. The CURPS, which the article does not name either, follows the training
 * contribution. CSG and CRDS share one line, as they are called together and paid in equal proportion.
 */
export const allocationOrder = [
  {
    from: '2008-01-01',
    source: 'CSS art. D. 133-4 (LEGIARTI000006735232)',
    status: 'unsure' as const,
    codes: [
      'csg-crds',
      'maladie',
      'indemnites-journalieres',
      'retraite-base',
      'invalidite-deces',
      'retraite-complementaire',
      'allocations-familiales',
      'cfp',
      'curps',
      'micro-social',
      'versement-liberatoire',
    ],
  },
];

const ranks = new Map(allocationOrder[0]?.codes.map((code, rank) => [code, rank]));

const ofSpouse = 'conjoint-';

/** What a collaborating spouse owes is called on the account of the head under the name of the contribution, marked as the spouse's. */
export const spouseCode = (code: string): string => `${ofSpouse}${code}`;

for (const [code, rank] of [...ranks]) ranks.set(spouseCode(code), rank + 0.5);

/** Rank of a contribution in the legal order, the spouse's right after the head's; a code that the article does not know comes last. */
export const rankInLegalOrder = (code: string): number => ranks.get(code) ?? ranks.size;

/** Lines in the legal order of allocation, older contribution years first within one code's due date. */
export function inLegalOrder<Line extends { readonly year: number; readonly code: string }>(lines: readonly Line[]): Line[] {
  // Nearly always they are so already: asked once a line, where sorting asks several times.
  return isSorted(lines) ? [...lines] : [...lines].sort(compare);
}

interface Ranked {
  readonly year: number;
  readonly code: string;
}

const compare = (a: Ranked, b: Ranked): number => a.year - b.year || rankInLegalOrder(a.code) - rankInLegalOrder(b.code);

function isSorted(lines: readonly Ranked[]): boolean {
  let before = lines[0];
  for (const line of lines) {
    if (before && compare(before, line) > 0) return false;
    before = line;
  }
  return true;
}
