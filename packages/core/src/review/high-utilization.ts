import { type ExpectedUse, expectedUse, type Flow } from '../before-run/flows.ts'
import { blockNamed, sourceNamed } from '../before-run/named.ts'
import type { Design } from '../language/design.ts'
import { shapes } from '../workloads/shapes/index.ts'
import type { SourceValues } from '../workloads/source.ts'
import { type Span, spanOf } from '../workloads/span.ts'
import { risksOf } from './paths.ts'
import { rule } from './rule.ts'

/** Beyond this share of a resource, waiting grows faster than load: at 80 % an M/M/1 queue is five times its work. */
const comfortable = 0.8

export const highUtilization = rule({
  name: 'high-utilization',
  title: 'Little or no reserve by arithmetic',
  summary:
    'Rate times work over capacity is above 80 %, before anything goes wrong. Retries are not counted; a cache counts as if it missed always.',
  why: 'Time in a queue grows as 1 / (1 − utilization): a little more load, or one instance less, and it is full.',
  remedy: 'Add instances or cores, shorten the work, or accept the finding if this load is what you want to see.',
  source: 'L. Kleinrock, Queueing Systems, volume 1, Wiley 1975, section 3.2 (M/M/1)',
  examples: {
    unwise: `loadpath: 1
name: at the edge
traffic: { visitors: { rate: 180/s, requests: { view: { to: web } } } }
blocks:
  web: { type: service, instances: 2, endpoints: { view: [{ compute: exponential 10ms }] } }
`,
    wise: `loadpath: 1
name: with a reserve
traffic: { visitors: { rate: 180/s, requests: { view: { to: web } } } }
blocks:
  web: { type: service, instances: 4, endpoints: { view: [{ compute: exponential 10ms }] } }
`,
  },
  look({ design, flows, use }) {
    // Of a closed loop arithmetic knows only a bound: as if every answer took no time.
    const open = flows.filter(({ source }) => !isClosed(design, source))
    const usual = open.length === flows.length && isUnbounded(design) ? use : mostUse(design, open)
    const atPeak = open.map((flow) => ({ ...flow, perSecond: flow.perSecond * peakOf(design, flow) }))
    const peak = mostUse(design, atPeak)
    return usual.flatMap(({ block, resource, use: now }, i) => {
      const most = peak[i]?.use ?? now
      if (now <= comfortable && most <= 1) return []
      const cached = open.some((flow) => flow.block === block && isMiss(design, flow))
      const share = (value: number) => `${(value * 100).toFixed(0)} %`
      const unsure = cached ? ' if the cache before it never hits' : ''
      const what =
        now > comfortable
          ? `the ${resource} of \`${block}\` are ${share(now)} used by arithmetic${unsure}${now > 1 ? ': it cannot carry this load' : ''}`
          : `at the peak of the traffic \`${block}\` would need ${share(most)} of its ${resource}${unsure}`
      return [{ at: block, severity: now > comfortable && !cached ? ('warning' as const) : ('note' as const), what }]
    })
  },
})

/** The use of each resource when it is highest, by which sources send at the same time. */
function mostUse(design: Design, flows: readonly Flow[]): readonly ExpectedUse[] {
  const spans = new Map(
    design.sources.map(({ name, values }) => [name, spanOf(values as unknown as SourceValues)] as const),
  )
  const most = new Map<string, ExpectedUse>()
  for (const beginMs of new Set([...spans.values()].map(({ fromMs }) => fromMs))) {
    const now = flows.map((flow) => {
      const { fromMs, toMs } = spans.get(flow.source) as Span
      return beginMs >= fromMs && beginMs < toMs ? flow : { ...flow, perSecond: 0 }
    })
    for (const one of expectedUse(design, now)) {
      const place = `${one.block} ${one.resource}`
      if ((most.get(place)?.use ?? -1) < one.use) most.set(place, one)
    }
  }
  return [...most.values()]
}

/** Whether every source sends all the time. */
function isUnbounded(design: Design): boolean {
  return design.sources.every(({ values }) => {
    const { fromMs, toMs } = spanOf(values as unknown as SourceValues)
    return fromMs === 0 && toMs === Number.POSITIVE_INFINITY
  })
}

function sourceOf(design: Design, name: string): SourceValues | undefined {
  return sourceNamed(design, name) as SourceValues | undefined
}

function isClosed(design: Design, name: string): boolean {
  return sourceOf(design, name)?.users !== undefined
}

/** The highest factor of the shape of its traffic. */
function peakOf(design: Design, { source }: Flow): number {
  const shape = sourceOf(design, source)?.shape
  return shape === undefined ? 1 : Math.max(...shapes.get(shape.name).profile(shape.values as never).factors)
}

/** Whether it is the miss of a cache, of which arithmetic does not know how rare it is. */
function isMiss(design: Design, flow: Flow): boolean {
  for (let at = flow.caller; at !== undefined; at = at.caller) {
    const block = blockNamed(design, at.block)
    if (block !== undefined && risksOf(block).copies !== undefined) return true
  }
  return false
}
