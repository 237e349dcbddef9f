import { defineConfig } from 'tsdown'

export default defineConfig({
  entry: {
    index: 'src/index.ts',
    explain: 'src/explain/explain.ts',
    traces: 'src/traces/index.ts',
    fuzz: 'src/fuzz/index.ts',
    policies: 'src/policies.ts',
    eviction: 'src/blocks/cache/eviction/library.ts',
  },
  platform: 'neutral',
  dts: true,
  logLevel: 'error',
})
