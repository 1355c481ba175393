import type { Figure } from '../section.js';

/** Of one process, after a tenth of its work: what it holds once the collector has been through, and what was resident at most until then. */
export interface Tenth {
  readonly heldMb: number;
  readonly peakMb: number;
}

/** The rest of the work may hold no more, by so many megabytes, than its beginning did. */
export function heldFigures(tenths: readonly Tenth[], { most, of = '' }: { most: number; of?: string }): Figure[] {
  const [first, last] = [tenths[0]?.heldMb ?? Number.NaN, tenths.at(-1)?.heldMb ?? Number.NaN];
  return [
    {
      name: `memory held after the last tenth, beyond the first${of}`,
      value: last - first,
      unit: 'MB',
      limit: { at: 'most', value: most },
      note: `${tenths.map(({ heldMb }) => heldMb.toFixed(0)).join(', ')} MB, tenth after tenth`,
    },
    { name: `resident at most${of}`, value: Math.max(...tenths.map(({ peakMb }) => peakMb)), unit: 'MB' },
  ];
}
