/**
 * Mutation testing of the law, run by hand: `npm run mutate`, or `npm run mutate -- --mutate libs/calc/src/rules/training.ts`. The law and its
 * specs are bundled once with every mutant in, then started once a mutant.
 */
export default {
  testRunner: 'law',
  plugins: ['./tools/mutation/runner.mjs'],
  coverageAnalysis: 'off',
  buildCommand: 'node tools/mutation/bundle.mjs',
  mutate: ['libs/calc/src/{rules,law}/*.ts', 'libs/calc/src/scale.ts', '!libs/calc/src/**/*.spec.ts'],
  // Texts are names, labels and sources: `figures.mjs` changes those that are figures of the law, one by one.
  mutator: { excludedMutations: ['StringLiteral'] },
  ignorePatterns: ['**', '!package.json', '!libs/calc/src/**', '!libs/values/src/**', '!tools/mutation/*'],
  tempDirName: '.nx/stryker',
  concurrency: 1,
  timeoutMS: 120_000,
  timeoutFactor: 4,
  reporters: ['progress-append-only', 'clear-text', 'json'],
  jsonReporter: { fileName: 'tools/mutation/dist/report.json' },
  clearTextReporter: { allowColor: false, logTests: false },
  disableTypeChecks: false,
  incremental: true,
  incrementalFile: 'tools/mutation/dist/incremental.json',
};
