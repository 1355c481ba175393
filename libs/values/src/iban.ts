import { validateIBAN, ValidationErrorsIBAN } from 'ibantools';
import { InvalidValue, textOfForm } from './invalid-value.js';
import { inGroups, NARROW_SPACE, withoutSeparators } from './typography.js';

const accepted = 'un IBAN complet, sans espace, par exemple « FR76 » suivi de 23 caractères';
const form = /^[A-Z]{2}\d{2}[A-Z0-9]{11,30}$/;

/** International bank account number: the country's length and form, the key of ISO 13616, and the national key where there is one (RIB). */
export class Iban {
  declare private readonly nominal: 'Iban';

  private constructor(private readonly characters: string) {}

  static of(text: string): Iban {
    const iban = textOfForm(text, form, { code: 'iban-malformed', accepted });
    const { valid, errorCodes } = validateIBAN(iban);
    if (!valid) throw refused(errorCodes);
    return new Iban(iban);
  }

  /** What a person typed: spaces, dots and dashes do not count, nor does the case. */
  static typed(text: string): Iban {
    return Iban.of(withoutSeparators(text));
  }

  get country(): string {
    return this.characters.slice(0, 2);
  }

  equals(other: Iban): boolean {
    return this.characters === other.characters;
  }

  toString(): string {
    return this.characters;
  }

  toJSON(): string {
    return this.characters;
  }

  /** `FR76 3000 6000 0112 3456 7890 189`: for its holder only. */
  print(): string {
    return inGroups(this.characters, 4);
  }

  /** `FR76 •••• … 189`: enough for the holder to recognise it, useless to anybody else. */
  masked(): string {
    return [this.characters.slice(0, 4), '••••', '…', this.characters.slice(-3)].join(NARROW_SPACE);
  }
}

function refused(errors: readonly ValidationErrorsIBAN[]): InvalidValue {
  if (errors.includes(ValidationErrorsIBAN.NoIBANCountry))
    return new InvalidValue('iban-country-unknown', `${accepted} ; vérifiez les deux premières lettres`);
  const hasCountryForm = !errors.includes(ValidationErrorsIBAN.WrongBBANLength) && !errors.includes(ValidationErrorsIBAN.WrongBBANFormat);
  return new InvalidValue(hasCountryForm ? 'iban-key-wrong' : 'iban-malformed', `${accepted} ; vérifiez chaque caractère`);
}
