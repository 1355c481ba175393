import { getMetadataStorage, type ValidationError } from 'class-validator';
import type { FieldError } from '../problems/problem.js';
import { lineConstraint, valueConstraint, whyUnmade } from './value-fields.js';

type Words = (constraints: readonly unknown[]) => string;

/** What would be accepted, for the constraints of class-validator that request classes use. */
const words: Readonly<Record<string, Words>> = {
  [lineConstraint]: ([min, max]) => `une ligne de texte de ${String(min)} à ${String(max)} caractères visibles`,
  arrayMaxSize: ([max]) => `au plus ${String(max)} éléments`,
  arrayMinSize: ([min]) => `au moins ${String(min)} éléments`,
  arrayNotEmpty: () => 'au moins un élément',
  arrayUnique: () => 'des éléments tous différents',
  isArray: () => 'une liste',
  isBoolean: () => 'true ou false',
  isBooleanString: () => '« true » ou « false »',
  isDefined: () => 'une valeur : ce champ est obligatoire',
  isEmail: () => 'une adresse électronique',
  isEnum: ([, values]) => oneOf(values),
  isIn: ([values]) => oneOf(values),
  isInt: () => 'un nombre entier',
  isNotEmpty: () => 'une valeur : ce champ est obligatoire',
  isNumberString: () => 'des chiffres',
  isObject: () => 'un objet',
  isString: () => 'un texte entre guillemets',
  isUuid: () => 'un UUID',
  length: ([min, max]) => `de ${String(min)} à ${String(max)} caractères`,
  matches: ([pattern]) => `la forme ${String(pattern)}`,
  max: ([max]) => `au plus ${String(max)}`,
  maxLength: ([max]) => `au plus ${String(max)} caractères`,
  min: ([min]) => `au moins ${String(min)}`,
  minLength: ([min]) => `au moins ${String(min)} caractères`,
  nestedValidation: () => 'un objet de la forme décrite par la documentation',
  unknownValue: () => 'un objet de la forme décrite par la documentation',
  whitelistValidation: () => 'aucun champ de ce nom',
};

const oneOf = (values: unknown): string => `l’une des valeurs : ${(Array.isArray(values) ? values : []).join(', ')}`;
const kebab = (name: string): string => name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);

/** Every wrong field, by path, with what would be accepted: the first constraint that it breaks. */
export function fieldErrors(errors: readonly ValidationError[], prefix = ''): FieldError[] {
  return errors.flatMap((error) => {
    const property = nameOf(error);
    const field = `${prefix}${property}`;
    if (error.children?.length) return fieldErrors(error.children, `${field}.`);
    const constraint = Object.keys(error.constraints ?? {})[0] ?? 'unknownValue';
    const unmade = constraint === valueConstraint ? whyUnmade(error.value) : undefined;
    return [{ field, code: unmade?.code ?? kebab(constraint), accepted: unmade?.accepted ?? acceptedBy(error, constraint) }];
  });
}

/**
 * The name of a field that we do not know is itself something that was sent: it is said back only if it is letters. A NIR, an
 * IBAN or a token that somebody put in the place of a name holds digits.
 */
function nameOf({ property, constraints = {} }: ValidationError): string {
  const isOurs = !('whitelistValidation' in constraints) && /^[A-Za-z0-9_-]{1,60}$/.test(property ?? '');
  return isOurs || /^[A-Za-z_-]{1,40}$/.test(property ?? '') ? property : '(nom de champ inconnu)';
}

/** A decorator's own French message wins (`@Matches(pattern, { message: 'un code postal' })`); else our words for its constraint. */
function acceptedBy(error: ValidationError, constraint: string): string {
  const metadata =
    error.target === undefined
      ? []
      : getMetadataStorage()
          .getTargetValidationMetadatas(error.target.constructor, '', false, false)
          .filter(({ propertyName }) => propertyName === error.property);
  const found = metadata.find(({ name, type }) => name === constraint || type === constraint);
  if (typeof found?.message === 'string') return found.message;
  if (constraint === valueConstraint) return words['isDefined']?.([]) ?? '';
  return words[constraint]?.((found?.constraints ?? []) as readonly unknown[]) ?? 'une valeur de la forme décrite par la documentation';
}
