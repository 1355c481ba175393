import { HttpHost } from '@isu/chassis';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parse, parseAllDocuments } from 'yaml';
import { composeFaults } from './compose.js';
import { dockerfileFaults } from './dockerfile.js';
import { formFaults, manifestsIn, meaningFaults, type KindSchemas, type Manifest } from './manifests.js';
import { processes, settingFaults } from './processes.js';
import { digestIn, digestOfSources } from './rendered.js';

interface Composition {
  readonly services: Record<string, { readonly environment?: Record<string, string> }>;
}

const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..', '..', '..');
const read = (file: string) => readFileSync(join(root, file), 'utf8');
const filesUnder = (folder: string, ending: RegExp) =>
  readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((file) => ending.test(file))
    .map((file) => join(folder, file));

const schemas = JSON.parse(read('deploy/checks/schemas/kubernetes-1.34.json')) as KindSchemas;
const place = { root, schema: JSON.parse(read('deploy/checks/schemas/compose-spec.json')) as object };
const overlays = filesUnder('deploy/kubernetes/rendered', /\.yaml$/);
const dockerfile = read('deploy/image/Dockerfile');
const compose = read('docker-compose.yml');
const production = read('deploy/kubernetes/rendered/production.yaml');

/** What a process really answers to, asked of the code that answers. */
async function healthPaths(): Promise<Set<string>> {
  const http = new HttpHost();
  const { port } = await http.listen(0, '127.0.0.1');
  const answered = new Set<string>();
  for (const path of ['/health/live', '/health/ready', '/healthz']) {
    if ((await fetch(`http://127.0.0.1:${String(port)}${path}`)).status !== 404) answered.add(path);
  }
  await http.close();
  return answered;
}

