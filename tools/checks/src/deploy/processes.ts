import { affiliation } from '@isu/affiliation';
import { benefits } from '@isu/benefits';
import { BusSettings, ConfigurationRefused, ProcessSettings, readSettings, ServiceSettings, variablesOf } from '@isu/chassis';
import { collection } from '@isu/collection';
import { portal } from '@isu/portal';
import { urssafSync } from '@isu/urssaf-sync';
import { generateKeyPairSync } from 'node:crypto';

/** A process of an installation, by the code: its name, and every settings class that it reads at start. */
export interface Process {
  readonly name: string;
  readonly settings: readonly (new () => object)[];
}

export const processes: readonly Process[] = [affiliation, collection, benefits, urssafSync, portal].map(({ name, settings }) => ({
  name,
  settings: [ProcessSettings, BusSettings, settings ?? ServiceSettings],
}));

/** What a process may be given that no settings class reads: it speaks to Node itself. */
const forNode = new Set(['NODE_OPTIONS', 'TZ']);

const keys = generateKeyPairSync('ed25519');
const pemKey = keys.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
/** Stands for what a file of a volume would hold, which nobody but the installation knows. */
const held: Readonly<Record<string, string>> = {
  ISU_DATABASE_URL: 'postgres://collection_admin:any@postgres:5432/collection',
  ISU_DATABASE_SECRET: 'any-secret-of-forty-characters-or-more-00',
  ISU_SERVICE_SECRET: 'any-secret-of-forty-characters-or-more-01',
  ISU_RECEIPT_KEY: pemKey,
  ISU_ASSERTION_KEY: pemKey,
  ISU_PARTNER_KEYS: '{}',
  ISU_PAYMENT_ORDER_KEY: pemKey,
  ISU_PAYMENT_PROVIDER_KEY: keys.publicKey.export({ type: 'spki', format: 'pem' }).toString(),
  ISU_PAYMENT_PROVIDER_TOKEN: 'any-token-of-a-provider',
  ISU_SMTP_URL: 'smtps://user:any@mail.example',
  KAFKA_USERNAME: 'isu-collection',
  KAFKA_PASSWORD: 'any',
};

/** What is wrong with what a process is given: a name that nothing reads, a setting that would refuse the start. */
export function settingFaults({ name, settings }: Process, given: Readonly<Record<string, string>>): string[] {
  const known = new Set(settings.flatMap(variablesOf));
  const faults: string[] = [];
  const variables: Record<string, string> = {};
  for (const [variable, value] of Object.entries(given)) {
    const direct = variable.replace(/_FILE$/, '');
    if (known.has(variable)) variables[variable] = value;
    else if (direct !== variable && known.has(direct)) {
      const text = held[direct];
      if (text === undefined) faults.push(`${name}: nobody knows here what ${variable} holds`);
      else variables[direct] = text;
    } else if (!forNode.has(variable)) faults.push(`${name}: ${variable} is read by nothing`);
  }
  if (variables['ISU_ENV'] !== 'production') faults.push(`${name}: does not run as production`);
  for (const type of settings) {
    try {
      readSettings(type, variables);
    } catch (error) {
      if (!(error instanceof ConfigurationRefused)) throw error;
      for (const wrong of error.wrong) faults.push(`${name}: ${wrong.variable} would refuse the start`);
    }
  }
  return [...new Set(faults)];
}

/** A variable whose value would be a secret, and which is therefore given as the name of a file. */
export const isSecretLiteral = (variable: string, value: string): boolean =>
  (/SECRET|PASSWORD|TOKEN|PRIVATE|(^|_)KEY$|_KEYS$|OTLP_HEADERS$/.test(variable) && !/_FILE$/.test(variable) && value !== '') ||
  /\/\/[^/\s:@]+:[^/\s@]+@/.test(value);
