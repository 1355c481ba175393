import { paymentReferenceOf } from '@isu/contracts';
import { AccountNumber } from '@isu/values';

/** How a number that is none became one: what the payer most likely mistyped. */
export const slips = ['key', 'one-digit', 'two-swapped', 'one-dropped'] as const;
export type Slip = (typeof slips)[number];

export interface NearAccount {
  readonly account: string;
  /** As the reference names it; null when only an account number was written, or its end says nothing. */
  readonly instalment: string | null;
  readonly slip: Slip;
  /** The reference's own check digits hold for it too: two keys of 97 agree. */
  readonly keyHolds: boolean;
}

const reference = /^RF(\d{2})(\d{12,13})(\d{4})(\d{2}|[QR]\d)$/;
const bare = /^\d{12,13}$/;

/** Accounts that a reference, or a number, of ours may mean with one slip of the pen; those on which both keys agree first. Whether anybody has them is not said. */
export function nearAccounts(written: string): NearAccount[] {
  const compact = written.replace(/[\s.-]/g, '').toUpperCase();
  const [, key = '', ofReference = '', year = '', part = ''] = reference.exec(compact) ?? [];
  const digits = ofReference === '' ? (bare.exec(compact)?.[0] ?? '') : ofReference;
  if (digits === '') return [];
  const instalment = year === '' ? null : `${year}-${part}`;
  const found = new Map<string, NearAccount>();
  for (const { text, slip } of variants(digits)) {
    if (found.has(text) || !AccountNumber.check(text)) continue;
    const keyHolds = instalment !== null && paymentReferenceOf({ account: text, instalment }).slice(2, 4) === key;
    found.set(text, { account: text, instalment, slip, keyHolds });
  }
  return [...found.values()].sort((a, b) => Number(b.keyHolds) - Number(a.keyHolds) || slips.indexOf(a.slip) - slips.indexOf(b.slip));
}

function* variants(digits: string): Generator<{ text: string; slip: Slip }> {
  if (digits.length === 13) {
    yield { text: digits, slip: 'key' };
    for (let at = 0; at < 13; at += 1)
      for (let digit = 0; digit < 10; digit += 1)
        yield { text: digits.slice(0, at) + String(digit) + digits.slice(at + 1), slip: 'one-digit' };
    for (let at = 0; at < 12; at += 1)
      yield { text: digits.slice(0, at) + (digits[at + 1] ?? '') + (digits[at] ?? '') + digits.slice(at + 2), slip: 'two-swapped' };
  } else {
    for (let at = 0; at <= 12; at += 1)
      for (let digit = 0; digit < 10; digit += 1)
        yield { text: digits.slice(0, at) + String(digit) + digits.slice(at), slip: 'one-dropped' };
  }
}
