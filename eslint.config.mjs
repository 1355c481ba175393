import nx from '@nx/eslint-plugin';
import tseslint from 'typescript-eslint';

const pureLibs = 'libs/{values,calc,account,contracts}/src/**/*.ts';
const web = 'services/portal/web/src/**/*.{ts,tsx}';
const specs = ['**/*.spec.ts', '**/*.spec.tsx'];

/**
 * Who may import whom, by the tags in each package.json. docs/architecture.md draws it; tools/checks holds a fixture for
 * every line, and a test that sees the lint go red on it.
 */
const mayImport = (extraInSpecs) => [
  { sourceTag: 'kind:pure', onlyDependOnLibsWithTags: ['kind:pure', ...extraInSpecs] },
  { sourceTag: 'kind:infra', onlyDependOnLibsWithTags: ['kind:pure', 'kind:infra', ...extraInSpecs] },
  { sourceTag: 'kind:testing', onlyDependOnLibsWithTags: ['kind:pure', 'kind:infra', 'kind:testing'] },
  { sourceTag: 'kind:service', onlyDependOnLibsWithTags: ['kind:pure', 'kind:infra', ...extraInSpecs] },
  {
    sourceTag: 'kind:composition',
    onlyDependOnLibsWithTags: ['kind:pure', 'kind:infra', 'kind:service', 'kind:testing', 'kind:composition'],
  },
];
const boundaries = (extraInSpecs = []) => [
  'error',
  { allow: [], depConstraints: mayImport(extraInSpecs), enforceBuildableLibDependency: false },
];

const kafkaOnlyBehindTheBus = {
  name: 'kafkajs',
  message: 'Only libs/messaging/src/kafka.ts knows the Kafka client: it will be replaced one day.',
};
const infrastructure = ['@nestjs/*', 'typeorm', 'pg', 'pg-*', 'express', 'pino', 'prom-client', 'jose', 'oidc-provider', 'node:*'];

const machineClock = [
  { selector: "NewExpression[callee.name='Date'][arguments.length=0]", message: 'Time comes from the injected BusinessClock.' },
  { selector: "MemberExpression[object.name='Date'][property.name='now']", message: 'Time comes from the injected BusinessClock.' },
];
const randomness = {
  selector: "MemberExpression[object.name='Math'][property.name='random']",
  message: 'Randomness is injected: ids and seeds are handed in.',
};

export default [
  { ignores: ['**/dist/**', '**/node_modules/**', '.nx/**', '.isu/**', 'docs/**'] },
  ...tseslint.configs.strict.map((config) => ({ ...config, files: ['**/*.ts', '**/*.tsx'] })),
  {
    files: ['**/*.ts', '**/*.tsx'],
    plugins: { '@nx': nx },
    linterOptions: { reportUnusedDisableDirectives: 'error' },
    rules: {
      '@nx/enforce-module-boundaries': boundaries(),
      '@typescript-eslint/no-extraneous-class': ['error', { allowWithDecorator: true, allowStaticOnly: false }],
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_', caughtErrorsIgnorePattern: '^_' }],
      'no-restricted-imports': ['error', { paths: [kafkaOnlyBehindTheBus] }],
      'no-restricted-syntax': ['error', ...machineClock, randomness],
      'max-lines': ['error', { max: 300, skipBlankLines: false, skipComments: false }],
      'max-lines-per-function': ['error', { max: 60, skipBlankLines: true, skipComments: true }],
      'max-params': ['error', 4],
    },
  },
  { files: ['libs/messaging/src/kafka.ts'], rules: { 'no-restricted-imports': 'off' } },
  {
    files: [pureLibs],
    ignores: specs,
    rules: {
      'no-restricted-imports': [
        'error',
        {
          paths: [kafkaOnlyBehindTheBus],
          patterns: [
            { group: infrastructure, message: 'A pure library knows no framework, no database, no I/O: it runs in the browser too.' },
          ],
        },
      ],
    },
  },
  {
    files: [web],
    ignores: specs,
    rules: {
      'no-restricted-imports': [
        'error',
        {
          patterns: [
            {
              regex: '^@isu/(?!(values|calc|account|contracts)$)',
              message: 'The browser has the values and the law; what a service knows comes from the portal, over HTTP.',
            },
            {
              regex: '^@isu/(account|contracts)$',
              allowTypeImports: true,
              message: 'Accounts are folded and facts are read by services: the browser knows their types.',
            },
            { group: infrastructure, message: 'There is no framework of ours, no database and no Node in a browser.' },
            { regex: '^(\\.\\./)+src/(?!face/)', message: 'Of the portal the browser knows the face, and nothing behind it.' },
            { regex: '^(\\.\\./)+src/face/', allowTypeImports: true, message: 'The face is types: `import type`.' },
          ],
        },
      ],
    },
  },
  // The one place that reads the machine's clock.
  {
    files: ['libs/chassis/src/clocks/**/*.ts', 'libs/testing/src/fake-clock.ts', 'libs/testing/src/eventually.ts'],
    rules: { 'no-restricted-syntax': 'off' },
  },
  {
    files: [...specs, '**/*.spec-kit.ts', '**/*.suite.ts'],
    rules: {
      '@nx/enforce-module-boundaries': boundaries(['kind:testing', 'kind:composition']),
      'no-restricted-syntax': 'off',
      'max-lines': 'off',
      'max-lines-per-function': 'off',
      '@typescript-eslint/no-non-null-assertion': 'off',
      '@typescript-eslint/no-extraneous-class': 'off',
    },
  },
];
