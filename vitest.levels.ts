import { availableParallelism } from 'node:os'
import { relative } from 'node:path'
import type { ViteUserConfig } from 'vitest/config'
import { BaseSequencer, type TestSpecification } from 'vitest/node'
import { readTimes } from './scripts/test-times.ts'

/**
 * Tests of seconds are `*.test.ts` (`npm test`), those of a minute `*.slow.ts` (`npm run test:slow`, with every change), and
 * what proves everything in full is `*.full.ts` (`npm run test:full`, which runs all three).
 */
export type Level = 'test' | 'slow' | 'full'

const timeoutMs: Readonly<Record<Level, number>> = {
  // Against what hangs; a test of seconds may meet a machine that does ten other things.
  test: 90_000,
  slow: 2_400_000,
  full: 7_200_000,
}

/** The configuration that runs all tests of a level. */
export function levelConfig(level: Level): ViteUserConfig {
  return {
    resolve: { conditions: ['loadpath-source'] },
    ssr: { resolve: { conditions: ['loadpath-source'] } },
    test: {
      include: [`*.${level}.ts`, `{packages/*/src,scripts,validation,docs,designs,claims}/**/*.${level}.ts`],
      testTimeout: timeoutMs[level],
      hookTimeout: Math.min(timeoutMs[level], 300_000),
      maxWorkers: '100%',
      // Concurrent tests wait for processes of their own.
      maxConcurrency: availableParallelism(),
      // Modules keep nothing between quick tests, so that a worker loads them once.
      isolate: level !== 'test',
      sequence: { sequencer: LongestFirst },
      ...(process.env.LOADPATH_RECORD_TIMES === undefined
        ? {}
        : { reporters: ['default', './scripts/record-times.ts'] }),
    },
  }
}

/** What took longest when times were recorded begins first, so that no core is idle while the last file runs. */
class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const seconds = readTimes(this.ctx.config.root)
    const of = ({ moduleId }: TestSpecification) => seconds[relative(this.ctx.config.root, moduleId)] ?? 0
    return (await super.sort(files)).sort((a, b) => of(b) - of(a))
  }
}
