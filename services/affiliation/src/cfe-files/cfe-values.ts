import { Refusal } from '@isu/chassis';
import { InvalidValue, Nir, Siret } from '@isu/values';
import { isEmail } from 'class-validator';
import { nafForm, nafWords } from '../businesses/naf.js';
import { departmentForm, departmentWords } from '../funds/fund.js';
import { phoneForm, phoneWords } from '../insured-persons/insured-person.js';

/* What the route classes check of a request, checked of a line: the form of a file lets any short text through. */

const refused = (field: string, code: string, accepted: string): Refusal =>
  new Refusal({
    ...{ code, status: 422, title: 'Ligne refusée' },
    detail: `Le champ ${field} n’est pas recevable.`,
    errors: [{ field, code, accepted }],
  });

function made<V>(type: { of(text: string): V }, text: string, field: string): V {
  try {
    return type.of(text);
  } catch (error) {
    if (error instanceof InvalidValue) throw refused(field, error.code, error.accepted);
    throw error;
  }
}

export const nirOf = (text: string, field = 'nir'): Nir => made(Nir, text, field);
export const siretOf = (text: string, field = 'siret'): Siret => made(Siret, text, field);

const checks = {
  email: [(text: string) => isEmail(text), 'une adresse électronique'],
  phone: [(text: string) => phoneForm.test(text), phoneWords],
  department: [(text: string) => departmentForm.test(text), departmentWords],
  naf: [(text: string) => nafForm.test(text), nafWords],
} as const;

/** Refuses the line for the first of these fields that is there and not of its form. */
export function checkForms(line: Readonly<Partial<Record<keyof typeof checks, string>>>): void {
  for (const [field, [holds, accepted]] of Object.entries(checks)) {
    const text = line[field as keyof typeof checks];
    if (text !== undefined && !holds(text)) throw refused(field, `${field}-malformed`, accepted);
  }
}
