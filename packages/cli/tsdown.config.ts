import { defineConfig } from 'tsdown'

export default defineConfig({
  entry: {
    main: 'src/main.ts',
    worker: 'src/threads/worker.ts',
    validate: 'src/validate.ts',
    fuzz: 'src/fuzz/main.ts',
    measure: 'src/measure/main.ts',
    reference: 'src/reference.ts',
  },
  platform: 'node',
  // `explain` knows the words of the glossary, `init` writes a template.
  copy: ['../../GLOSSARY.md', 'templates'],
  dts: false,
  logLevel: 'error',
  deps: { alwaysBundle: [/^@loadpath\/core/, 'yaml'] },
  inputOptions: { resolve: { conditionNames: ['loadpath-source', 'import', 'node', 'default'] } },
})
