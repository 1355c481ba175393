import { IsIn, IsInt, Max, Min } from 'class-validator';
import { IsCode, IsDay, Optional } from './fields.js';

/** Professional groups (groupes professionnels). The register of the business decides, never the NAF code. */
export const groups = ['artisan', 'commercant', 'profession-liberale'] as const;
export type Group = (typeof groups)[number];

/** How contributions are reckoned; a micro-entrepreneur keeps their group. */
export const regimes = ['common', 'micro-social'] as const;
export type Regime = (typeof regimes)[number];

/** The caisses of 2016: 26 regional, 2 overseas, 29 for the liberal professions. Demonstration codes. */
export const fundCodes = Array.from({ length: 29 }, (_, index) => String(index + 1).padStart(2, '0'));

/** A person is insured and has an account number. The first words about an account: affiliation, seq 1. */
export class Registered {
  @IsIn(groups) group!: Group;
  @IsIn(regimes) regime!: Regime;
  /** First day of the activity. */
  @IsDay() startedOn!: string;
  /** Code of the caisse. */
  @IsIn(fundCodes) fund!: string;
  /** Needed for rights that depend on age; the birth date itself stays in affiliation. */
  @Optional() @IsInt() @Min(1880) @Max(2100) birthYear?: number;
}

/** The bank details were changed; the IBAN stays in affiliation, readers learn that there is a new version. */
export class BankDetailsChanged {
  @IsInt() @Min(1) version!: number;
}

/** The group, the regime or a flag changed from a day on. */
export class StatusChanged {
  @IsIn(groups) group!: Group;
  @IsIn(regimes) regime!: Regime;
  @IsDay() from!: string;
}

/** The activity ended (radiation). */
export class Ended {
  @IsDay() on!: string;
  @IsCode() cause!: string;
}

export const affiliationFacts = {
  'affiliation.registered.v1': Registered,
  'affiliation.bank-details-changed.v1': BankDetailsChanged,
  'affiliation.status-changed.v1': StatusChanged,
  'affiliation.ended.v1': Ended,
} as const;
