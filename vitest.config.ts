import { defineConfig } from 'vitest/config'

export default defineConfig({
  resolve: { conditions: ['source'] },
  ssr: { resolve: { conditions: ['source'] } },
  test: {
    include: ['tidy.test.ts', '{packages/*/src,scripts,validation,docs,designs,claims}/**/*.test.ts'],
    testTimeout: 30_000,
  },
})
