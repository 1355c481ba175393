import { ArrayMaxSize, ArrayMinSize, IsArray, IsBoolean, IsIn, IsInt, Matches, Max, Min } from 'class-validator';
import { accountPattern, IsCode, IsDay, IsDigest, IsLineOfText, IsRum, Optional } from './fields.js';

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
  /** Draws a pension of their own. */
  @Optional() @IsBoolean() pensioner?: boolean;
  /** Insured by another scheme as well. */
  @Optional() @IsBoolean() otherScheme?: boolean;
}

/** Another caisse holds the file from a day on. The account number and the ledger stay what they are. */
export class FundChanged {
  /** Code of the new caisse. */
  @IsIn(fundCodes) fund!: string;
  @IsDay() from!: string;
}

/** Address, e-mail or phone were corrected; they stay in affiliation, readers learn that there is a new version. */
export class ContactChanged {
  @IsInt() @Min(1) version!: number;
}

/** Establishments or activities changed: the list stays in affiliation. */
export class EstablishmentsChanged {
  @IsInt() @Min(1) version!: number;
}

/** The person allows direct debits (SEPA mandate). */
export class MandateSigned {
  /** Unique reference of the mandate (RUM). */
  @IsRum() rum!: string;
  @IsDay() signedOn!: string;
}

/** The mandate serves no more, from a day on. */
export class MandateRevoked {
  @IsRum() rum!: string;
  @IsDay() on!: string;
}

/** What the pensions of a collaborating spouse bear on (CSS D. 633-19-2); the names are those of the calculation. */
export const spouseOptions = ['third-of-pass', 'third-of-income', 'half-of-income', 'shared-third', 'shared-half'] as const;
export type SpouseOption = (typeof spouseOptions)[number];

/** A collaborating spouse (conjoint collaborateur) works with the head from a day on, or has another base option; said of the head's account. */
export class SpouseLinked {
  @Matches(accountPattern) spouseAccount!: string;
  @IsIn(spouseOptions) option!: SpouseOption;
  @IsDay() from!: string;
  /** Last day of the collaboration; absent while it goes on. */
  @Optional() @IsDay() to?: string;
}

/** Urssaf has decided on aid to business creators (ACCRE), or its silence has. */
export class AcreDecided {
  @IsIn(['granted', 'refused']) decision!: 'granted' | 'refused';
  /** First day of the exemption: the start of the activity. */
  @IsDay() from!: string;
}

/** The provisional NIR was replaced by the certified one; both stay in affiliation, and stay searchable. */
export class NirCertified {
  @IsDay() on!: string;
}

/** This account was a second one of the same person: everything about them goes on under the other. */
export class AccountMerged {
  @Matches(accountPattern) into!: string;
}

/** A file of a formalities centre (CFE) was taken in, and each of its lines has met its outcome. On the stream of the centre. */
export class CfeFileTaken {
  @IsInt() @Min(1) number!: number;
  @IsDigest() digest!: string;
  @IsInt() @Min(0) count!: number;
  @IsInt() @Min(0) applied!: number;
  /** Waiting for a second agent: another caisse. */
  @IsInt() @Min(0) proposed!: number;
  @IsInt() @Min(0) duplicate!: number;
  @IsInt() @Min(0) conflict!: number;
  @IsInt() @Min(0) refused!: number;
}

/** A file of a formalities centre was refused whole: this trace and no other. */
export class CfeFileRefused {
  @Optional() @IsInt() @Min(1) number?: number;
  @IsDigest() digest!: string;
  @IsArray() @ArrayMinSize(1) @ArrayMaxSize(20) @IsLineOfText({ each: true }) reasons!: string[];
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
  'affiliation.fund-changed.v1': FundChanged,
  'affiliation.contact-changed.v1': ContactChanged,
  'affiliation.establishments-changed.v1': EstablishmentsChanged,
  'affiliation.mandate-signed.v1': MandateSigned,
  'affiliation.mandate-revoked.v1': MandateRevoked,
  'affiliation.spouse-linked.v1': SpouseLinked,
  'affiliation.acre-decided.v1': AcreDecided,
  'affiliation.nir-certified.v1': NirCertified,
  'affiliation.account-merged.v1': AccountMerged,
  'affiliation.cfe-file-taken.v1': CfeFileTaken,
  'affiliation.cfe-file-refused.v1': CfeFileRefused,
} as const;
