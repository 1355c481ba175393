import { faultsOf, isObject, lineFields, said, type Field, type FieldFault, type SeriesHeader, type SeriesTrailer } from '@isu/chassis';
import { regimes, spouseOptions, type Regime, type SpouseOption } from '@isu/contracts';
import { legalFormCodes, type LegalForm } from '../businesses/legal-form.js';
import { endCauses, type EndCause } from '../endings/ending.js';
import { registers, type Register } from '../situations/activity.js';
import { bonds, type SpouseDemand } from '../spouses/spouse.js';

/* The lines of a file of a formalities centre, field by field (docs/cfe-files.md). */

export interface CfeHeader extends SeriesHeader {
  readonly format: 'isu-cfe/1';
  /** The centre, by a short name of its own: `cma-93`, `urssaf-idf`. */
  readonly centre: string;
  readonly createdAt: string;
}

interface Formality {
  /** The centre's own: with its name, the identity of the formality for ever. */
  readonly reference: string;
  /** Of the person whom it is about. */
  readonly nir: string;
}

export interface Creation extends Formality {
  readonly type: 'creation';
  readonly familyName: string;
  readonly givenNames: string;
  readonly birthDate: string;
  readonly register: Register;
  readonly regime: Regime;
  readonly startedOn: string;
  readonly department: string;
  readonly email?: string;
  readonly phone?: string;
  readonly address?: string;
  readonly siret?: string;
  readonly activity?: string;
  readonly naf?: string;
}

export interface Modification extends Formality {
  readonly type: 'modification';
  readonly from: string;
  readonly register?: Register;
  readonly regime?: Regime;
  readonly department?: string;
  readonly email?: string;
  readonly phone?: string;
  readonly address?: string;
}

export interface EstablishmentOpening extends Formality {
  readonly type: 'establishment-opening';
  readonly siret: string;
  readonly openedOn: string;
  readonly naf?: string;
  readonly main?: boolean;
  readonly legalForm?: LegalForm;
}

export interface EstablishmentTransfer extends Formality {
  readonly type: 'establishment-transfer';
  readonly fromSiret: string;
  readonly toSiret: string;
  readonly on: string;
  readonly naf?: string;
}

export interface EstablishmentClosing extends Formality {
  readonly type: 'establishment-closing';
  readonly siret: string;
  readonly on: string;
}

export interface Cessation extends Formality {
  readonly type: 'cessation';
  readonly on: string;
  readonly cause: EndCause;
}

export interface SpouseEntry extends Formality {
  readonly type: 'spouse';
  readonly spouseNir: string;
  readonly bond: SpouseDemand['bond'];
  readonly employees: number;
  readonly from: string;
  readonly option?: SpouseOption;
}

export interface AcreFiling extends Formality {
  readonly type: 'acre-request';
  readonly complete: boolean;
}

/** What a person has declared at the centre. */
export type CfeEvent =
  | Creation
  | Modification
  | EstablishmentOpening
  | EstablishmentTransfer
  | EstablishmentClosing
  | Cessation
  | SpouseEntry
  | AcreFiling;

const { day, digest, digestOrNull, flag, instant, oneOf, optional, text, whole } = lineFields;

const highestNumber = 999_999_999;
export const centreForm = /^[a-z][a-z0-9-]{1,30}$/;
const centre: Field = {
  code: 'centre-malformed',
  accepted: 'le nom court du centre : 2 à 31 lettres minuscules, chiffres et tirets',
  holds: (value) => typeof value === 'string' && centreForm.test(value),
};

// Numbers and codes are any short text here: a wrong key refuses its line, not the formalities of everybody else in the file.
const formality = { reference: text(40), nir: text(21) };
const siret = text(20);
const contact = { email: optional(text(254)), phone: optional(text(20)), address: optional(text(250)) };

const shapes = {
  header: {
    ...{ type: oneOf(['header']), format: oneOf(['isu-cfe/1']), centre, number: whole(1, highestNumber) },
    ...{ businessDate: day, previousDigest: digestOrNull, createdAt: instant },
  } satisfies Record<keyof CfeHeader, Field>,
  creation: {
    ...{ ...formality, type: oneOf(['creation']), familyName: text(80), givenNames: text(120), birthDate: day },
    ...{ register: oneOf(registers), regime: oneOf(regimes), startedOn: day, department: text(3), ...contact },
    ...{ siret: optional(siret), activity: optional(text(120)), naf: optional(text(8)) },
  } satisfies Record<keyof Creation, Field>,
  modification: {
    ...{ ...formality, type: oneOf(['modification']), from: day, register: optional(oneOf(registers)) },
    ...{ regime: optional(oneOf(regimes)), department: optional(text(3)), ...contact },
  } satisfies Record<keyof Modification, Field>,
  'establishment-opening': {
    ...{ ...formality, type: oneOf(['establishment-opening']), siret, openedOn: day, naf: optional(text(8)) },
    ...{ main: optional(flag), legalForm: optional(oneOf(legalFormCodes)) },
  } satisfies Record<keyof EstablishmentOpening, Field>,
  'establishment-transfer': {
    ...{ ...formality, type: oneOf(['establishment-transfer']), fromSiret: siret, toSiret: siret, on: day, naf: optional(text(8)) },
  } satisfies Record<keyof EstablishmentTransfer, Field>,
  'establishment-closing': {
    ...{ ...formality, type: oneOf(['establishment-closing']), siret, on: day },
  } satisfies Record<keyof EstablishmentClosing, Field>,
  cessation: {
    ...{ ...formality, type: oneOf(['cessation']), on: day, cause: oneOf(endCauses) },
  } satisfies Record<keyof Cessation, Field>,
  spouse: {
    ...{ ...formality, type: oneOf(['spouse']), spouseNir: text(21), bond: oneOf(bonds), employees: whole(0, 99_999), from: day },
    option: optional(oneOf(spouseOptions)),
  } satisfies Record<keyof SpouseEntry, Field>,
  'acre-request': { ...formality, type: oneOf(['acre-request']), complete: flag } satisfies Record<keyof AcreFiling, Field>,
  trailer: { type: oneOf(['trailer']), count: whole(0, highestNumber), digest } satisfies Record<keyof SeriesTrailer, Field>,
} as const;

const types = Object.keys(shapes) as (keyof typeof shapes)[];
export const cfeEvents = types.filter((type): type is CfeEvent['type'] => type !== 'header' && type !== 'trailer');

/** The line, or all that is wrong with its form. */
export function checkCfeLine(value: unknown): CfeHeader | CfeEvent | SeriesTrailer | readonly FieldFault[] {
  if (!isObject(value)) return [{ field: '', code: 'line-not-an-object', accepted: 'un objet JSON par ligne' }];
  const type = types.find((one) => one === value['type']);
  if (type === undefined) return [{ field: 'type', ...said(oneOf(types)) }];
  const faults = faultsOf(value, shapes[type]);
  return faults.length === 0 ? (value as unknown as CfeHeader | CfeEvent | SeriesTrailer) : faults;
}
