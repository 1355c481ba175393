import type { Day } from '@isu/values';
import { inForceOn } from '../in-force.js';

/** What is done about a debit that a bank rejects (pain.002) or gives back (camt.054). */
export const returnActions = [
  'carry',
  'suspend-mandate',
  'revoke-mandate',
  'reopen',
  'freeze-account',
  'leave-unpaid',
  're-present',
] as const;
export type ReturnAction = (typeof returnActions)[number];

interface Reasons {
  readonly from: string;
  readonly source: string;
  readonly unsure?: string;
  readonly actions: Readonly<Record<string, ReturnAction>>;
}

const all = (action: ReturnAction, codes: string): Record<string, ReturnAction> =>
  Object.fromEntries(codes.split(' ').map((code) => [code, action]));

/** Codes of the ISO 20022 external list, by what collection does; oldest first. */
const reasons: readonly Reasons[] = [
  {
    from: '2008-01-01',
    source: 'Liste externe ISO 20022 des motifs ; report automatique d’un premier défaut de provision (avis RSI, infos.votrexpert 37264)',
    unsure: 'La liste est de notoriété, non relue dans un texte ; un seul report par échéance, MS03 compris, par défaut.',
    actions: {
      // No funds: carried to the next instalment, once.
      ...all('carry', 'AM01 AM02 AM03 AM04 MS03'),
      // A wrong, closed or blocked account: no debit before a new IBAN.
      ...all('suspend-mandate', 'AC01 AC04 AC06 AG01 RC01'),
      // No mandate, or not this one: an agent looks at the proof.
      ...all('revoke-mandate', 'MD01 MD02'),
      // The person took it back within eight weeks: never debited again by itself.
      ...all('reopen', 'MD06'),
      ...all('freeze-account', 'MD07'),
      ...all('leave-unpaid', 'MS02 SL01'),
      // Format, or the chain of banks: no effect on the person.
      ...all('re-present', 'FF01 AG02 FOCR DNOR CNOR ED05'),
    },
  },
];

export interface ReturnReason {
  /** As the bank gave it: `AM04`. */
  readonly code: string;
  readonly action: ReturnAction;
  /** False for a code that the list does not know: nobody suffers from it until somebody has looked. */
  readonly isKnown: boolean;
  /** The fault is on our side of the bank: surcharges do not run from the due date. */
  readonly isOurFault: boolean;
}

/** Reads the reason of a return, `AM04` or `AC04 compte clos`, by the list of that day. */
export function returnReasonOf(reason: string, on: Day): ReturnReason {
  const code = /^[A-Z]{2}\w{2}/.exec(reason)?.[0] ?? reason;
  const action = inForceOn(reasons, on)?.actions[code];
  return { code, action: action ?? 're-present', isKnown: action !== undefined, isOurFault: action === 're-present' };
}
