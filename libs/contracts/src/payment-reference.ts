import { CreditorReference } from '@isu/values';
import { instalmentPattern } from './fields.js';

/** What a payment reference says: the account, and the instalment that the payer means to pay. */
export interface PaymentReference {
  readonly account: string;
  readonly instalment: string;
}

/**
 * The ISO 11649 reference printed on the notice of an instalment, which the payer's bank carries back: `RF` and a key,
 * the account number, the year and the instalment (`RF..13000012345072016 05` without the blank).
 */
export function paymentReferenceOf({ account, instalment }: PaymentReference): string {
  return CreditorReference.make(`${account}${instalment.replace('-', '')}`).toString();
}

/** Reads such a reference, blanks and lower case allowed; null when it is none of ours or its key is wrong. */
export function readPaymentReference(text: string): PaymentReference | null {
  const compact = text.replace(/\s/g, '').toUpperCase();
  const parts = /^RF\d{2}(\d{13})(\d{4})([0-9A-Z]{2})$/.exec(compact);
  if (!parts) return null;
  const [, account = '', year = '', rank = ''] = parts;
  const instalment = `${year}-${rank}`;
  if (!instalmentPattern.test(instalment)) return null;
  try {
    CreditorReference.of(compact);
    return { account, instalment };
  } catch {
    return null;
  }
}
