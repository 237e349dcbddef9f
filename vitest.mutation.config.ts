import { defineConfig } from 'vitest/config'

/** The fast tests of what is mutated: each mutant runs those of them that reach it. */
export default defineConfig({
  resolve: { conditions: ['loadpath-source'] },
  ssr: { resolve: { conditions: ['loadpath-source'] } },
  test: {
    testTimeout: 300_000,
    include: ['packages/core/src/{kernel,stats}/**/*.test.ts', 'packages/core/src/support/units*.test.ts'],
    // Statistics of a thousand runs: they take seconds, and there are thousands of mutants.
    exclude: ['packages/core/src/stats/{coverage,intervals}.test.ts', 'packages/core/src/kernel/queueing-laws.test.ts'],
  },
})
