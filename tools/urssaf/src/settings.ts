import { createPrivateKey, createPublicKey } from 'node:crypto';
import { ProcessSettings, readSettings, Setting, type Variables } from '@isu/chassis';
import { IsIn, IsUrl, MinLength, ValidateBy } from 'class-validator';

/** Raised when anything says that this is not a developer's machine. */
export class NotForProduction extends Error {}

const isKey = (read: (pem: string) => unknown) => (pem: unknown) => {
  try {
    return read(String(pem)) !== undefined;
  } catch {
    return false;
  }
};

/** What the simulated Urssaf is told: its database, the system that it exchanges with, its key and the key of the receipts. */
export class UrssafSettings extends ProcessSettings {
  @Setting({ variable: 'ISU_URSSAF_DATABASE_URL', accepted: 'l’adresse postgres:// d’une base qui n’est qu’à elle' })
  @MinLength(1)
  databaseUrl!: string;

  @Setting({ variable: 'ISU_SYSTEM_URL', accepted: 'l’adresse du système, telle que http://127.0.0.1:8080' })
  @IsUrl({ require_tld: false, protocols: ['http', 'https'], require_protocol: true })
  systemUrl!: string;

  @Setting({ variable: 'ISU_URSSAF_KEY', accepted: 'la clé privée Ed25519 (PKCS 8, PEM) qui signe les lots' })
  @ValidateBy({ name: 'isPrivateKey', validator: { validate: isKey(createPrivateKey) } })
  privateKey!: string;

  @Setting({ variable: 'ISU_RECEIPT_PUBLIC_KEY', accepted: 'la clé publique Ed25519 (SPKI, PEM) des reçus du système' })
  @ValidateBy({ name: 'isPublicKey', validator: { validate: isKey(createPublicKey) } })
  receiptKey!: string;

  @Setting({ variable: 'ISU_URSSAF_CALENDAR', accepted: '« kept » (les calendriers sont tenus) ou « by-hand »', byDefault: 'by-hand' })
  @IsIn(['kept', 'by-hand'])
  calendar!: 'kept' | 'by-hand';

  /** Empty: nobody plays net-entreprises. */
  @Setting({ variable: 'ISU_NET_ENTREPRISES_KEY', accepted: 'la clé privée Ed25519 de net-entreprises, ou rien', byDefault: '' })
  @ValidateBy({ name: 'isPrivateKey', validator: { validate: (pem: unknown) => pem === '' || isKey(createPrivateKey)(pem) } })
  netEntreprisesKey!: string;
}

/** Refuses wherever anything says « production »: a partner that loses files on command has no business there. */
export function urssafSettings(variables: Variables): UrssafSettings {
  if (variables['NODE_ENV'] === 'production' || (variables['ISU_ENV'] ?? 'development') !== 'development')
    throw new NotForProduction('L’Urssaf simulée ne démarre qu’en développement (ISU_ENV=development).');
  return readSettings(UrssafSettings, variables);
}
