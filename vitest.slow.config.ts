import { defineConfig } from 'vitest/config'

export default defineConfig({
  resolve: { conditions: ['source'] },
  ssr: { resolve: { conditions: ['source'] } },
  test: {
    include: ['packages/*/src/**/*.slow.ts', '{validation,designs,claims}/**/*.slow.ts'],
    testTimeout: 2_400_000,
    maxWorkers: '100%',
  },
})
