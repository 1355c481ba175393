import type { Situation } from './file.js';
import type { Page, Part } from './parts.js';

/** `GET my/family`, `GET desk/accounts/:account/family`. */
export type FamilyPage = Page<{
  readonly household: Part<readonly Dependant[]>;
  readonly spouses: Part<readonly Spouse[]>;
  readonly situation: Part<Situation>;
}>;

/* As affiliation answers. */

export interface Dependant {
  readonly id: string;
  readonly familyName: string;
  readonly givenNames: string;
  readonly birthDate: string;
  readonly reason: 'child' | 'adult-before-2016';
  readonly from: string;
  readonly until: string;
}

export interface Spouse {
  readonly spouseAccount: string;
  readonly from: string;
  readonly to: string | null;
  readonly options: readonly SpouseOptionChosen[];
}

/** What is called for the spouse is called on the account of the head. */
export interface Collaboration {
  readonly headAccount: string;
  readonly from: string;
  readonly to: string | null;
  readonly options: readonly SpouseOptionChosen[];
}

/** A base of contributions, from its day on. */
export interface SpouseOptionChosen {
  readonly option: string;
  readonly from: string;
}
