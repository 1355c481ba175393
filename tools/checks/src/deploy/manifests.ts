import { parseAllDocuments } from 'yaml';
import { isPinned } from './dockerfile.js';
import { isSecretLiteral, settingFaults, type Process } from './processes.js';
import { validatorOf } from './validators.js';

/** As much of a manifest as is looked at here; its form is held by the schema of its kind. */
export interface Manifest {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: { readonly name: string; readonly namespace?: string; readonly labels?: Record<string, string> };
  readonly data?: Record<string, string>;
  // eslint-disable-next-line @typescript-eslint/no-explicit-any -- the schema has told its form before anything here reads it
  readonly spec?: any;
}

export interface KindSchemas {
  readonly kinds: Readonly<Record<string, object>>;
  readonly definitions: Readonly<Record<string, object>>;
}

export const manifestsIn = (text: string): Manifest[] => parseAllDocuments(text).map((document) => document.toJS() as Manifest);

/** What is wrong with the form of manifests, by the published schemas of their kinds. */
export function formFaults(manifests: readonly Manifest[], { kinds, definitions }: KindSchemas): string[] {
  return manifests.flatMap((manifest) => {
    const kind = `${manifest.apiVersion}/${manifest.kind}`;
    const schema = kinds[kind];
    if (schema === undefined) return [`${kind}: no schema holds it`];
    const validate = validatorOf(schema, { definitions });
    const isWellFormed: boolean = validate(manifest);
    if (isWellFormed) return [];
    return (validate.errors ?? []).map(
      ({ instancePath, message }) => `${manifest.kind} ${manifest.metadata.name}${instancePath}: ${message ?? ''}`,
    );
  });
}

/** What is wrong with what manifests say: against the code, and against one another. */
export function meaningFaults(manifests: readonly Manifest[], processes: readonly Process[], paths: ReadonlySet<string>): string[] {
  const named = (kind: string, name: string) => manifests.find((manifest) => manifest.kind === kind && manifest.metadata.name === name);
  const faults = processes.flatMap((process) => {
    const name = `isu-${process.name}`;
    const deployment = named('Deployment', name);
    if (!deployment) return [`${process.name}: is not deployed`];
    const missing = [
      ['Service', name],
      ['Service', `isu-peers-${process.name}`],
      ['PodDisruptionBudget', name],
      ['ServiceAccount', name],
    ].flatMap(([kind = '', wanted = '']) => (named(kind, wanted) ? [] : [`${process.name}: has no ${kind} ${wanted}`]));
    const scalers = manifests.filter(
      ({ kind, spec }) => (kind === 'HorizontalPodAutoscaler' || kind === 'ScaledObject') && spec.scaleTargetRef.name === name,
    );
    if (scalers.length !== 1) missing.push(`${process.name}: ${String(scalers.length)} autoscalers decide how many there are`);
    if (named('Service', `isu-peers-${process.name}`)?.spec.publishNotReadyAddresses !== true) {
      missing.push(`${process.name}: its peers cannot reach it before it is ready`);
    }
    return [...missing, ...settingFaults(process, variablesGiven(deployment, manifests)), ...podFaults(deployment, paths)];
  });
  return [...faults, ...linkFaults(manifests), ...secretFaults(manifests)];
}

/** ConfigMaps in the order in which they are taken, then what is said on the spot. */
function variablesGiven(deployment: Manifest, manifests: readonly Manifest[]): Record<string, string> {
  const [container] = deployment.spec.template.spec.containers;
  const dataOf = (name: string) => manifests.find(({ kind, metadata }) => kind === 'ConfigMap' && metadata.name === name)?.data ?? {};
  const given: Record<string, string> = {};
  for (const { configMapRef } of container.envFrom ?? []) Object.assign(given, dataOf(configMapRef.name as string));
  for (const { name, value, valueFrom } of container.env ?? []) {
    const reference = valueFrom?.configMapKeyRef;
    given[name as string] = String(reference ? (dataOf(reference.name as string)[reference.key as string] ?? '') : value);
  }
  return given;
}

