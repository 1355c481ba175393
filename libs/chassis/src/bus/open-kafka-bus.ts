import { X509Certificate } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { KafkaBus, type Bus } from '@isu/messaging';
import { systemClock } from '../clocks/system-clock.js';
import type { OpenBus } from '../run-service.js';
import { ConfigurationRefused, readSettings } from '../settings/settings.js';
import { BusSettings } from './bus-settings.js';

/** The bus of the distributed mode: each process is a member of its service's group on Kafka. */
export const openKafkaBus: OpenBus = ({ service, variables, log, metrics }): Promise<Bus> => {
  const { brokers, prefix, replicas, sessionMs, ...road } = readSettings(BusSettings, variables);
  return KafkaBus.open({
    brokers: brokers.split(','),
    clientId: `${service}-${hostname()}-${String(process.pid)}`,
    clock: systemClock(),
    log,
    metrics,
    prefix,
    replicas,
    tls: tlsOf(road),
    login: loginOf(road),
    // Four beats to a session, as Kafka's own clients have at least three.
    pace: { sessionTimeoutMs: sessionMs, heartbeatMs: Math.min(2_000, Math.floor(sessionMs / 4)) },
  });
};

function tlsOf({ tls, caFile }: Pick<BusSettings, 'tls' | 'caFile'>) {
  if (tls === 'off') return undefined;
  if (caFile === undefined) return true;
  try {
    const authority = readFileSync(caFile, 'utf8');
    // Read once as what it must be: a file of something else would only be found out when the first broker is not trusted.
    new X509Certificate(authority);
    return { ca: [authority] };
  } catch {
    throw new ConfigurationRefused([{ variable: 'KAFKA_CA_FILE', accepted: 'le chemin d’un certificat (PEM) lisible' }]);
  }
}

function loginOf({ username, password }: Pick<BusSettings, 'username' | 'password'>) {
  if (username !== undefined && password !== undefined) return { username, password };
  if (username === undefined && password === undefined) return undefined;
  throw new ConfigurationRefused([
    { variable: 'KAFKA_PASSWORD', accepted: 'KAFKA_USERNAME et KAFKA_PASSWORD ensemble, ou aucun des deux' },
  ]);
}
