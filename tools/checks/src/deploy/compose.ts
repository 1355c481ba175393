import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { isPinned } from './dockerfile.js';
import { isSecretLiteral, settingFaults, type Process } from './processes.js';
import { validatorOf } from './validators.js';

interface Container {
  readonly image?: string;
  readonly build?: { readonly args?: Record<string, string>; readonly target?: string; readonly dockerfile?: string };
  readonly environment?: Record<string, unknown>;
  readonly volumes?: readonly string[];
  readonly ports?: readonly string[];
  readonly depends_on?: Record<string, unknown>;
  readonly healthcheck?: { readonly test?: readonly string[] };
  readonly read_only?: boolean;
  readonly cap_drop?: readonly string[];
  readonly security_opt?: readonly string[];
}

interface Composition {
  readonly services: Record<string, Container>;
  readonly volumes?: Record<string, unknown>;
}

interface ComposePlace {
  /** The folder of the Compose file, which its paths begin in. */
  readonly root: string;
  /** The schema of the Compose specification. */
  readonly schema: object;
}

/** `${NAME:-default}` as it stands on a machine where nobody has set anything. */
const asGiven = (text: string): string => text.replace(/\$\{[A-Z_]+:-([^}]*)\}/g, '$1').replaceAll('$$', '$');

/** What is wrong with a Compose file: its form, then what it says against what the code reads. */
export function composeFaults({ root, schema }: ComposePlace, text: string, processes: readonly Process[]): string[] {
  const composition = parse(asGiven(text), { merge: true }) as Composition;
  const validate = validatorOf(schema);
  if (!validate(composition)) {
    return (validate.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message ?? ''}`);
  }
  const ofCode = processes.flatMap((process) => {
    const container = composition.services[process.name];
    return container === undefined ? [`${process.name}: is not here`] : processFaults(process, container);
  });
  const ofAll = Object.entries(composition.services).flatMap(([name, container]) => containerFaults(root, composition, name, container));
  return [...ofCode, ...ofAll, ...sharedSecrets(composition)];
}

function processFaults(process: Process, container: Container): string[] {
  const { name } = process;
  const faults = settingFaults(process, textsOf(container));
  if (container.build?.args?.['SERVICE'] !== name || container.build.target !== 'service') faults.push(`${name}: is built as another`);
  if (container.healthcheck?.test?.join(' ') !== 'CMD node healthcheck.mjs ready') faults.push(`${name}: nobody asks whether it is ready`);
  if (!container.read_only || !container.cap_drop?.includes('ALL') || !container.security_opt?.includes('no-new-privileges:true')) {
    faults.push(`${name}: may do more than it needs`);
  }
  return faults;
}

function containerFaults(root: string, { services, volumes = {} }: Composition, name: string, container: Container): string[] {
  const faults: string[] = [];
  const isOurs = container.build !== undefined;
  if (!isOurs && !isPinned(container.image ?? '')) faults.push(`${name}: ${String(container.image)} is not pinned`);
  if (/:latest$/.test(container.image ?? '')) faults.push(`${name}: latest is another program tomorrow`);
  if (isOurs && !existsSync(join(root, container.build?.dockerfile ?? ''))) faults.push(`${name}: its Dockerfile is not there`);
  for (const [variable, value] of Object.entries(textsOf(container))) {
    if (isSecretLiteral(variable, value)) faults.push(`${name}: ${variable} holds a secret`);
  }
  for (const port of container.ports ?? []) if (!port.startsWith('127.0.0.1:')) faults.push(`${name}: ${port} is open to other machines`);
  for (const needed of Object.keys(container.depends_on ?? {}))
    if (!services[needed]) faults.push(`${name}: waits for ${needed}, which is not here`);
  for (const volume of container.volumes ?? []) {
    const [source = ''] = volume.split(':');
    if (source.startsWith('.') ? !existsSync(join(root, source)) : !(source in volumes)) faults.push(`${name}: ${source} is not there`);
  }
  return faults;
}

/** A secret is in one container's reach, beside the one that draws it. */
function sharedSecrets({ services, volumes = {} }: Composition): string[] {
  return Object.keys(volumes)
    .filter((volume) => volume.startsWith('secrets-'))
    .flatMap((volume) => {
      const readers = Object.entries(services).filter(
        ([name, container]) => name !== 'secrets' && container.volumes?.some((mounted) => mounted.startsWith(`${volume}:`)),
      );
      return readers.length > 1 ? [`${volume}: is read by ${readers.map(([name]) => name).join(' and ')}`] : [];
    });
}

const textsOf = ({ environment = {} }: Container): Record<string, string> =>
  Object.fromEntries(Object.entries(environment).map(([name, value]) => [name, String(value ?? '')]));
