import { assert } from './assert.js';
import { InvalidValue, textOfForm } from './invalid-value.js';
import { inGroups, withoutSeparators } from './typography.js';

const accepted = 'un numéro de compte de 13 chiffres : caisse (2), numéro d’ordre (9), clé (2)';
const form = /^\d{13}$/;

/** The number of an account: fund code, sequence, key (97 minus the remainder by 97 of the first eleven digits). The key of every fact. */
export class AccountNumber {
  declare private readonly nominal: 'AccountNumber';

  private constructor(private readonly digits: string) {}

  static of(text: string): AccountNumber {
    const digits = textOfForm(text, form, { code: 'account-number-malformed', accepted });
    if (!AccountNumber.check(digits)) throw new InvalidValue('account-number-key-wrong', `${accepted} ; vérifiez chaque chiffre`);
    return new AccountNumber(digits);
  }

  /** Whether a text is an account number, for a line that may carry anything. */
  static check(text: string): boolean {
    return typeof text === 'string' && form.test(text) && keyOf(text.slice(0, 11)) === text.slice(11);
  }

  /** What a person typed: spaces, dots and dashes do not count. */
  static typed(text: string): AccountNumber {
    return AccountNumber.of(withoutSeparators(text));
  }

  /** The number of a new account, from the two digits of its fund and its rank there. */
  static make(fund: string, sequence: number): AccountNumber {
    assert(/^\d{2}$/.test(fund), 'a fund code has two digits');
    assert(Number.isInteger(sequence) && sequence >= 0 && sequence <= 999_999_999, 'the sequence of an account has at most nine digits');
    const body = `${fund}${String(sequence).padStart(9, '0')}`;
    return new AccountNumber(`${body}${keyOf(body)}`);
  }

  get fund(): string {
    return this.digits.slice(0, 2);
  }

  compare(other: AccountNumber): -1 | 0 | 1 {
    if (this.digits === other.digits) return 0;
    return this.digits < other.digits ? -1 : 1;
  }

  equals(other: AccountNumber): boolean {
    return this.digits === other.digits;
  }

  toString(): string {
    return this.digits;
  }

  toJSON(): string {
    return this.digits;
  }

  /** `13 000012345 17`. */
  print(): string {
    return inGroups(this.digits, 2, 9, 2);
  }
}

function keyOf(body: string): string {
  return String(97 - (Number(body) % 97)).padStart(2, '0');
}
