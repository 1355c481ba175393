import { InvalidValue, textOfForm } from './invalid-value.js';
import { inGroups, withoutSeparators } from './typography.js';

const accepted =
  'un numéro de sécurité sociale de 15 caractères (13, puis la clé de 2 chiffres), par exemple « 1 84 12 76 451 089 » suivi de sa clé';
const form = /^[123478]\d{4}(?:\d{2}|2[AB])\d{8}$/;

/**
 * Numéro d'inscription au répertoire des personnes physiques: sex, year, month, department, commune, rank, and a key.
 * A certified number begins with 1 or 2; a provisional one with 7 or 8 (while the national directory certifies), 3 or 4 (being registered).
 * No birth date is derived from it: months beyond 12 are legitimate for incomplete or foreign civil status.
 */
export class Nir {
  declare private readonly nominal: 'Nir';

  private constructor(private readonly characters: string) {}

  static of(text: string): Nir {
    const nir = textOfForm(text, form, { code: 'nir-malformed', accepted });
    if (!isMonth(Number(nir.slice(3, 5)))) throw new InvalidValue('nir-month-wrong', accepted);
    if (!isDepartment(nir.slice(5, 7), Number(nir.slice(1, 3)))) throw new InvalidValue('nir-department-wrong', accepted);
    if (keyOf(nir) !== Number(nir.slice(13))) throw new InvalidValue('nir-key-wrong', `${accepted} ; vérifiez chaque caractère`);
    return new Nir(nir);
  }

  /** What a person typed: spaces, dots and dashes do not count, nor does the case of 2A and 2B. */
  static typed(text: string): Nir {
    return Nir.of(withoutSeparators(text));
  }

  /** Waiting for the number that the national directory will certify. */
  get isProvisional(): boolean {
    return !/^[12]/.test(this.characters);
  }

  equals(other: Nir): boolean {
    return this.characters === other.characters;
  }

  toString(): string {
    return this.characters;
  }

  toJSON(): string {
    return this.characters;
  }

  /** `2 95 10 99 126 111 93`. */
  print(): string {
    return inGroups(this.characters, 1, 2, 2, 2, 3, 3, 2);
  }
}

/** 97 minus the remainder by 97 of the first thirteen, in which 2A is read 19 and 2B 18. */
function keyOf(nir: string): number {
  return 97 - (Number(nir.slice(0, 13).replace('2A', '19').replace('2B', '18')) % 97);
}

function isMonth(month: number): boolean {
  return (month >= 1 && month <= 12) || month === 20 || (month >= 30 && month <= 42) || month >= 50;
}

/** Corsica was department 20 for the births before 1976; the two digits of the year cannot tell 1916 from 2016, so both pass. */
function isDepartment(department: string, yearOfCentury: number): boolean {
  if (department === '00') return false;
  return department !== '20' || yearOfCentury < 76;
}
