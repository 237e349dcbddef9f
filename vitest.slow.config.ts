import { defineConfig } from 'vitest/config'
import { longestFirst } from './vitest.longest-first.ts'

const sequencer = longestFirst([
  'validation/queueing.slow.ts',
  'packages/cli/src/fuzz/designs.slow.ts',
  'validation/others.slow.ts',
  'packages/cli/src/fuzz/files.slow.ts',
  'validation/many-servers.slow.ts',
  'validation/balancing.slow.ts',
  'packages/core/src/stats/coverage.slow.ts',
  'validation/seeds.slow.ts',
])

export default defineConfig({
  resolve: { conditions: ['loadpath-source'] },
  ssr: { resolve: { conditions: ['loadpath-source'] } },
  test: {
    include: ['packages/*/src/**/*.slow.ts', '{validation,designs,claims}/**/*.slow.ts'],
    testTimeout: 2_400_000,
    hookTimeout: 300_000,
    maxWorkers: '100%',
    sequence: { sequencer },
  },
})
