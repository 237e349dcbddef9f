import type { Flow } from '../before-run/flows.ts'
import { makerOf, waitingCallers } from './paths.ts'
import { type Observation, rule } from './rule.ts'

/** Attempts for one request that a callee can be expected to bear. */
const bearable = 3

export const retriesMultiply = rule({
  name: 'retries-multiply',
  title: 'Retries that multiply the load of a failure',
  summary:
    'Attempts multiply along the path of a call. A `budget` of `retry` bounds the factor of a call at 1 + its share: 1.1 for 10 %.',
  why: 'What fails under load is called several times as often because it fails: a small disturbance becomes one that does not end by itself.',
  remedy:
    'Retry in one place only, the nearest to what fails, at most three attempts, with an exponential back-off; or add `budget: 10%` to each `retry`.',
  source:
    'B. Beyer et al., Site Reliability Engineering, O’Reilly 2016, chapters 21 (at most three attempts, a budget of 10 %) and 22 (attempts multiply)',
  aliases: ['retry-storm', 'retry-amplification'],
  examples: {
    unwise: `loadpath: 1
name: everybody tries again
traffic: { visitors: { rate: 100/s, requests: { view: { to: web, retry: { attempts: 3 } } } } }
blocks:
  web: { type: service, instances: 2, endpoints: { view: [{ call: photos.read, retry: { attempts: 3 } }] } }
  photos: { type: database }
`,
    wise: `loadpath: 1
name: nobody tries again
traffic: { visitors: { rate: 100/s, requests: { view: { to: web } } } }
blocks:
  web: { type: service, instances: 2, endpoints: { view: [{ call: photos.read }] } }
  photos: { type: database }
`,
  },
  look({ flows }) {
    const found = flows.flatMap(multiplied)
    // The worst path first: a call that is written once may lie on several.
    return found.sort((a, b) => b.times - a.times).map(({ observation }) => observation)
  },
})

function multiplied(flow: Flow): readonly { times: number; observation: Observation }[] {
  if (attemptsOf(flow) === 1) return []
  const trying = [flow, ...waitingCallers(flow)].filter((one) => attemptsOf(one) > 1).reverse()
  const times = Number(trying.reduce((product, one) => product * factorOf(one), 1).toPrecision(3))
  const factors = trying.map((one) => {
    const by = isBounded(one) ? ', bounded by its budget' : ''
    return `${Number(factorOf(one).toPrecision(3))} of \`${makerOf(one)}\`${by}`
  })
  const most = trying.some(isBounded) ? 'at most ' : ''
  const what = `a failure at \`${flow.block}\` multiplies the load by ${most}${times}: attempts are ${factors.join(' × ')}`
  const severity = times > bearable ? 'warning' : 'note'
  return [{ times, observation: { at: flow.edge.to, field: 'retry', severity, what } }]
}

function attemptsOf({ edge }: Flow): number {
  return edge.options?.retry?.attempts ?? 1
}

/** Attempts per call while every attempt fails. A budget lets retries be only a share of the calls; its burst is soon used up. */
function factorOf(flow: Flow): number {
  const share = flow.edge.options?.retry?.budget?.share ?? Number.POSITIVE_INFINITY
  return Math.min(attemptsOf(flow), 1 + share)
}

function isBounded(flow: Flow): boolean {
  return factorOf(flow) < attemptsOf(flow)
}
