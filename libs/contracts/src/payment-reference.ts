import { AccountNumber, CreditorReference } from '@isu/values';
import { instalmentPattern } from './fields.js';

/** What a payment reference says: the account, and the instalment that the payer means to pay. */
export interface PaymentReference {
  readonly account: string;
  readonly instalment: string;
}

/**
 * The ISO 11649 reference printed on the notice of an instalment, which the payer's bank carries back: `RF`, two check
 * digits, the account number and the instalment without its dash.
 */
export const paymentReferenceOf = ({ account, instalment }: PaymentReference): string =>
  CreditorReference.make(AccountNumber.of(account), instalment.replace('-', '')).toString();

/** Reads such a reference, blanks and lower case allowed; null when it is none of ours or one of its keys is wrong. */
export function readPaymentReference(text: string): PaymentReference | null {
  const compact = text.replace(/\s/g, '').toUpperCase();
  if (!CreditorReference.check(compact)) return null;
  const reference = CreditorReference.of(compact);
  const instalment = `${reference.instalment.slice(0, 4)}-${reference.instalment.slice(4)}`;
  if (!reference.account || !instalmentPattern.test(instalment)) return null;
  return { account: reference.account.toString(), instalment };
}
