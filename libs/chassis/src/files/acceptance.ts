import type { FileFault } from './file-fault.js';
import type { SeriesHeader } from './numbered-file.js';

/** What a series holds around a number. */
export interface Neighbours {
  readonly lastNumber: number;
  /** Digest of what was accepted under this number. */
  readonly same: string | null;
  /** Digest of the batch before, where we have it. */
  readonly before: string | null;
  /** What the batch after says of this one, where we have it. */
  readonly saidByNext: string | null;
}

export type Acceptance =
  | { readonly kind: 'accepted'; readonly gap: { readonly from: number; readonly to: number } | null }
  /** The same batch again. */
  | { readonly kind: 'known' }
  | { readonly kind: 'conflict'; readonly fault: FileFault; readonly kept: string }
  | { readonly kind: 'refused'; readonly fault: FileFault };

/** Whether a file that is right in itself has its place in its series. The first word under a number stands, and each file names the one before. */
export function accept(
  { number, businessDate, previousDigest }: Omit<SeriesHeader, 'type'>,
  digest: string,
  around: Neighbours & { today: string; isOfCalendar: boolean },
): Acceptance {
  const { lastNumber, same, before, saidByNext, today, isOfCalendar } = around;
  if (same === digest) return { kind: 'known' };
  if (same !== null)
    return { kind: 'conflict', kept: same, fault: fault('number', 'number-with-other-content', 'le contenu déjà accepté sous ce numéro') };
  if (businessDate > today)
    return { kind: 'refused', fault: fault('businessDate', 'business-date-ahead', 'une journée qui n’est pas à venir') };
  if (!isOfCalendar)
    return {
      kind: 'refused',
      fault: fault('businessDate', 'business-date-off-calendar', 'une journée du calendrier convenu pour ce flux'),
    };
  if ((previousDigest === null) !== (number === 1)) {
    return {
      kind: 'refused',
      fault: fault('previousDigest', 'previous-digest-misplaced', 'null pour le lot 1, l’empreinte du lot précédent pour les autres'),
    };
  }
  if (before !== null && previousDigest !== before) {
    return { kind: 'conflict', kept: before, fault: fault('previousDigest', 'previous-digest-differs', 'l’empreinte du lot précédent') };
  }
  if (saidByNext !== null && saidByNext !== digest) {
    return {
      kind: 'conflict',
      kept: saidByNext,
      fault: { line: null, field: '', code: 'next-batch-names-another', accepted: 'le lot que nomme le lot suivant' },
    };
  }
  return { kind: 'accepted', gap: number > lastNumber + 1 ? { from: lastNumber + 1, to: number - 1 } : null };
}

const fault = (field: string, code: string, accepted: string): FileFault => ({ line: 1, field, code, accepted });
