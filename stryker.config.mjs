/** Mutation testing of what every number passes through; docs/mutation.md reads the outcome. */
export default {
  mutate: [
    'packages/core/src/{kernel,stats}/**/*.ts',
    'packages/core/src/support/units.ts',
    '!**/*.{test,slow}.ts',
    '!**/testing-*.ts',
    '!packages/core/src/stats/coverage.ts',
  ],
  testRunner: 'vitest',
  vitest: { configFile: 'vitest.mutation.config.ts' },
  plugins: ['@stryker-mutator/vitest-runner'],
  coverageAnalysis: 'perTest',
  concurrency: 2,
  timeoutMS: 4000,
  incremental: true,
  incrementalFile: '.stryker/incremental.json',
  reporters: ['clear-text', 'json'],
  clearTextReporter: { allowColor: false, allowEmojis: false, logTests: false },
  jsonReporter: { fileName: '.stryker/mutation.json' },
  tempDirName: '.stryker/sandbox',
  ignorePatterns: ['.stryker', 'dist', '.types'],
  thresholds: { high: 90, low: 80, break: 80 },
}
