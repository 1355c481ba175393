import { InvalidValue, textOfForm } from './invalid-value.js';
import { hasLuhnKey, Siren } from './siren.js';
import { inGroups, withoutSeparators } from './typography.js';

const accepted = 'un numéro SIRET de 14 chiffres : le SIREN (9) puis le NIC (5), par exemple « 73282932000074 »';
const form = /^(?!0{9})\d{14}$/;
const laPoste = '356000000';

/** The number of an establishment: the SIREN of its business and five digits, closed by Luhn's key over the fourteen. */
export class Siret {
  declare private readonly nominal: 'Siret';

  private constructor(private readonly digits: string) {}

  static of(text: string): Siret {
    const digits = textOfForm(text, form, { code: 'siret-malformed', accepted });
    if (!hasLuhnKey(digits.slice(0, 9)) || !hasEstablishmentKey(digits)) {
      throw new InvalidValue('siret-key-wrong', `${accepted} ; vérifiez chaque chiffre`);
    }
    return new Siret(digits);
  }

  /** What a person typed: spaces, dots and dashes do not count. */
  static typed(text: string): Siret {
    return Siret.of(withoutSeparators(text));
  }

  get siren(): Siren {
    return Siren.of(this.digits.slice(0, 9));
  }

  equals(other: Siret): boolean {
    return this.digits === other.digits;
  }

  toString(): string {
    return this.digits;
  }

  toJSON(): string {
    return this.digits;
  }

  /** `732 829 320 00074`. */
  print(): string {
    return inGroups(this.digits, 3, 3, 3, 5);
  }
}

/** La Poste has more establishments than Luhn's key leaves it: there, a sum of digits that is a multiple of five will do. */
function hasEstablishmentKey(digits: string): boolean {
  if (hasLuhnKey(digits)) return true;
  if (!digits.startsWith(laPoste)) return false;
  return [...digits].reduce((sum, digit) => sum + Number(digit), 0) % 5 === 0;
}