describe('what is deployed', () => {
  let paths: Set<string>;
  beforeAll(async () => {
    paths = await healthPaths();
  });
  const meaning = (manifests: Manifest[]) => meaningFaults(manifests, processes, paths);

  it('every process of the code is known here, by its settings', () => {
    const built = readdirSync(join(root, 'services'), { withFileTypes: true }).filter((entry) => entry.isDirectory());
    expect(processes.map(({ name }) => name).sort()).toEqual(built.map(({ name }) => name).sort());
  });

  it.each(filesUnder('deploy', /\.ya?ml$/))('%s is YAML without a fault', (file) => {
    expect(parseAllDocuments(read(file)).flatMap(({ errors, warnings }) => [...errors, ...warnings])).toEqual([]);
  });

  it('no image holds the simulated Urssaf, neither its own nor that of a service', async () => {
    const { startFileOf, toolsAmong } = (await import(join(root, 'deploy/image/assemble.mjs'))) as {
      startFileOf(root: string, service: string): string | undefined;
      toolsAmong(folders: readonly string[], service: string): string[];
    };
    const built = mkdtempSync(join(tmpdir(), 'isu-image-'));
    for (const folder of ['services/collection', 'tools/issuer', 'tools/urssaf']) {
      mkdirSync(join(built, folder, 'dist'), { recursive: true });
      writeFileSync(join(built, folder, 'dist', 'main.js'), '');
    }
    expect(['collection', 'issuer', 'urssaf'].map((name) => startFileOf(built, name) ?? null)).toEqual([
      'services/collection/dist/main.js',
      'tools/issuer/dist/main.js',
      null,
    ]);
    expect(toolsAmong(['libs/values', 'services/collection', 'tools/urssaf'], 'collection')).toEqual(['tools/urssaf']);
    rmSync(built, { recursive: true });
  });

  it('the Dockerfile builds what may run in production', () => expect(dockerfileFaults(dockerfile)).toEqual([]));

  it('docker compose brings up what the code asks for, and gives it what it reads', () => {
    expect(composeFaults(place, compose, processes)).toEqual([]);
  });

  it('the development issuer is given to the same services, which read what they are given', () => {
    const { services } = parse(read('deploy/compose/development-issuer.yml'), { merge: true }) as Composition;
    for (const process of processes) {
      const faults = settingFaults(process, services[process.name]?.environment ?? {});
      expect(faults.filter((fault) => /read by nothing|nobody knows/.test(fault))).toEqual([]);
      expect(services[process.name]?.environment).toMatchObject({ ISU_ENV: 'development' });
    }
  });

  it.each(overlays)('%s is rendered from the sources as they are', (file) => {
    expect(digestIn(read(file))).toBe(digestOfSources(join(root, 'deploy/kubernetes')));
  });

  it.each(overlays)('%s has the form that Kubernetes 1.34 takes', (file) =>
    expect(formFaults(manifestsIn(read(file)), schemas)).toEqual([]),
  );

  it.each(overlays)('%s means what the code means', (file) => expect(meaning(manifestsIn(read(file)))).toEqual([]));

  describe('a check that nobody has seen fail is a drawing', () => {
    it.each<[string, (text: string) => string, RegExp]>([
      ['a base that is another tomorrow', (text) => text.replaceAll('node:24.21.0-bookworm-slim', 'node:24'), /is not pinned/],
      ['root', (text) => text.replace('USER 10001:10001', 'USER root'), /user of its own/],
      [
        'a shell before Node',
        (text) => text.replaceAll('CMD ["node", "--enable-source-maps", "main.js"]', 'CMD node main.js'),
        /a shell stands/,
      ],
      ['no init', (text) => text.replace(/ENTRYPOINT.*/, ''), /signals do not reach/],
      ['curl for its health', (text) => text.replaceAll('CMD ["node", "healthcheck', 'CMD ["curl", "healthcheck'), /with Node alone/],
      ['scripts of packages', (text) => text.replace('npm ci --ignore-scripts', 'npm ci'), /runs the scripts/],
      ['a secret in a layer', (text) => `${text}\nENV ISU_SERVICE_SECRET=hunter2`, /stays in a layer/],
    ])('Dockerfile: %s', (_, spoil, fault) => expect(dockerfileFaults(spoil(dockerfile)).join('\n')).toMatch(fault));

    it.each<[string, (text: string) => string, RegExp]>([
      ['a variable that nothing reads', (text) => text.replace('ISU_POOL_SIZE:', 'ISU_POOLSIZE:'), /ISU_POOLSIZE is read by nothing/],
      [
        'a required secret left out',
        (text) => text.replace(/.*ISU_SERVICE_SECRET_FILE.*\n/, ''),
        /ISU_SERVICE_SECRET would refuse the start/,
      ],
      ['a value that is refused', (text) => text.replace("ISU_POOL_SIZE: '10'", "ISU_POOL_SIZE: 'many'"), /ISU_POOL_SIZE would refuse/],
      ['development', (text) => text.replace('ISU_ENV: production', 'ISU_ENV: development'), /does not run as production/],
      [
        'a secret written down',
        (text) => text.replace('KC_DB: postgres', 'KC_DB: postgres\n      KC_DB_PASSWORD: hunter2'),
        /holds a secret/,
      ],
      ['latest', (text) => text.replace('caddy:2.11.7-alpine', 'caddy:latest'), /latest is another program/],
      ['a service forgotten', (text) => text.replace('\n  benefits:\n', '\n  advantages:\n'), /benefits: is not here/],
      ['a port for everybody', (text) => text.replace("'127.0.0.1:8025:8025'", "'8025:8025'"), /open to other machines/],
      [
        'a word that Compose does not know',
        (text) => text.replace('    image: apache/kafka', '    picture: apache/kafka'),
        /must NOT have/,
      ],
      [
        'the secrets of another',
        (text) => text.replace("'secrets-benefits:/run/secrets:ro'", "'secrets-portal:/run/secrets:ro'"),
        /is read by benefits and portal/,
      ],
      ['a root that can be written', (text) => text.replace('read_only: true', 'read_only: false'), /may do more/],
      [
        'a volume that is nowhere',
        (text) => text.replace('./deploy/keycloak:/deploy', './deploy/keycloack:/deploy'),
        /keycloack is not there/,
      ],
    ])('Compose: %s', (_, spoil, fault) => expect(composeFaults(place, spoil(compose), processes).join('\n')).toMatch(fault));

    it.each<[string, (text: string) => string, RegExp]>([
      [
        'a probe of a path that is not',
        (text) => text.replace('path: /health/ready', 'path: /healthz'),
        /asks \/healthz, which nothing answers/,
      ],
      ['a setting that nothing reads', (text) => text.replace('ISU_PEERS_URL:', 'ISU_PEER_URL:'), /ISU_PEER_URL is read by nothing/],
      [
        'a secret that nobody fetches',
        (text) => text.replace('secretKey: receipt-key.pem', 'secretKey: receipt.pem'),
        /nobody fetches receipt-key\.pem/,
      ],
      [
        'another service’s secrets',
        (text) => text.replace('secretName: isu-benefits', 'secretName: isu-portal'),
        /reads the secrets of isu-portal/,
      ],
      [
        'a root that can be written',
        (text) => text.replace('readOnlyRootFilesystem: true', 'readOnlyRootFilesystem: false'),
        /may write to itself/,
      ],
      [
        'peers that wait for readiness',
        (text) => text.replace('publishNotReadyAddresses: true', 'publishNotReadyAddresses: false'),
        /peers cannot reach/,
      ],
      ['an ingress without TLS', (text) => text.replace(/ {2}tls:\n(?: {2}[- ].*\n)+/, ''), /open without TLS/],
      [
        'a backend that is nowhere',
        (text) => text.replace(/(service:\n +name: )isu-nowhere/, '$1isu-anywhere'),
        /isu-anywhere is not there/,
      ],
      ['an image that is another tomorrow', (text) => text.replace('isu/portal:0.1.0', 'isu/portal:latest'), /latest is not pinned/],
      [
        'an open network',
        (text) =>
          text
            .replace('name: isu-closed', 'name: isu-closed\n  labels: {}')
            .replace('podSelector: {}', 'podSelector: { matchLabels: { a: b } }'),
        /no policy closes/,
      ],
      [
        'a secret written down',
        (text) => `${text}---\napiVersion: v1\nkind: Secret\nmetadata:\n  name: isu-collection\n`,
        /stands in the repository/,
      ],
    ])('Kubernetes: %s', (_, spoil, fault) => {
      const spoilt = spoil(production);
      expect(spoilt).not.toBe(production);
      expect(meaning(manifestsIn(spoilt)).join('\n')).toMatch(fault);
    });

    it.each<[string, (text: string) => string, RegExp]>([
      ['a field that is not', (text) => text.replace('readinessProbe:', 'readynessProbe:'), /must NOT have additional properties/],
      ['a text where a number stands', (text) => text.replace('maxReplicas: 6', 'maxReplicas: six'), /must be integer/],
      ['a kind that nobody knows', (text) => `${text}---\napiVersion: v1\nkind: Servise\nmetadata:\n  name: isu\n`, /no schema holds it/],
    ])('Kubernetes: %s', (_, spoil, fault) => expect(formFaults(manifestsIn(spoil(production)), schemas).join('\n')).toMatch(fault));
  });
});
