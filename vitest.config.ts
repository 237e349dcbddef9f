import { defineConfig } from 'vitest/config'

export default defineConfig({
  resolve: { conditions: ['source'] },
  ssr: { resolve: { conditions: ['source'] } },
  test: {
    include: ['packages/*/src/**/*.test.ts', 'validation/**/*.test.ts', 'docs/**/*.test.ts'],
    testTimeout: 30_000,
  },
})
