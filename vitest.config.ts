import { defineConfig } from 'vitest/config'
import { BaseSequencer, type TestSpecification } from 'vitest/node'

/** What takes longest begins first, so that no core is idle while the last file runs. */
const longestFirst = [
  'validation/queueing.test.ts',
  'packages/cli/src/html/report.browser.test.ts',
  'docs/guide.test.ts',
  'validation/others.test.ts',
]

class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const place = ({ moduleId }: TestSpecification) => {
      const index = longestFirst.findIndex((path) => moduleId.endsWith(path))
      return index < 0 ? longestFirst.length : index
    }
    return (await super.sort(files)).sort((a, b) => place(a) - place(b))
  }
}

export default defineConfig({
  resolve: { conditions: ['source'] },
  ssr: { resolve: { conditions: ['source'] } },
  test: {
    include: ['tidy.test.ts', '{packages/*/src,scripts,validation,docs,designs,claims}/**/*.test.ts'],
    // Against what hangs; a test of seconds may meet a machine that does ten other things.
    testTimeout: 90_000,
    maxWorkers: '100%',
    // Modules keep nothing between tests, so that a worker loads them once.
    isolate: false,
    sequence: { sequencer: LongestFirst },
  },
})
