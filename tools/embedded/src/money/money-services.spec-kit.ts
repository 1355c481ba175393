import { createPrivateKey, generateKeyPairSync, randomUUID, type KeyObject } from 'node:crypto';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { affiliation } from '@isu/affiliation';
import { createLogger, HttpHost, openEmbeddedBus, startService, systemClock, type MovableClock, type RunningService } from '@isu/chassis';
import { collection } from '@isu/collection';
import type { Author } from '@isu/contracts';
import type { Bus } from '@isu/messaging';
import { emptyDatabase, startTestIssuer, type EmptyDatabase, type TestIssuer } from '@isu/testing';
import { urssafSync } from '@isu/urssaf-sync';

/** What a house of money stands on: three services in one process, their database, a bank's folder, and the keys of those who write to them. */
export interface MoneyServices {
  readonly database: EmptyDatabase;
  readonly issuer: TestIssuer;
  readonly host: HttpHost;
  readonly bus: Bus;
  readonly services: readonly RunningService[];
  readonly base: string;
  readonly bankFolder: string;
  readonly partner: KeyObject;
  readonly provider: KeyObject;
  /** What the services logged as errors. */
  readonly faults: readonly string[];
}

type Pair = ReturnType<typeof generateKeyPairSync>;

const pem = (key: KeyObject): string => key.export({ type: key.type === 'private' ? 'pkcs8' : 'spki', format: 'pem' }).toString();
const services = ['affiliation', 'collection', 'urssaf-sync'] as const satisfies readonly Author[];

export async function startMoneyServices(clock: MovableClock): Promise<MoneyServices> {
  const [database, issuer] = await Promise.all([emptyDatabase(), startTestIssuer(systemClock())]);
  const [partner, provider, orders] = [1, 2, 3].map(() => generateKeyPairSync('ed25519')) as [Pair, Pair, Pair];
  const host = new HttpHost({ expects: services });
  const { port } = await host.listen(0, '127.0.0.1');
  const base = `http://127.0.0.1:${String(port)}`;
  const folder = mkdtempSync(join(tmpdir(), 'isu-money-'));
  const bankFolder = join(folder, 'bank');
  const variables = {
    ISU_DATABASE_URL: database.url,
    ISU_ROLE_PREFIX: `money_${randomUUID().slice(0, 8)}`,
    ISU_ISSUER: issuer.url,
    ISU_KEY_RING_FILE: join(folder, 'keys.json'),
    ISU_WITHOUT_READERS: 'affiliation,collection,benefits,urssaf-sync',
    ISU_PEERS_URL: base,
    ISU_BANK_FOLDER: bankFolder,
    ISU_PARTNER_KEYS: JSON.stringify({ urssaf: pem(partner.publicKey) }),
    ISU_PAYMENT_PAGE_URL: 'http://127.0.0.1:1/payer',
    ISU_PAYMENT_ORDER_KEY: pem(orders.privateKey),
    ISU_PAYMENT_PROVIDER_URL: 'http://127.0.0.1:1',
    ISU_PAYMENT_PROVIDER_KEY: pem(provider.publicKey),
    ISU_PAYMENT_PROVIDER_TOKEN: 'un-jeton-de-demonstration',
  };
  const faults: string[] = [];
  const log = createLogger({ level: 'error', destination: { write: (line: string) => void faults.push(line) } });
  const bus = await openEmbeddedBus(variables, log, { pollMs: 20 });
  const surroundings = { variables, bus, http: host, log, clock };
  const running = [
    await startService(affiliation, surroundings),
    await startService(collection, surroundings),
    await startService(urssafSync, surroundings),
  ];
  const keys = { partner: partner.privateKey, provider: createPrivateKey(pem(provider.privateKey)) };
  return { database, issuer, host, bus, base, bankFolder, faults, services: running, ...keys };
}

export async function stopMoneyServices({ services: running, host, bus, issuer, database }: MoneyServices): Promise<void> {
  await Promise.all(running.map((service) => service.stop()));
  await host.close();
  await bus.close();
  await issuer.stop();
  await database.close();
}
