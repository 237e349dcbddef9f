import { defineConfig } from 'tsdown'

export default defineConfig({
  entry: {
    main: 'src/main.ts',
    worker: 'src/threads/worker.ts',
    validate: 'src/validate.ts',
    fuzz: 'src/fuzz/main.ts',
  },
  platform: 'node',
  dts: false,
  logLevel: 'warn',
  deps: { alwaysBundle: [/^@loadpath\/core/, 'yaml'] },
  inputOptions: { resolve: { conditionNames: ['source', 'import', 'node', 'default'] } },
})
