import { createServer } from 'node:http';
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
  },
});

const port = Number(values.port);
const issuer = await openIssuer({
  url: values.url ?? `http://127.0.0.1:${port}/oidc`,
  folder: values.folder,
  environment: process.env.ISU_ENV ?? 'development',
  services: ['affiliation', 'collection', 'benefits', 'urssaf-sync'],
  partners: ['urssaf'],
  portalRedirects: values.redirect,
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

const server = createServer(issuer.handle);
server.listen(port, values.host, () => process.stdout.write(`Émetteur de développement : ${issuer.url}\n`));
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.once(signal, () => {
    server.close();
    server.closeAllConnections();
  });
}
