import { catalogue } from '../experiment/catalogue.ts'
import { replicate } from '../experiment/replicate.ts'
import { simulate } from '../experiment/simulate.ts'
import { readDesign } from '../language/read-design.ts'
import { contradictions } from './contradictions.ts'

/** Designs that do 100 requests or messages a second, each with what a request calls in `web`. */
const kinds: Readonly<Record<string, string>> = {
  'one worker': 'web: { type: service, workers: 1, endpoints: { get: [{ compute: exponential 10ms }] } }',
  'a shared core': 'web: { type: service, endpoints: { get: [{ compute: 10ms }] } }',
  'a bounded line': 'web: { type: service, workers: 1, limit: 5, endpoints: { get: [{ compute: exponential 10ms }] } }',
  'a queue behind it': `web: { type: service, cores: 8, endpoints: { get: [{ compute: 1ms }, { publish: mails }] } }
  mails: { type: queue, workers: { instances: 1, compute: exponential 10ms } }`,
}

/** What answers say against themselves, by design, around the load at which it is full. */
export async function contradictionsAround(run: string, ratesPerSecond: readonly number[]): Promise<readonly string[]> {
  const found: string[] = []
  for (const [kind, blocks] of Object.entries(kinds)) {
    for (const rate of ratesPerSecond) {
      const { design } = readDesign(
        `loadpath: 1
name: around full
traffic: { visitors: { rate: ${rate}/s, requests: { get: { to: web } } } }
blocks:
  ${blocks}
run: ${run}
objectives: [mean < 50ms, p50 < 20ms, p99 < 150ms, availability >= 99%, answered >= 99%, web.utilization < 90%]
`,
        catalogue,
      )
      if (design === undefined) throw new Error('the design is wrong')
      const answer = await simulate(design, { runner: async (tasks) => tasks.map((task) => replicate(task)) })
      found.push(...contradictions(answer).map((one) => `${kind}, ${rate}/s: ${one}`))
    }
  }
  return found
}
