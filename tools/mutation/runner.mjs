import { basename, resolve } from 'node:path';
import { declareFactoryPlugin, PluginKind } from '@stryker-mutator/api/plugin';
import { startable } from './start.mjs';

const specs = { id: 'specs', name: 'the specs of the law' };

/** Stryker's way to the specs: a mutant is switched on, and the law evaluated anew in the same process. */
class LawRunner {
  capabilities() {
    return { reloadEnvironment: true };
  }

  async init() {
    // Asked for only now: Stryker has entered its sandbox since this file was loaded.
    this.run = startable(resolve('tools/mutation/dist/law.cjs'));
  }

  async dryRun() {
    const start = performance.now();
    const failureMessage = await this.run();
    const timeSpentMs = performance.now() - start;
    const outcome = failureMessage === null ? { status: 0 } : { status: 1, failureMessage };
    return { status: 'complete', tests: [{ ...specs, timeSpentMs, ...outcome }] };
  }

  async mutantRun({ activeMutant, hitLimit }) {
    globalThis.__stryker__ = { activeMutant: activeMutant.id, hitCount: 0, hitLimit: hitLimit ?? 1_000_000 };
    const failureMessage = await this.run(basename(activeMutant.fileName, '.ts'));
    return failureMessage === null
      ? { status: 'survived', nrOfTests: 1 }
      : { status: 'killed', killedBy: [specs.id], failureMessage, nrOfTests: 1 };
  }
}

export const strykerPlugins = [declareFactoryPlugin(PluginKind.TestRunner, 'law', () => new LawRunner())];
