import { describe, expect, it } from 'vitest'
import { blockNames } from '../before-run/kinds.ts'
import { catalogue } from '../experiment/catalogue.ts'
import { terminatingPlan } from '../experiment/plan.ts'
import { replicate } from '../experiment/replicate.ts'
import type { BlockCell } from '../experiment/task.ts'
import { sample, sampleBlock } from '../explain/sample.ts'
import type { Design } from '../language/design.ts'
import { readObject } from '../language/index.ts'
import { type Registry, registry } from '../support/registry.ts'
import type { Block, BlockType, Instance } from './block.ts'
import { blocks } from './index.ts'

const lengthMs = 15_000
const { visitors } = sample.traffic
/** The service works for itself too. */
const web = { ...sample.blocks.web, endpoints: { any: [{ compute: '2ms' }, ...sample.blocks.web.endpoints.any] } }

/** The sample with a fault from 5 to 10 s. */
function designWith(fault: object | null): Design {
  const { design, problems } = readObject(
    {
      ...sample,
      traffic: { visitors },
      blocks: { ...sample.blocks, web },
      run: { for: '15s' },
      faults: fault === null ? [] : [fault],
    },
    catalogue,
  )
  expect(problems.filter(({ severity }) => severity === 'error')).toEqual([])
  return design as Design
}

/** What a block did before, during and after the fault. A run whose books do not close throws. */
function cellsOf(name: string, fault: object | null, types: Registry<BlockType>): readonly BlockCell[] {
  const design = designWith(fault)
  const plan = { ...terminatingPlan(design, lengthMs), cellStartsMs: [0, 5000, 10_000] }
  const limits = { events: 10_000_000, inside: 1_000_000, wallMs: Number.POSITIVE_INFINITY }
  const task = { design, seed: 1, replication: 0, workFactor: 1, plan, limits, trace: null }
  const found = replicate(task, undefined, types)
  const inside = found.kinds.flat().reduce((sum, cell) => sum + cell.inside, 0)
  if (inside > mostInside) throw new Error(`${inside} requests never come back`)
  return found.blocks[blockNames(design).indexOf(name)] as readonly BlockCell[]
}

/** Requests of the last moments may be inside when the run ends. */
const mostInside = 20

const at = { at: '5s', for: '5s' }
const meanMs = ({ doneMs, done }: BlockCell) => doneMs / done

/** Blocks that work for themselves in the sample: a slow-down makes them slower. */
const working = ['service', 'database', 'link', 'queue']

/** What a block does not keep of what each of them promises. */
function broken(type: string, types: Registry<BlockType> = blocks): readonly string[] {
  const name = sampleBlock(type)
  const run = (fault: object | null): readonly BlockCell[] | string => {
    try {
      return cellsOf(name, fault, types)
    } catch (error) {
      return error instanceof Error ? error.message : String(error)
    }
  }
  const faulty = (
    what: string,
    fault: object,
    judge: (cells: readonly [BlockCell, BlockCell, BlockCell]) => readonly string[],
  ) => {
    const cells = run(fault)
    return typeof cells === 'string' ? [`${what}: ${cells}`] : judge(cells as [BlockCell, BlockCell, BlockCell])
  }
  const well = run(null)
  return [
    ...(typeof well === 'string' ? [well] : well.filter(({ done }) => done < 100).map(() => 'does hardly anything')),
    ...faulty('crashed', { crash: name, ...at }, ([before, during, after]) => [
      ...(during.done < 0.2 * before.done ? [] : ['goes on while it is down']),
      ...(after.done > 0.5 * before.done ? [] : ['does not come back']),
    ]),
    ...faulty('slowed', { slow: name, factor: 5, ...at }, ([before, during]) => {
      if (!working.includes(type)) return []
      return meanMs(during) > 1.5 * meanMs(before) ? [] : ['is not slowed']
    }),
    ...faulty('paused', { pause: name, every: 'exponential 500ms', for: '100ms' }, ([cell]) =>
      cell.done > 0.5 * cell.arrived ? [] : ['does not go on after a pause'],
    ),
  ]
}

describe.each(blocks.names.map((name) => [name]))('%s', (name) => {
  it('keeps its ledger balanced when it is crashed, slowed, paused and restored', { timeout: 60_000 }, () => {
    expect(broken(name)).toEqual([])
  })
})

/** The catalogue with a mistake put into one of its blocks. */
function withMistake(name: string, mistake: (block: Block) => Block): Registry<BlockType> {
  return registry<BlockType>(
    'block',
    blocks.members.map((type) =>
      type.name === name ? { ...type, create: (values, site) => mistake(type.create(values, site)) } : type,
    ),
  )
}

function swallowing(block: Block): Block {
  const receive = block.receive.bind(block)
  let calls = 0
  block.receive = (call) => {
    if (++calls % 50 > 0) receive(call)
  }
  return block
}

/** Its instances do nothing where a fault needs something. */
const deafTo = (fault: keyof Instance) => (block: Block) =>
  Object.assign(block, {
    instances: block.instances.map((instance) => Object.assign(Object.create(instance), { [fault]: () => {} })),
  })

it.each<[string, string, (block: Block) => Block]>([
  ['swallows calls', 'database', swallowing],
  ['counts a call twice', 'cache', (block) => Object.assign(block, { receive: countingTwice(block) })],
  ['does not crash', 'service', deafTo('crash')],
  ['does not restart', 'service', deafTo('restart')],
  ['is never slow', 'database', deafTo('slow')],
])('a block that %s is caught', { timeout: 60_000 }, (_mistake, name, mistake) => {
  expect(broken(name, withMistake(name, mistake))).not.toEqual([])
})

function countingTwice(block: Block): Block['receive'] {
  const receive = block.receive.bind(block)
  return (call) => {
    block.visits.arrived++
    receive(call)
  }
}
