const { ModernFakeTimers } = require('@jest/fake-timers');
const { ModuleMocker } = require('jest-mock');

const { exit } = process;
const { console } = globalThis;
const moduleMocker = new ModuleMocker(globalThis);
/** One for all spec files of a project: the runtime that they share keeps it. */
const timers = new Map();

/** Node's own realm, for one spec file after the other: what one of them changed in the process is put back behind it. */
class OneRealm {
  global = globalThis;
  moduleMocker = moduleMocker;
  variables = { ...process.env };

  constructor({ projectConfig: config }) {
    if (!timers.has(config.id)) timers.set(config.id, new ModernFakeTimers({ config, global: globalThis }));
    this.fakeTimersModern = timers.get(config.id);
  }

  async setup() {}

  async teardown() {
    this.fakeTimersModern.useRealTimers();
    process.exit = exit;
    globalThis.console = console;
    for (const name of Object.keys(process.env)) if (!(name in this.variables)) delete process.env[name];
    Object.assign(process.env, this.variables);
    // Who listens to the events of Jest's framework: it begins anew with each spec file.
    delete globalThis[Symbol.for('EVENT_HANDLERS')];
  }

  exportConditions() {
    return ['node', 'node-addons'];
  }

  /** Jest asks for a context where to compile what is not an ES module, of which we have none. */
  getVmContext() {
    return undefined;
  }
}

module.exports = OneRealm;
