import { draft, type FactDraft, type Group, type Regime } from '@isu/contracts';
import type { AccountNumber, Day, Nir } from '@isu/values';
import { checkNaf } from '../businesses/naf.js';
import { fundFor, fundOfCode } from '../funds/fund.js';
import { refuse } from '../refusals.js';

/** What identifies a person: never leaves this service but masked, or to one who must know (I9). */
export interface Identity {
  readonly familyName: string;
  readonly givenNames: string;
  readonly birthDate: string;
  readonly email: string | null;
  readonly phone: string | null;
  readonly address: string | null;
}

export const phoneForm = /^\+?\d[\d ]{5,18}\d$/;
export const phoneWords = 'un numéro de téléphone, de 7 à 20 chiffres et espaces';

/** Where the identity of a person is sealed; bound into what is sealed. */
export const identityPlace = { table: 'insured_person', column: 'identity_sealed' };
export const nirPlace = { table: 'insured_person', column: 'nir_sealed' };

/** Identity as it may be shown to the one who asks: the two numbers in clear or masked. */
export interface ShownIdentity extends Identity {
  readonly account: string;
  readonly nir: string;
  readonly iban: string | null;
}

/** What the person does for a living, as affiliation was told (F13). */
export interface Profession {
  readonly siret: string | null;
  /** In the person's own words. */
  readonly activity: string | null;
  readonly naf: string | null;
}

/** An insured person as every agent of their region may see them: the shape of the row, nothing that identifies. */
export interface InsuredPerson extends Profession {
  readonly account: string;
  readonly group: Group;
  readonly regime: Regime;
  readonly fund: string;
  readonly department: string;
  readonly startedOn: string;
  readonly nirStatus: 'certified' | 'provisional';
  readonly bankDetailsVersion: number | null;
  readonly registeredAt: string;
  /** The account under which everything goes on, where this one was a second one of the same person (S3). */
  readonly mergedInto: string | null;
}

/** What is shown of an insured person: the row, and the name of their caisse (F13). */
export interface PersonCard extends InsuredPerson {
  readonly fundName: string;
}

export const cardOf = (person: InsuredPerson): PersonCard => ({ ...person, fundName: fundOfCode(person.fund)?.name ?? '' });

export interface RegisterPerson {
  readonly nir: Nir;
  readonly identity: Identity;
  readonly birthDate: Day;
  readonly profession: Profession;
  readonly group: Group;
  readonly regime: Regime;
  readonly startedOn: Day;
  readonly department: string;
  readonly fund: string;
}

/** Nobody works on their own account before this age. Code civil, art. 413-8 (emancipated minor), as the widest reading. */
const youngestYears = 16;

/** The caisse of the person, or why the demand cannot be: wrong caisse, unknown department, impossible start. */
export function checkRegistration(demand: RegisterPerson, today: Day): void {
  checkNaf(demand.profession.naf);
  const fund = fundFor(demand.group, demand.department);
  if (!fund) throw refuse('unknown-department');
  if (fund.code !== demand.fund) throw refuse('fund-not-for-person', { expected: `${fund.code} (${fund.name})` });
  if (demand.startedOn.isBefore(demand.birthDate.plusYears(youngestYears))) throw refuse('start-before-birth');
  const latest = today.plusYears(1);
  if (demand.startedOn.isAfter(latest)) throw refuse('start-too-far', { latest: latest.print() });
}

/** The first words about the account. */
export const registered = (account: AccountNumber, demand: RegisterPerson, correlation: string): FactDraft =>
  draft({
    stream: account.toString(),
    type: 'affiliation.registered.v1',
    effectiveOn: demand.startedOn.iso,
    correlation,
    data: {
      group: demand.group,
      regime: demand.regime,
      startedOn: demand.startedOn.iso,
      fund: demand.fund,
      birthYear: demand.birthDate.year,
    },
  });

/** `2 95 10 ●● ●●● ●●● ●●`: enough to recognise one's own, not enough to be anybody's. */
export const maskedNir = (nir: string): string => `${nir.slice(0, 1)} ${nir.slice(1, 3)} ${nir.slice(3, 5)} ●● ●●● ●●● ●●`;
