import { defineConfig } from 'tsdown'

export default defineConfig({
  entry: ['src/main.ts', 'src/worker.ts', 'src/validate.ts'],
  platform: 'node',
  dts: false,
  logLevel: 'warn',
})
