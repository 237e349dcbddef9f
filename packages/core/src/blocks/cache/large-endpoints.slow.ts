import { expect, it } from 'vitest'
import { catalogue } from '../../experiment/catalogue.ts'
import { replicate } from '../../experiment/replicate.ts'
import { simulate } from '../../experiment/simulate.ts'
import { readDesign } from '../../language/read-design.ts'
import { cheApproximation, zipfShares } from '../../theory/che-approximation.ts'

// More entries than are kept one by one: of each endpoint, some keys stand for others.
it('a large cache in front of two endpoints hits as Che says of both together, from the first second', async () => {
  const { design } = readDesign(
    `loadpath: 1
name: a large cache in front of two endpoints
traffic:
  readers:
    rate: 20k/s
    requests:
      page: { weight: 2, to: edge, key: zipf 0.9 over 500k }
      image: { weight: 5, to: edge, key: zipf 0.8 over 2M }
blocks:
  edge: { type: cache, of: web, capacity: 300k, compute: 0s }
  web: { type: service, cores: 64, workers: unlimited, endpoints: { page: [{ compute: 0s }], image: [{ compute: 0s }] } }
run: { for: 1s, repeat: 20 }
`,
    catalogue,
  )
  const runner = async (tasks: readonly Parameters<typeof replicate>[0][]) => tasks.map((task) => replicate(task))
  const { blocks } = await simulate(design as never, { runner, longer: false })
  const { hitRatio } = blocks.find(({ name }) => name === 'edge') ?? {}
  const pages = zipfShares(0.9, 500_000).map((share) => (share * 2) / 7)
  const images = zipfShares(0.8, 2_000_000).map((share) => (share * 5) / 7)
  const shares = new Float64Array(pages.length + images.length)
  shares.set(pages)
  shares.set(images, pages.length)
  const expected = cheApproximation(shares, 300_000).hitRatio
  expect(Math.abs((hitRatio as { point: number }).point - expected)).toBeLessThan(0.01)
})
