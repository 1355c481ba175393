import { createPublicKey } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { NotForProduction, openIssuer } from './issuer.js';

const { values } = parseArgs({
  options: {
    port: { type: 'string', default: '8090' },
    host: { type: 'string', default: '127.0.0.1' },
    url: { type: 'string' },
    folder: { type: 'string', default: '.isu/issuer' },
    redirect: { type: 'string', multiple: true, default: [] },
    'secret-of': { type: 'string' },
    // A PEM file; from a private key, its public half is taken.
    'portal-key': { type: 'string' },
    // A folder that containers share: a file for each client, with its secret.
    'hand-out': { type: 'string' },
  },
});

const port = Number(values.port);
const services = ['affiliation', 'collection', 'benefits', 'urssaf-sync'];
const issuer = await openIssuer({
  url: values.url ?? `http://127.0.0.1:${port}/oidc`,
  folder: values.folder,
  environment: process.env.ISU_ENV ?? 'development',
  services,
  partners: ['urssaf'],
  portalRedirects: values.redirect,
  ...(values['portal-key'] === undefined ? {} : { portalKey: createPublicKey(readFileSync(values['portal-key'], 'utf8')) }),
}).catch((fault: unknown) => {
  if (!(fault instanceof NotForProduction)) throw fault;
  process.stderr.write(`${fault.message}\n`);
  process.exit(1);
});

// For whoever starts a service: `ISU_SERVICE_SECRET=$(node tools/issuer/dist/main.js --secret-of collection)`.
if (values['secret-of'] !== undefined) {
  process.stdout.write(`${issuer.secretOf(values['secret-of'])}\n`);
  process.exit(0);
}

if (values['hand-out'] !== undefined) {
  for (const name of [...services, 'portal']) writeFileSync(join(values['hand-out'], name), issuer.secretOf(name));
}

const server = createServer(issuer.handle);
server.listen(port, values.host, () => process.stdout.write(`Émetteur de développement : ${issuer.url}\n`));
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.once(signal, () => {
    server.close();
    server.closeAllConnections();
  });
}
