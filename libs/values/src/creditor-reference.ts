import { AccountNumber } from './account-number.js';
import { assert } from './assert.js';
import { InvalidValue, textOfForm } from './invalid-value.js';
import { inGroups, withoutSeparators } from './typography.js';

const accepted = 'la référence de paiement imprimée sur l’avis : « RF », deux chiffres, puis 1 à 21 lettres ou chiffres';
const form = /^RF\d{2}[A-Z0-9]{1,21}$/;
const ACCOUNT_LENGTH = 13;

/**
 * The payment reference of ISO 11649 that a notice prints and a transfer carries back: made of the account and of the instalment, with two
 * check digits, so that money finds its debt without anybody's help.
 */
export class CreditorReference {
  declare private readonly nominal: 'CreditorReference';

  private constructor(private readonly characters: string) {}

  static of(text: string): CreditorReference {
    const reference = textOfForm(text, form, { code: 'creditor-reference-malformed', accepted });
    if (remainderBy97(reference) !== 1) {
      throw new InvalidValue('creditor-reference-key-wrong', `${accepted} ; vérifiez chaque caractère`);
    }
    return new CreditorReference(reference);
  }

  /** What a person typed or a bank regrouped: spaces, dots and dashes do not count, nor does the case. */
  static typed(text: string): CreditorReference {
    return CreditorReference.of(withoutSeparators(text));
  }

  /** The instalment text is one to eight capitals and digits, which leaves the thirteen digits of the account their place. */
  static make(account: AccountNumber, instalment: string): CreditorReference {
    assert(/^[A-Z0-9]{1,8}$/.test(instalment), 'the instalment in a payment reference is one to eight capitals and digits');
    const body = `${account.toString()}${instalment}`;
    const check = 98 - remainderBy97(`RF00${body}`);
    return new CreditorReference(`RF${String(check).padStart(2, '0')}${body}`);
  }

  /** Whether a text is a creditor reference, for a bank line that may carry anything. */
  static check(text: string): boolean {
    return typeof text === 'string' && form.test(text) && remainderBy97(text) === 1;
  }

  /** The account it was made for; none when the reference is not one of ours. */
  get account(): AccountNumber | undefined {
    const text = this.characters.slice(4, 4 + ACCOUNT_LENGTH);
    return this.instalment !== '' && AccountNumber.check(text) ? AccountNumber.of(text) : undefined;
  }

  /** What follows the account. */
  get instalment(): string {
    return this.characters.slice(4 + ACCOUNT_LENGTH);
  }

  equals(other: CreditorReference): boolean {
    return this.characters === other.characters;
  }

  toString(): string {
    return this.characters;
  }

  toJSON(): string {
    return this.characters;
  }

  /** `RF18 5390 0754 7034`: groups of four, as the norm prints it. */
  print(): string {
    return inGroups(this.characters, 4);
  }
}

/** ISO 7064 mod 97-10: the first four characters go last, a letter counts as its rank plus nine (A is 10, Z is 35). */
function remainderBy97(reference: string): number {
  let remainder = 0;
  for (const character of reference.slice(4) + reference.slice(0, 4)) {
    const value = parseInt(character, 36);
    remainder = (remainder * (value > 9 ? 100 : 10) + value) % 97;
  }
  return remainder;
}
