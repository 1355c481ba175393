/** The broker as Maven brings it: once per version, into a folder that git ignores. */
import { execFile } from 'node:child_process';
import { access, mkdir, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const home = join(dirname(fileURLToPath(import.meta.url)), '..');
const run = promisify(execFile);

/** What CI runs and production is promised to work with. */
export const pinnedVersion = '4.2.0';
/** The previous line, which the soak runs as well. */
export const previousVersion = '3.9.1';

/** The folder of a version's jars, brought by Maven when it is not there yet. */
export const jarsOf = (version) =>
  brought(version, `Kafka ${version}`, [
    ...['-f', join(home, 'pom.xml'), 'dependency:copy-dependencies'],
    ...[`-Dkafka.version=${version}`, '-P', logsWithLog4j2(version) ? 'log4j2' : 'log4j1'],
  ]);

/** Kafka's command-line tools, which a broker does without: what a bench sets its own figures beside. */
export const toolsOf = (version) =>
  brought(`${version}-tools`, `the tools of Kafka ${version}`, [
    'org.apache.maven.plugins:maven-dependency-plugin:3.8.1:copy',
    `-Dartifact=org.apache.kafka:kafka-tools:${version}`,
  ]);

async function brought(name, what, goal) {
  const folder = join(home, '.jars', name);
  if (await exists(folder)) return folder;
  // Into a folder of this process first: two runs that start together, or one that is killed, never leave half a broker behind.
  const arriving = join(home, '.jars', `.${name}-${process.pid}`);
  await mkdir(arriving, { recursive: true });
  try {
    await run('mvn', ['-B', '-q', ...goal, `-DoutputDirectory=${arriving}`], { timeout: 600_000 });
    await rename(arriving, folder).catch(async (fault) => {
      if (!(await exists(folder))) throw fault;
    });
  } catch (fault) {
    throw new Error(`Maven could not bring ${what}: ${fault.stdout || fault.message}`, { cause: fault });
  } finally {
    await rm(arriving, { recursive: true, force: true });
  }
  return folder;
}

export const logsWithLog4j2 = (version) => Number(version.split('.')[0]) >= 4;

/** Java, and the jars or the Maven that brings them: what a broker without a container engine needs. */
export async function canRunBroker(version = pinnedVersion) {
  const answers = (command, args) =>
    run(command, args).then(
      () => true,
      () => false,
    );
  return (await answers('java', ['-version'])) && ((await exists(join(home, '.jars', version))) || (await answers('mvn', ['-version'])));
}

const exists = (path) =>
  access(path).then(
    () => true,
    () => false,
  );
