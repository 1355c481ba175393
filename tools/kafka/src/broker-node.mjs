/** One broker process: broker and controller in one, as KRaft allows for small clusters. */
import { execFile, spawn } from 'node:child_process';
import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { loggingFlag, writeBrokerFiles } from './broker-files.mjs';
import { formatsLogin, makeGuardedDoor } from './guarded-door.mjs';

const run = promisify(execFile);
const keptLines = 50;
const startLimitMs = 120_000;
const stopLimitMs = 10_000;

export class BrokerNode {
  #child = null;
  #lines = [];
  #ended = Promise.resolve();
  #killAtExit = () => this.#child?.kill('SIGKILL');

  constructor({ id, port, controllerPort, guardedPort = null, cluster }) {
    this.id = id;
    this.port = port;
    this.controllerPort = controllerPort;
    this.guardedPort = guardedPort;
    /** What a client needs at the guarded door, once formatted. */
    this.guarded = null;
    this.cluster = cluster;
    this.folder = join(cluster.folder, `node-${id}`);
  }

  get address() {
    return `127.0.0.1:${this.port}`;
  }

  get pid() {
    return this.#child?.pid ?? null;
  }

  get lastLines() {
    return this.#lines.join('\n');
  }

  /** Writes its files and an empty log of this cluster. */
  async format() {
    const { jars, id, version, nodes } = this.cluster;
    await mkdir(this.folder, { recursive: true });
    if (this.guardedPort !== null) this.guarded = await makeGuardedDoor(this.folder);
    await writeBrokerFiles({ node: this, nodes, folder: this.folder, version });
    const tool = ['-XX:TieredStopAtLevel=1', '-cp', `${jars}/*`, 'kafka.tools.StorageTool', 'format', '--ignore-formatted'];
    const accounts = this.guarded ? formatsLogin() : [];
    await run('java', [...tool, '-t', id, '-c', join(this.folder, 'server.properties'), ...accounts]);
  }

  /** Resolves when the broker says that it has started; a restart keeps ports and log. */
  async start() {
    const { jars, version, forMeasures } = this.cluster;
    // Compiled quickly it is there sooner; compiled well it carries more.
    const compiled = forMeasures ? [] : ['-XX:TieredStopAtLevel=1'];
    const flags = ['-Xms256m', '-Xmx256m', '-XX:+UseSerialGC', ...compiled, loggingFlag(this.folder, version)];
    const child = spawn('java', [...flags, '-cp', `${jars}/*`, 'kafka.Kafka', join(this.folder, 'server.properties')], {
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    this.#child = child;
    this.#lines = [];
    this.#ended = new Promise((resolve) => child.once('exit', resolve));
    process.once('exit', this.#killAtExit);
    void this.#ended.then(() => {
      process.off('exit', this.#killAtExit);
      if (this.#child === child) this.#child = null;
    });
    await this.#started(child);
  }

  /** As an operator stops it: it hands over what it leads, then ends. */
  async stop() {
    const child = this.#child;
    if (!child) return;
    child.kill('SIGTERM');
    const timer = setTimeout(() => child.kill('SIGKILL'), stopLimitMs);
    await this.#ended;
    clearTimeout(timer);
  }

  async kill() {
    this.#child?.kill('SIGKILL');
    await this.#ended;
  }

  /** It holds its connections and answers nobody. */
  freeze() {
    this.#child?.kill('SIGSTOP');
  }

  thaw() {
    this.#child?.kill('SIGCONT');
  }

  /** It forgets everything that it ever kept; its ports stay. */
  async wipe() {
    await this.kill();
    await rm(this.folder, { recursive: true, force: true });
    await this.format();
  }

  #started(child) {
    return new Promise((resolve, reject) => {
      const fail = (why) => reject(new Error(`Kafka node ${this.id} ${why}. Its last lines:\n${this.lastLines}`));
      const timer = setTimeout(() => fail(`has not started within ${startLimitMs / 1_000} s`), startLimitMs);
      const listen = (chunk) => {
        this.#lines = [...this.#lines, ...String(chunk).split('\n').filter(Boolean)].slice(-keptLines);
        if (!String(chunk).includes('Kafka Server started')) return;
        clearTimeout(timer);
        resolve();
      };
      child.stdout.on('data', listen);
      child.stderr.on('data', listen);
      child.once('error', (fault) => fail(`could not be started (${fault.message})`));
      child.once('exit', (code, signal) => {
        clearTimeout(timer);
        fail(`ended (${signal ?? code}) before it had started`);
      });
    });
  }
}
