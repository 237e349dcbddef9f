import { defineConfig } from 'vitest/config'
import { longestFirst } from './vitest.longest-first.ts'

const sequencer = longestFirst([
  'validation/queueing.test.ts',
  'packages/cli/src/html/report.browser.test.ts',
  'docs/guide.test.ts',
  'validation/others.test.ts',
])

export default defineConfig({
  resolve: { conditions: ['loadpath-source'] },
  ssr: { resolve: { conditions: ['loadpath-source'] } },
  test: {
    include: ['tidy.test.ts', '{packages/*/src,scripts,validation,docs,designs,claims}/**/*.test.ts'],
    // Against what hangs; a test of seconds may meet a machine that does ten other things.
    testTimeout: 90_000,
    maxWorkers: '100%',
    // Modules keep nothing between tests, so that a worker loads them once.
    isolate: false,
    sequence: { sequencer },
  },
})
