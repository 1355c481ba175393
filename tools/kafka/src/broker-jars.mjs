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
export async function jarsOf(version) {
  const folder = join(home, '.jars', version);
  if (await exists(folder)) return folder;
  // Into a folder of this process first: two runs that start together, or one that is killed, never leave half a broker behind.
  const arriving = join(home, '.jars', `.${version}-${process.pid}`);
  await mkdir(arriving, { recursive: true });
  const goal = ['-B', '-q', '-f', join(home, 'pom.xml'), 'dependency:copy-dependencies', `-DoutputDirectory=${arriving}`];
  try {
    await run('mvn', [...goal, `-Dkafka.version=${version}`, '-P', logsWithLog4j2(version) ? 'log4j2' : 'log4j1'], { timeout: 600_000 });
    await rename(arriving, folder).catch(async (fault) => {
      if (!(await exists(folder))) throw fault;
    });
  } catch (fault) {
    throw new Error(`Maven could not bring Kafka ${version}: ${fault.stdout || fault.message}`, { cause: fault });
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