function podFaults(deployment: Manifest, paths: ReadonlySet<string>): string[] {
  const { name } = deployment.metadata;
  const pod = deployment.spec.template.spec;
  const faults: string[] = [];
  const need = (holds: boolean, fault: string) => void (holds || faults.push(`${name}: ${fault}`));
  need(pod.securityContext?.runAsNonRoot === true && pod.securityContext.seccompProfile?.type === 'RuntimeDefault', 'runs as anybody');
  need(pod.automountServiceAccountToken === false, 'is handed a key to the cluster');
  need(pod.topologySpreadConstraints?.length >= 2, 'may stand on one node');
  need(pod.terminationGracePeriodSeconds >= 20, 'is killed before it has stopped');
  for (const container of pod.containers) {
    const { securityContext: may = {}, resources = {} } = container;
    need(may.readOnlyRootFilesystem === true && may.allowPrivilegeEscalation === false, 'may write to itself or rise');
    need(may.capabilities?.drop?.includes('ALL') === true, 'keeps rights of root');
    need(Boolean(resources.requests?.cpu && resources.requests.memory && resources.limits?.memory), 'does not say what it needs');
    need(isPinned(container.image as string), `${String(container.image)} is not pinned`);
    for (const probe of ['startupProbe', 'livenessProbe', 'readinessProbe']) {
      const { path, port } = container[probe]?.httpGet ?? {};
      need(paths.has(path as string), `${probe} asks ${String(path)}, which nothing answers`);
      need(
        container.ports.some((own: { name: string }) => own.name === port),
        `${probe} asks another port`,
      );
    }
    need(container.readinessProbe?.httpGet?.path === '/health/ready', 'is given work before it is ready');
    need(container.livenessProbe?.httpGet?.path === '/health/live', 'is killed for what others do');
  }
  return faults;
}

/** What one manifest names in another must be there, and must choose what it means. */
function linkFaults(manifests: readonly Manifest[]): string[] {
  const faults: string[] = [];
  const deployments = manifests.filter(({ kind }) => kind === 'Deployment');
  const isChosen = (selector: Record<string, string>, { spec }: Manifest) =>
    Object.entries(selector).every(([label, value]) => spec.template.metadata.labels[label] === value);
  for (const { kind, metadata, spec } of manifests) {
    const selector = kind === 'Service' ? spec.selector : kind === 'PodDisruptionBudget' ? spec.selector.matchLabels : undefined;
    if (selector && metadata.name !== 'isu-nowhere') {
      const chosen = deployments.filter((deployment) => isChosen(selector as Record<string, string>, deployment));
      if (chosen.length !== 1) faults.push(`${kind} ${metadata.name}: chooses ${String(chosen.length)} deployments`);
    }
    if (kind === 'HorizontalPodAutoscaler' || kind === 'ScaledObject') {
      const { name } = spec.scaleTargetRef;
      if (!deployments.some((deployment) => deployment.metadata.name === name))
        faults.push(`${kind} ${metadata.name}: ${String(name)} is not there`);
    }
    if (kind === 'Ingress') {
      if (!spec.tls?.length) faults.push(`Ingress ${metadata.name}: is open without TLS`);
      const backends = spec.rules.flatMap((rule: { http: { paths: { backend: { service: { name: string } } }[] } }) => rule.http.paths);
      for (const { backend } of backends as { backend: { service: { name: string } } }[]) {
        const isThere = manifests.some((other) => other.kind === 'Service' && other.metadata.name === backend.service.name);
        if (!isThere) faults.push(`Ingress ${metadata.name}: ${backend.service.name} is not there`);
      }
    }
  }
  if (!manifests.some(({ kind, spec }) => kind === 'NetworkPolicy' && isEmpty(spec.podSelector) && !spec.ingress && !spec.egress)) {
    faults.push('no policy closes the network');
  }
  return faults;
}

/** No secret is written down, and each file that a process opens is one that somebody fetches. */
function secretFaults(manifests: readonly Manifest[]): string[] {
  const faults: string[] = [];
  const fetched = manifests.filter(({ kind }) => kind === 'ExternalSecret');
  for (const manifest of manifests) {
    const { kind, metadata, spec } = manifest;
    if (kind === 'Secret') faults.push(`Secret ${metadata.name}: stands in the repository`);
    if (kind !== 'Deployment') continue;
    const given = variablesGiven(manifest, manifests);
    for (const [variable, value] of Object.entries(given)) {
      if (isSecretLiteral(variable, value)) faults.push(`${metadata.name}: ${variable} holds a secret`);
    }
    const volume = spec.template.spec.volumes.find(({ name }: { name: string }) => name === 'secrets')?.secret?.secretName as
      | string
      | undefined;
    if (volume !== metadata.name) faults.push(`${metadata.name}: reads the secrets of ${String(volume)}`);
    const keys = fetched.find((other) => other.spec.target.name === volume)?.spec.data as { secretKey: string }[] | undefined;
    if (keys === undefined) continue;
    for (const [variable, value] of Object.entries(given)) {
      const key = /^\/run\/secrets\/isu\/(.+)$/.exec(value)?.[1];
      if (key && !keys.some(({ secretKey }) => secretKey === key)) faults.push(`${metadata.name}: nobody fetches ${key} for ${variable}`);
    }
  }
  return faults;
}

const isEmpty = (value: object): boolean => Object.keys(value).length === 0;
