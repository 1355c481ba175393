import type { Group } from '@isu/contracts';
import type { AccountNumber, Nir, Siret } from '@isu/values';
import { fundOfCode } from '../funds/fund.js';

/** By what a person is looked for. */
export type Criterion =
  | { readonly by: 'nir'; readonly nir: Nir }
  | { readonly by: 'siret'; readonly siret: Siret }
  | { readonly by: 'account'; readonly account: AccountNumber }
  | { readonly by: 'name'; readonly familyName: string; readonly givenNames: string | undefined };

/** Enough to tell who is meant, and to open the right account. */
export interface FoundPerson {
  readonly account: string;
  readonly displayName: string;
  readonly birthYear: number;
  readonly fund: string;
  readonly fundName: string;
  readonly group: Group;
}

/** As many as a desk can look through. When there are more, the search must say more. */
export const mostFound = 20;

export interface SearchAnswer {
  readonly found: readonly FoundPerson[];
  readonly more: boolean;
}

interface Known {
  readonly account: string;
  readonly fund: string;
  readonly group: Group;
}

interface Named {
  readonly familyName: string;
  readonly givenNames: string;
  readonly birthDate: string;
}

export const foundPerson = ({ account, fund, group }: Known, { familyName, givenNames, birthDate }: Named): FoundPerson => ({
  account,
  displayName: `${givenNames} ${familyName}`,
  birthYear: Number(birthDate.slice(0, 4)),
  fund,
  fundName: fundOfCode(fund)?.name ?? '',
  group,
});
