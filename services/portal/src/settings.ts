import { createPrivateKey } from 'node:crypto';
import { ServiceSettings, Setting } from '@isu/chassis';
import { IsIn, IsInt, Matches, Max, Min, ValidateBy } from 'class-validator';

const isEd25519 = (text: unknown): boolean => {
  try {
    return createPrivateKey(String(text)).asymmetricKeyType === 'ed25519';
  } catch {
    return false;
  }
};

/** In the repository, so for development only: the start is refused with it elsewhere. */
const exampleAssertionKey = `-----BEGIN PRIVATE KEY-----
MC4CAQAwBQYDK2VwBCIEIEBBQkNERUZHSElKS0xNTk9QUVJTVFVWV1hZWltcXV5f
-----END PRIVATE KEY-----`;

const origin = String.raw`https?:\/\/[a-z0-9.-]+(?::\d{1,5})?`;

/** What the portal is told beside what every service is. */
export class PortalSettings extends ServiceSettings {
  /** The first one stands in e-mails; a request that changes something must come from one of them. */
  @Setting({
    variable: 'ISU_PORTAL_ORIGINS',
    accepted: 'les adresses du portail telles que le navigateur les voit, séparées par des virgules : https://mon-compte.example',
    byDefault: 'http://localhost:8080,http://127.0.0.1:8080',
  })
  @Matches(new RegExp(`^${origin}(?:,${origin})*$`))
  portalOrigins!: string;

  /** Signs what we tell the issuer of insured people who signed in here (RFC 7523, docs/security-tokens.md). */
  @Setting({
    variable: 'ISU_ASSERTION_KEY',
    accepted: 'la clé privée Ed25519 (PKCS 8, PEM) qui signe les assertions à l’émetteur de jetons',
    developmentSecret: exampleAssertionKey,
  })
  @ValidateBy({ name: 'isAssertionKey', validator: { validate: isEd25519 } })
  assertionKey!: string;

  @Setting({ variable: 'ISU_SMTP_URL', accepted: 'une adresse smtp://hôte:port ou smtps://…', byDefault: 'smtp://127.0.0.1:1025' })
  @Matches(/^smtps?:\/\/\S+$/)
  smtpUrl!: string;

  @Setting({ variable: 'ISU_MAIL_FROM', accepted: 'une adresse électronique', byDefault: 'ne-pas-repondre@mon-compte.example' })
  @Matches(/^[^\s@<>,]+@[^\s@<>,]+$/)
  mailFrom!: string;

  /** How many of our own proxies stand before us: the address of the client is the one that the farthest of them saw. */
  @Setting({ variable: 'ISU_PROXIES', accepted: 'le nombre de mandataires devant le portail, de 0 à 5', byDefault: '0' })
  @IsInt()
  @Min(0)
  @Max(5)
  proxies!: number;

  /** Anybody may be anybody: development only, and only when it is said. */
  @Setting({ variable: 'ISU_DEMO_SIGN_IN', accepted: '« on » ou « off »', byDefault: 'off' })
  @IsIn(['on', 'off'])
  demoSignIn!: 'on' | 'off';

  get origins(): readonly string[] {
    return this.portalOrigins.split(',');
  }

  get offersDemo(): boolean {
    return this.environment === 'development' && this.demoSignIn === 'on';
  }
}
