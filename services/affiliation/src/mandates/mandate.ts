import { sha256 } from '@isu/contracts';
import { Day, type Iban } from '@isu/values';

/**
 * Identifiant créancier SEPA of the joint collection. Demonstration: the code 990000 is nobody's; the key is that of ISO 7064 over
 * `990000FR00`, as the European Payments Council has it (the business code ZZZ does not count).
 */
export const ics = 'FR75ZZZ990000';
const creditor = 'Interlocuteur social unique (Urssaf et RSI), 93457 Saint-Denis';

export interface Mandate {
  /** Référence unique du mandat. */
  readonly rum: string;
  readonly ics: string;
  readonly signedOn: string;
  /** The bank details that the person had before their eyes; a later IBAN goes on under the same mandate. */
  readonly bankDetailsVersion: number;
  readonly revokedOn: string | null;
}

/** What the person signs: the text, its digest which the signature must repeat, and what it rests on. */
export interface MandateText {
  readonly rum: string;
  readonly ics: string;
  readonly bankDetailsVersion: number;
  readonly text: string;
  readonly digest: string;
}

export const rumOf = (account: string, number: number): string => `ISU-${account}-${String(number)}`;

/** The standing text of a core mandate (EPC, règlement 260/2012), with the IBAN masked. */
export function mandateText({ rum, iban, version }: { rum: string; iban: Iban; version: number }): MandateText {
  const text = [
    'Mandat de prélèvement SEPA',
    `Référence unique du mandat : ${rum}`,
    `Créancier : ${creditor} (identifiant créancier SEPA ${ics})`,
    `Compte à débiter : ${iban.masked()}`,
    'Type de paiement : récurrent',
    'En signant ce mandat, vous autorisez le créancier à envoyer des instructions à votre banque pour débiter votre compte, et votre banque ' +
      'à débiter votre compte conformément à ces instructions.',
    'Vous bénéficiez du droit d’être remboursé par votre banque selon les conditions de la convention que vous avez passée avec elle : une ' +
      'demande de remboursement se présente dans les huit semaines qui suivent la date de débit pour un prélèvement autorisé, et dans les ' +
      'treize mois pour un prélèvement non autorisé.',
  ].join('\n');
  return { rum, ics, bankDetailsVersion: version, text, digest: sha256(text) };
}

/** In force on a day: from its signature until the eve of its revocation. */
export const isInForce = ({ signedOn, revokedOn }: Mandate, day: Day): boolean =>
  signedOn <= day.iso && (revokedOn === null || day.iso < revokedOn);
