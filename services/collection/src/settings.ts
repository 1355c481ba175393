import { createPrivateKey } from 'node:crypto';
import { ServiceSettings, Setting } from '@isu/chassis';
import { Iban, InvalidValue } from '@isu/values';
import { IsOptional, IsUrl, MaxLength, MinLength, ValidateBy, ValidateIf } from 'class-validator';

function isIban(text: unknown): boolean {
  try {
    return Iban.of(text as string).toString() !== '';
  } catch (fault) {
    if (fault instanceof InvalidValue) return false;
    throw fault;
  }
}

const isPrivateEd25519 = (pem: unknown): boolean => {
  try {
    return typeof pem === 'string' && createPrivateKey(pem).asymmetricKeyType === 'ed25519';
  } catch {
    return false;
  }
};

/** What collection is told beside what every service is. */
export class CollectionSettings extends ServiceSettings {
  /** Letters wait in their table where there is no print port. */
  @Setting({ variable: 'ISU_LETTERS_FOLDER', accepted: 'un dossier où déposer les lettres à imprimer, ou rien' })
  @IsOptional()
  @MinLength(1)
  lettersFolder?: string;

  /** Messages for the bank wait in their table, sealed, where there is no folder to lay them in. */
  @Setting({ variable: 'ISU_BANK_FOLDER', accepted: 'un dossier où déposer les fichiers pour la banque, ou rien' })
  @IsOptional()
  @MinLength(1)
  bankFolder?: string;

  @Setting({ variable: 'ISU_CREDITOR_NAME', accepted: 'le nom du créancier, en 70 caractères', byDefault: 'Urssaf pour le RSI' })
  @MinLength(1)
  @MaxLength(70)
  creditorName!: string;

  /** Where debits are credited. Without one nothing is presented; in development, the published example of an IBAN. */
  @Setting({ variable: 'ISU_CREDITOR_IBAN', accepted: 'l’IBAN du compte de recouvrement, ou rien' })
  @IsOptional()
  @ValidateBy({ name: 'isIban', validator: { validate: isIban } })
  creditorIban?: string;

  /** The hosted page of the payment provider; without it nothing is paid online. */
  @Setting({ variable: 'ISU_PAYMENT_PAGE_URL', accepted: 'l’adresse de la page du prestataire de paiement, ou rien' })
  @IsOptional()
  @IsUrl({ require_tld: false, protocols: ['http', 'https'], require_protocol: true })
  paymentPageUrl?: string;

  @Setting({
    variable: 'ISU_PAYMENT_ORDER_KEY',
    accepted: 'la clé privée Ed25519 (PKCS 8, PEM) qui signe les ordres de paiement en ligne, avec ISU_PAYMENT_PAGE_URL',
  })
  @ValidateIf((settings: CollectionSettings) => settings.paymentPageUrl !== undefined)
  @ValidateBy({ name: 'isOrderKey', validator: { validate: isPrivateEd25519 } })
  paymentOrderKey?: string;
}
