import type { Flow } from '../before-run/flows.ts'
import { sourceNamed } from '../before-run/named.ts'
import type { Design } from '../language/design.ts'
import type { SourceValues } from '../workloads/source.ts'
import { mostRequests } from '../workloads/span.ts'
import { risksOf } from './paths.ts'
import { rule } from './rule.ts'

export const unboundedQueue = rule({
  name: 'unbounded-queue',
  title: 'A queue without a limit',
  summary: 'Any number of calls or messages may wait at a block, and nobody who waits there ever leaves.',
  why: 'An overload becomes a wait that grows for as long as it lasts, is worked off after everybody has gone, and fills the memory. A limit turns it into refusals at once.',
  remedy: 'Give it a limit: as many as can be worked off in the time that a caller would wait.',
  source: 'B. Beyer et al., Site Reliability Engineering, O’Reilly 2016, chapter 22, “Queue management”',
  examples: {
    unwise: `loadpath: 1
name: takes everything
traffic: { visitors: { rate: 50/s, requests: { upload: { to: thumbnails } } } }
blocks:
  thumbnails: { type: queue, workers: { instances: 10, compute: 100ms } }
`,
    wise: `loadpath: 1
name: knows when to stop
traffic: { visitors: { rate: 50/s, requests: { upload: { to: thumbnails } } } }
blocks:
  thumbnails: { type: queue, limit: 1k, workers: { instances: 10, compute: 100ms } }
`,
  },
  look({ design, flows }) {
    return design.blocks.flatMap((block) => {
      const room = risksOf(block).room?.(block.values as never)
      const arriving = flows.filter((flow) => flow.block === block.name && !leavesBySelf(flow, design))
      if (room === undefined || room.most < Number.POSITIVE_INFINITY || arriving.length === 0) return []
      const what = `any number may wait at \`${block.name}\``
      const remedy = `give it a limit, for example \`${room.field}: 1k\``
      return [{ at: `${block.name}.${room.field}`, severity: 'warning' as const, what, remedy }]
    })
  },
})

/** Whether those who wait leave after a while, or are bounded in number: by the users, or by all requests that come. */
function leavesBySelf(flow: Flow, design: Design): boolean {
  const source = sourceNamed(design, flow.source) as SourceValues | undefined
  if (source?.users !== undefined && !isDetached(flow)) return true
  if (source !== undefined && Number.isFinite(mostRequests(source))) return true
  let at: Flow | undefined = flow
  while (at !== undefined && at.edge.options === undefined) at = at.caller
  const options = at?.edge.options
  if (options?.patience !== undefined) return true
  return options?.timeout !== undefined && options.cancels !== 'nothing'
}

function isDetached(flow: Flow): boolean {
  for (let at: Flow | undefined = flow; at !== undefined; at = at.caller) if (at.edge.detached === true) return true
  return false
}
