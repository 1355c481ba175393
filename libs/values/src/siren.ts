import { InvalidValue, textOfForm } from './invalid-value.js';
import { inGroups, withoutSeparators } from './typography.js';

const accepted = 'un numéro SIREN de 9 chiffres, par exemple « 732829320 »';
const form = /^(?!0+$)\d{9}$/;

/** The number of a business in the Sirene directory, closed by Luhn's key. */
export class Siren {
  declare private readonly nominal: 'Siren';

  private constructor(private readonly digits: string) {}

  static of(text: string): Siren {
    const digits = textOfForm(text, form, { code: 'siren-malformed', accepted });
    if (!hasLuhnKey(digits)) throw new InvalidValue('siren-key-wrong', `${accepted} ; vérifiez chaque chiffre`);
    return new Siren(digits);
  }

  /** What a person typed: spaces, dots and dashes do not count. */
  static typed(text: string): Siren {
    return Siren.of(withoutSeparators(text));
  }

  equals(other: Siren): boolean {
    return this.digits === other.digits;
  }

  toString(): string {
    return this.digits;
  }

  toJSON(): string {
    return this.digits;
  }

  /** `732 829 320`. */
  print(): string {
    return inGroups(this.digits, 3);
  }
}

/** Luhn: every second digit from the right is doubled (less 9 above 9), and the sum is a multiple of ten. */
export function hasLuhnKey(digits: string): boolean {
  let sum = 0;
  for (let fromRight = 0; fromRight < digits.length; fromRight += 1) {
    const weighted = Number(digits[digits.length - 1 - fromRight]) * (fromRight % 2 === 0 ? 1 : 2);
    sum += weighted > 9 ? weighted - 9 : weighted;
  }
  return sum % 10 === 0;
}
