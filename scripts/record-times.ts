import { relative } from 'node:path'
import type { Reporter, TestModule, Vitest } from 'vitest/node'
import { writeTimes } from './test-times.ts'

/** A reporter of vitest: keeps how long each file took, by which the next run orders them. */
// biome-ignore lint/style/noDefaultExport: vitest loads a reporter by its default export
export default class RecordTimes implements Reporter {
  private root = '.'

  onInit({ config }: Vitest): void {
    this.root = config.root
  }

  onTestRunEnd(modules: readonly TestModule[]): void {
    const times = modules.map((one) => [relative(this.root, one.moduleId), one.diagnostic().duration / 1000] as const)
    writeTimes(this.root, Object.fromEntries(times))
  }
}
