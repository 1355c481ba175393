import { createPrivateKey, createPublicKey } from 'node:crypto';
import { ServiceSettings, Setting } from '@isu/chassis';
import { IsOptional, IsUrl, MinLength, ValidateBy, ValidateIf } from 'class-validator';

const isEd25519 = (text: unknown, read: (pem: string) => { asymmetricKeyType?: string }): boolean => {
  try {
    return typeof text === 'string' && read(text).asymmetricKeyType === 'ed25519';
  } catch {
    return false;
  }
};

const partnerPattern = /^[a-z][a-z0-9-]{0,30}$/;

const isPartnerKeys = (text: unknown): boolean => {
  try {
    const keys = JSON.parse(String(text)) as Record<string, unknown>;
    return Object.entries(keys).every(([partner, pem]) => partnerPattern.test(partner) && isEd25519(pem, createPublicKey));
  } catch {
    return false;
  }
};

const isPartnerAddresses = (text: unknown): boolean => {
  try {
    const addresses = JSON.parse(String(text)) as Record<string, unknown>;
    return Object.entries(addresses).every(
      ([partner, url]) => partnerPattern.test(partner) && /^https?:$/.test(new URL(String(url)).protocol),
    );
  } catch {
    return false;
  }
};

/** Published with the worked example of docs/partner-exchange.md: refused outside development. */
export const exampleReceiptKey = `-----BEGIN PRIVATE KEY-----
MC4CAQAwBQYDK2VwBCIEICAhIiMkJSYnKCkqKywtLi8wMTIzNDU2Nzg5Ojs8PT4/
-----END PRIVATE KEY-----
`;
export const examplePartnerKeys = JSON.stringify({
  urssaf: '-----BEGIN PUBLIC KEY-----\nMCowBQYDK2VwAyEAA6EHv/POEL4dcN0Y50vAmWfk1jCbpQ1fHdyGZBJVMbg=\n-----END PUBLIC KEY-----\n',
});

/** What urssaf-sync is told beside what every service is. */
export class UrssafSyncSettings extends ServiceSettings {
  @Setting({
    variable: 'ISU_RECEIPT_KEY',
    accepted: 'la clé privée Ed25519 (PKCS 8, PEM) qui signe les reçus',
    developmentSecret: exampleReceiptKey.trim(),
  })
  @ValidateBy({ name: 'isReceiptKey', validator: { validate: (pem) => isEd25519(pem, createPrivateKey) } })
  receiptKey!: string;

  @Setting({
    variable: 'ISU_PARTNER_KEYS',
    accepted: 'un objet JSON qui donne à chaque partenaire sa clé publique Ed25519 (SPKI, PEM)',
    developmentSecret: examplePartnerKeys,
  })
  @ValidateBy({ name: 'isPartnerKeys', validator: { validate: isPartnerKeys } })
  partnerKeys!: string;

  /** Where our batches are carried to, partner by partner; one without an address comes and takes them. */
  @Setting({
    variable: 'ISU_PARTNER_ADDRESSES',
    accepted: 'un objet JSON qui donne à un partenaire l’adresse où lui porter nos lots (https://…)',
    byDefault: '{}',
  })
  @ValidateBy({ name: 'isPartnerAddresses', validator: { validate: isPartnerAddresses } })
  partnerAddresses!: string;

  /** Who takes money online for us; without it nothing is heard of online payments. */
  @Setting({ variable: 'ISU_PAYMENT_PROVIDER_URL', accepted: 'l’adresse du prestataire de paiement, ou rien' })
  @IsOptional()
  @IsUrl({ require_tld: false, protocols: ['http', 'https'], require_protocol: true })
  paymentProviderUrl?: string;

  @Setting({
    variable: 'ISU_PAYMENT_PROVIDER_KEY',
    accepted: 'la clé publique Ed25519 (SPKI, PEM) du prestataire, avec ISU_PAYMENT_PROVIDER_URL',
  })
  @ValidateIf((settings: UrssafSyncSettings) => settings.paymentProviderUrl !== undefined)
  @ValidateBy({ name: 'isProviderKey', validator: { validate: (pem) => isEd25519(pem, createPublicKey) } })
  paymentProviderKey?: string;

  /** Which the provider gave us to be asked with. */
  @Setting({ variable: 'ISU_PAYMENT_PROVIDER_TOKEN', accepted: 'le jeton remis par le prestataire, avec ISU_PAYMENT_PROVIDER_URL' })
  @ValidateIf((settings: UrssafSyncSettings) => settings.paymentProviderUrl !== undefined)
  @MinLength(16)
  paymentProviderToken?: string;

  /** Folders of the partners that exchange files (docs/partner-exchange.md, section 9); without one, nobody does. */
  @Setting({ variable: 'ISU_EXCHANGE_FOLDER', accepted: 'le dossier des échanges par fichiers, ou rien' })
  @IsOptional()
  @MinLength(1)
  exchangeFolder?: string;
}
