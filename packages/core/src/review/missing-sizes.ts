import type { Flow } from '../before-run/flows.ts'
import { blockNamed, sourceNamed } from '../before-run/named.ts'
import { recordedSizes } from '../before-run/recorded-sizes.ts'
import type { BlockValues, Design } from '../language/design.ts'
import { createSampler } from '../support/distributions/index.ts'
import type { SourceValues } from '../workloads/source.ts'
import { changesStored, risksOf } from './paths.ts'
import { type Observation, rule, type Subject } from './rule.ts'

export const missingSizes = rule({
  name: 'missing-sizes',
  title: 'Bytes matter, and nobody said how many',
  summary:
    'A bandwidth, a price of traffic or a capacity in bytes is given, but the sizes it applies to are zero or assumed.',
  why: 'A message of no bytes takes no time on the thinnest line, and a cache in bytes holds as many entries as an assumed size lets it: the answer rests on a number that nobody chose.',
  remedy: 'Say how large things are: `size` of a request, `respond` in an endpoint, `object-size` of what is stored.',
  examples: {
    unwise: `loadpath: 1
name: weightless
traffic: { visitors: { rate: 100/s, requests: { view: { to: wire } } } }
blocks:
  wire: { type: link, to: web, bandwidth: 10Mbit/s }
  web: { type: service, instances: 2, endpoints: { view: [{ compute: 5ms }] } }
`,
    wise: `loadpath: 1
name: weighed
traffic: { visitors: { rate: 20/s, requests: { view: { to: wire, size: 1KiB } } } }
blocks:
  wire: { type: link, to: web, bandwidth: 10Mbit/s }
  web: { type: service, instances: 2, endpoints: { view: [{ compute: 5ms }, { respond: 20KiB }] } }
`,
  },
  look(subject) {
    return subject.design.blocks.flatMap((block): readonly Observation[] => {
      const matter = risksOf(block).sizesMatter?.(block.values as never)
      if (matter === undefined) return []
      return matter.keeps === undefined
        ? whatItCarries(block, matter.field, subject)
        : whatItKeeps(block, matter.field, matter.keeps, subject)
    })
  },
})

function whatItCarries(block: BlockValues, field: string, { design, flows }: Subject): readonly Observation[] {
  const carried = flows.filter((flow) => flow.block === block.name)
  if (carried.length === 0 || carried.some((flow) => sends(flow, design) || answers(flow, design, flows))) return []
  const what = `\`${block.name}\` has a ${field}, but everything that crosses it has 0 bytes`
  return [{ at: `${block.name}.${field}`, severity: 'warning', what }]
}

function sends({ source, kind }: Flow, design: Design): boolean {
  const values = sourceNamed(design, source) as SourceValues | undefined
  const size = values?.requests[kind]?.size
  return size !== undefined && createSampler(size).mean > 0
}

/** Whether the answer has bytes: its own, or those of what a block that only passes calls on has asked. */
function answers(flow: Flow, design: Design, flows: readonly Flow[]): boolean {
  const block = blockNamed(design, flow.block)
  const own = block && risksOf(block).answerHasSize?.(block.values as never, flow.operation)
  if (own !== undefined) return own
  return flows.some(
    (next) => next.caller === flow && next.edge.passesOperation === true && answers(next, design, flows),
  )
}

function whatItKeeps(
  block: BlockValues,
  field: string,
  keeps: string,
  { design, flows }: Subject,
): readonly Observation[] {
  const { copies } = risksOf(block)
  const isAssumed = ({ name, values }: BlockValues) =>
    (values[keeps] === undefined && recordedSizes(flows.filter((flow) => flow.block === name)) === null) ||
    design.assumptions.some(({ path }) => path === `${name}.${keeps}`)
  const origin = copies && blockNamed(design, copies(block.values as never).of.block)
  const reads = flows.filter((flow) => flow.block === block.name && !changesStored(block, flow.operation))
  const isSaid = copies !== undefined && reads.length > 0 && reads.every((read) => responds(read, design, flows))
  if (block.values[keeps] === undefined && isSaid) return []
  if (!isAssumed(block) || (block.values[keeps] === undefined && origin !== undefined && !isAssumed(origin))) return []
  const what = `the ${field} of \`${block.name}\` counts bytes, but the size of an object is assumed`
  return [{ at: `${block.name}.${field}`, severity: 'warning', what }]
}

/** Whether a service answers in the end, and says how large its answer is. */
function responds(flow: Flow, design: Design, flows: readonly Flow[]): boolean {
  const block = blockNamed(design, flow.block)
  if (block === undefined) return false
  const { copies, sizesMatter, answerHasSize } = risksOf(block)
  if (copies === undefined && answerHasSize !== undefined)
    return sizesMatter === undefined && answerHasSize(block.values as never, flow.operation)
  const behind = flows.filter((next) => next.caller === flow)
  return behind.length > 0 && behind.every((next) => responds(next, design, flows))
}
