import type { Design } from '@loadpath/core'
import { expect, it } from 'vitest'

interface Engine {
  webTier(): Design
  run(design: Design, wanted: { requests: number; perSecond: number }): { offered: number; meanMs: number }
}

// The benchmark is run by hand, so a change of the engine that breaks it would go unnoticed.
it('the engine of the benchmark simulates the reference model', async () => {
  const { webTier, run } = (await import('../bench/engine.mjs' as string)) as Engine
  const { offered, meanMs } = run(webTier(), { requests: 20_000, perSecond: 2560 })
  expect(offered).toBeGreaterThan(18_000)
  expect(meanMs).toBeGreaterThan(17)
  expect(meanMs).toBeLessThan(20)
})
