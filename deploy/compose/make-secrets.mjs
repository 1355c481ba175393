/**
 * The first thing that `docker compose up` runs: draws every secret of the installation, each into the volume of the one container that
 * needs it. What exists is kept, so that a second start changes nothing; no secret is ever printed, stands in the repository, or in an
 * environment. `node make-secrets.mjs FOLDER REALM`, FOLDER holding one folder a container.
 */
import { createPrivateKey, createPublicKey, generateKeyPairSync, randomBytes } from 'node:crypto';
import { chmodSync, chownSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const [, , folder, realmFile] = process.argv;
const services = ['affiliation', 'collection', 'benefits', 'urssaf-sync', 'portal'];
/** Who reads a volume, by the user ids of the images: ours (deploy/image/Dockerfile), postgres (alpine), keycloak. */
const readers = { postgres: 70, keycloak: 1000, issuer: 10_001 };
const { ISU_PUBLIC_URL = 'http://isu.localhost:8080' } = process.env;

/** What a file says: what it said before, or what is made now. */
function kept(container, name, make) {
  const file = join(folder, container, name);
  if (existsSync(file)) return readFileSync(file, 'utf8');
  mkdirSync(join(folder, container), { recursive: true });
  const text = make();
  writeFileSync(file, text, { flag: 'wx' });
  return text;
}

const secret = () => randomBytes(32).toString('base64url');
const signingKey = () => generateKeyPairSync('ed25519').privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
const publicKeyOf = (pem) => createPublicKey(createPrivateKey(pem));
const keyRing = () => {
  const key = () => randomBytes(32).toString('base64');
  return JSON.stringify({ current: 'k1', wrapping: { k1: key() }, index: key() });
};

kept('postgres', 'password', secret);
kept('postgres', 'keycloak', secret);
const placeholders = { ISU_PUBLIC_URL };
for (const service of services) {
  const role = service.replaceAll('-', '_');
  const password = kept('postgres', role, secret);
  kept(service, 'database-url', () => `postgres://${role}_admin:${password}@postgres:5432/${role}`);
  kept(service, 'database-secret', secret);
  kept(service, 'key-ring.json', keyRing);
  placeholders[`ISU_SERVICE_SECRET_${role.toUpperCase()}`] = kept(service, 'service-secret', secret);
}

kept('urssaf-sync', 'receipt-key.pem', signingKey);
// The partner's own key pair would be made by the partner. This one lets a trial play Urssaf: replace it by the partner's public key.
const trialPartnerKey = kept('trial', 'urssaf.pem', signingKey);
kept('urssaf-sync', 'partner-keys.json', () =>
  JSON.stringify({ urssaf: publicKeyOf(trialPartnerKey).export({ type: 'spki', format: 'pem' }).toString() }),
);
// Ours, which signs the orders of online payment; and what a provider would give: replace these two by its public key and its token.
kept('collection', 'payment-order-key.pem', signingKey);
const trialProviderKey = kept('trial', 'payment-provider.pem', signingKey);
kept('urssaf-sync', 'payment-provider-key.pem', () => publicKeyOf(trialProviderKey).export({ type: 'spki', format: 'pem' }).toString());
kept('urssaf-sync', 'payment-provider-token', secret);
placeholders.ISU_PARTNER_SECRET_URSSAF = kept('trial', 'urssaf-client-secret', secret);
placeholders.ISU_DEMO_AGENTS_PASSWORD = kept('trial', 'agents-password', secret);

const assertionKey = kept('portal', 'assertion-key.pem', signingKey);
placeholders.ISU_ASSERTION_JWKS = JSON.stringify({
  keys: [{ ...publicKeyOf(assertionKey).export({ format: 'jwk' }), use: 'sig', alg: 'EdDSA' }],
});
const adminPassword = kept('trial', 'keycloak-admin-password', secret);
kept(
  'keycloak',
  'environment',
  () => `export KC_BOOTSTRAP_ADMIN_USERNAME=admin KC_BOOTSTRAP_ADMIN_PASSWORD=${adminPassword}
export KC_DB_PASSWORD=${readFileSync(join(folder, 'postgres', 'keycloak'), 'utf8')}\n`,
);
kept('keycloak', 'isu-realm.json', () => filledRealm(readFileSync(realmFile, 'utf8')));
for (const container of readdirSync(folder)) handOver(container);
openBankFolder('/bank');
process.stdout.write('Les secrets sont en place.\n');

/** A placeholder that nobody fills would become a secret that everybody knows. */
function filledRealm(template) {
  return template.replace(/\$\{(ISU_[A-Z_]+)\}/g, (_, name) => {
    if (placeholders[name] === undefined) throw new Error(`Nothing fills ${name} in the realm.`);
    return JSON.stringify(placeholders[name]).slice(1, -1);
  });
}

/** Names and IBANs lie there for the bank: the services' user alone goes in. */
function openBankFolder(place) {
  if (process.getuid() !== 0 || !existsSync(place)) return;
  chownSync(place, 10_001, 10_001);
  chmodSync(place, 0o700);
}

/** To the user of that container alone. */
function handOver(container) {
  if (process.getuid() !== 0) return;
  const user = readers[container] ?? 10_001;
  const place = join(folder, container);
  for (const name of readdirSync(place)) {
    chownSync(join(place, name), user, user);
    chmodSync(join(place, name), 0o400);
  }
  chownSync(place, user, user);
  chmodSync(place, 0o500);
}
