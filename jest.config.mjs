/**
 * One configuration for every spec of the workspace. Tests run on the sources (SWC), as native ES modules.
 * `*.spec.ts` is pure code, `*.int.spec.ts` needs a PostgreSQL server, `*.kafka.spec.ts` a Kafka broker too, `*.soak.spec.ts` is
 * what takes too long for every change, `e2e/*.e2e.spec.ts` needs the running system, `e2e/browser/*.browser.spec.ts` a Chromium too.
 */
const swc = (parser) => [
  '@swc/jest',
  {
    swcrc: false,
    jsc: {
      target: 'es2022',
      parser,
      transform: { legacyDecorator: true, decoratorMetadata: true, useDefineForClassFields: true, react: { runtime: 'automatic' } },
      keepClassNames: true,
    },
    module: { type: 'es6' },
    sourceMaps: 'inline',
  },
];

const ts = {
  extensionsToTreatAsEsm: ['.ts', '.tsx'],
  moduleNameMapper: {
    '^@isu/kafka$': '<rootDir>/tools/kafka/src/index.mjs',
    '^@isu/([^/]+)$': ['<rootDir>/libs/$1/src/index.ts', '<rootDir>/services/$1/src/index.ts', '<rootDir>/tools/$1/src/index.ts'],
    '^(\\.{1,2}/.*)\\.js$': '$1',
  },
  transform: {
    '^.+\\.ts$': swc({ syntax: 'typescript', decorators: true }),
    '^.+\\.tsx$': swc({ syntax: 'typescript', tsx: true }),
  },
  modulePathIgnorePatterns: ['/dist/', '/\\.nx/'],
  testEnvironment: 'node',
};

/** Spec files of a worker share the modules that they stand on: what they cost was, by half, to load them again for each (tools/checks). */
const shared = {
  testEnvironment: '<rootDir>/tools/checks/src/specs/environment.cjs',
  runtime: '<rootDir>/tools/checks/src/specs/runtime.cjs',
};

/** One broker, and one PostgreSQL server beside it; each spec has topics and groups of its own. */
const kafka = {
  globalSetup: '<rootDir>/tools/kafka/src/jest/start-servers.mjs',
  globalTeardown: '<rootDir>/tools/kafka/src/jest/stop-servers.mjs',
};

/** One PostgreSQL server for all spec files of a run; Jest starts it only when a spec of such a project runs. */
const postgres = {
  globalSetup: '<rootDir>/libs/testing/src/jest/postgres-server.ts',
  globalTeardown: '<rootDir>/libs/testing/src/jest/stop-postgres.mjs',
};

/** One running system with its people and one Chromium, for all journeys: they are made one after the other (`--runInBand`). */
const house = {
  globalSetup: '<rootDir>/e2e/browser/jest/open-house.mjs',
  globalTeardown: '<rootDir>/e2e/browser/jest/close-house.mjs',
};

export default {
  testTimeout: 60_000,
  testSequencer: '<rootDir>/tools/checks/src/longest-first.mjs',
  projects: [
    {
      ...ts,
      ...shared,
      displayName: 'unit',
      testMatch: ['<rootDir>/{libs,services,tools}/**/*.spec.{ts,tsx}'],
      testPathIgnorePatterns: ['\\.(int|kafka|soak)\\.spec\\.ts$', '/dist/'],
    },
    {
      ...ts,
      ...shared,
      ...postgres,
      displayName: 'int',
      testMatch: ['<rootDir>/{libs,services,tools}/**/*.int.spec.ts'],
      testPathIgnorePatterns: ['/dist/'],
    },
    {
      ...ts,
      ...kafka,
      displayName: 'kafka',
      testMatch: ['<rootDir>/{libs,services,tools}/**/*.kafka.spec.ts'],
      testPathIgnorePatterns: ['/dist/'],
    },
    {
      ...ts,
      ...kafka,
      displayName: 'soak',
      testMatch: ['<rootDir>/{libs,services,tools}/**/*.soak.spec.ts'],
      testPathIgnorePatterns: ['/dist/'],
    },
    {
      ...ts,
      ...postgres,
      displayName: 'e2e',
      testMatch: ['<rootDir>/e2e/**/*.e2e.spec.ts'],
      testPathIgnorePatterns: ['<rootDir>/e2e/distributed/'],
    },
    { ...ts, ...kafka, displayName: 'distributed', testMatch: ['<rootDir>/e2e/distributed/*.e2e.spec.ts'] },
    { ...ts, ...house, displayName: 'browser', testMatch: ['<rootDir>/e2e/browser/**/*.browser.spec.ts'] },
  ],
};
