const { createRequire } = require('node:module');
const { pathToFileURL } = require('node:url');
const { SyntheticModule } = require('node:vm');
const { default: Runtime } = require('jest-runtime');

/** What is loaded anew for every spec file: what declares tests, or holds what one of them has made. */
const ofOneSpec = /\.(spec|spec-kit|suite)\.[cm]?tsx?$|^@jest\/globals\//;
const framework = require.resolve('jest-circus/runner').replace(/runner\.js$/, 'jestAdapterInit.js');

/** The runtimes of this worker, one a project of Jest's. */
const kept = new Map();

/**
 * Jest gives each spec file a world of its own: a realm of JavaScript, and every module loaded and run in it again, two thousand files for
 * a service. That was half of what the specs cost. Here the spec files of a worker follow one another in Node's own realm and share what
 * they stand on, as requests share it in production: packages are imported by Node itself, our sources are translated and loaded once. A
 * spec file, its kits and the framework that counts its tests are still new each time.
 */
class SharedModules extends Runtime {
  constructor(config, environment, resolver, transformer, cacheFS, coverage, testPath, globalConfig) {
    const known = kept.get(config.id);
    if (known) return known.begin(testPath);
    super(config, environment, resolver, transformer, cacheFS, coverage, testPath, globalConfig);
    // Whoever watches wants the sources as they are now.
    if (!globalConfig.watch && !globalConfig.watchAll) kept.set(config.id, this);
    const load = this.esmLoader.resolveModule.bind(this.esmLoader);
    this.esmLoader.getContext = () => undefined;
    this.esmLoader.resolveModule = async (specifier, from, context) =>
      (await this.ofNode(specifier, from)) ?? load(specifier, from, context);
  }

  begin(testPath) {
    this.testState.state = 'loading';
    this._testPath = testPath;
    this.esmLoader.testPath = testPath;
    return this;
  }

  /** Of the specs' own files nothing may stay. */
  teardown() {
    const modules = this.registries.getActiveEsmRegistry();
    for (const name of [...modules.keys()].filter((key) => ofOneSpec.test(key))) modules.delete(name);
    this.restoreAllMocks();
    this.jestGlobals.clearJestObjectCache();
    this.loggedReferenceErrors.clear();
    this.testState.teardown();
  }

  /** A package, or a part of Node: what Node imports, under the names that it has there. Nothing for what is ours. */
  async ofNode(specifier, from) {
    if (specifier === '@jest/globals' || specifier.startsWith('data:')) return undefined;
    const path = await this._resolution.resolveEsmAsync(from, specifier);
    const isOfNode = this._resolution.isCoreModule(path);
    if (!isOfNode && !path.includes('/node_modules/')) return undefined;
    const modules = this.registries.getActiveEsmRegistry();
    if (!modules.has(path)) modules.set(path, asModule(path, await import(isOfNode ? path : pathToFileURL(path).href)));
    return modules.get(path);
  }

  /** The framework counts in variables of its own: a new one for each spec file. What it stands on is the worker's. */
  requireInternalModule(from, name) {
    if (from === framework) delete require.cache[framework];
    return name === undefined ? require(from) : createRequire(from)(name);
  }
}

async function asModule(identifier, namespace) {
  const module = new SyntheticModule(
    Object.keys(namespace),
    () => {
      for (const [name, value] of Object.entries(namespace)) module.setExport(name, value);
    },
    { identifier },
  );
  await module.link(() => undefined);
  await module.evaluate();
  return module;
}

module.exports = SharedModules;
