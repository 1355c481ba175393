/** A door of the broker as production has it: TLS, and only for whom the broker knows (SCRAM-SHA-512). The others stay as they are. */
import { execFile } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);
const login = { username: 'isu', password: 'a-password-of-this-test-only' };
const storePassword = 'guarded';

/** Makes the broker's key and the certificate by which others know it, in files beside its properties; answers what a client needs. */
export async function makeGuardedDoor(folder) {
  const [keys, caFile] = [join(folder, 'broker.p12'), join(folder, 'broker.pem')];
  const store = ['-alias', 'broker', '-keystore', keys, '-storetype', 'PKCS12', '-storepass', storePassword];
  const whom = ['-dname', 'CN=isu-test-broker', '-ext', 'SAN=ip:127.0.0.1', '-validity', '2'];
  await run('keytool', ['-genkeypair', '-keyalg', 'EC', '-groupname', 'secp256r1', ...whom, ...store]);
  await writeFile(caFile, (await run('keytool', ['-exportcert', '-rfc', ...store])).stdout);
  return { keys, caFile, login };
}

/** What the broker's properties say of it. */
export const guardedProperties = ({ keys }) => ({
  'listener.name.guarded.ssl.keystore.type': 'PKCS12',
  'listener.name.guarded.ssl.keystore.location': keys,
  'listener.name.guarded.ssl.keystore.password': storePassword,
  'listener.name.guarded.ssl.key.password': storePassword,
  'listener.name.guarded.sasl.enabled.mechanisms': 'SCRAM-SHA-512',
  'listener.name.guarded.scram-sha-512.sasl.jaas.config': 'org.apache.kafka.common.security.scram.ScramLoginModule required;',
});

/** The account is written into the log of the cluster when it is formatted. */
export const formatsLogin = () => ['--add-scram', `SCRAM-SHA-512=[name=${login.username},password=${login.password}]`];
