import { expect, it } from 'vitest'
import { parse } from 'yaml'
import type { Block, BlockType } from '../blocks/block.ts'
import { blocks } from '../blocks/index.ts'
import { replicate } from '../experiment/replicate.ts'
import { registry } from '../support/registry.ts'
import { fuzzDesigns } from './campaign.ts'

/** The catalogue with a mistake put into one of its blocks. */
function withMistake(name: string, mistake: (block: Block) => Block) {
  const types = registry<BlockType>(
    'block',
    blocks.members.map((type) =>
      type.name === name ? { ...type, create: (values, site) => mistake(type.create(values, site)) } : type,
    ),
  )
  return { replicate: (task: Parameters<typeof replicate>[0]) => replicate(task, undefined, types) }
}

/** Lets `act` see each call that arrives. */
function seeing(block: Block, act: (block: Block) => void): Block {
  const receive = block.receive.bind(block)
  block.receive = (call) => {
    act(block)
    receive(call)
  }
  return block
}

let sinceTheBeginning = 0

const mistakes: readonly [string, string, (block: Block) => Block][] = [
  ['database', 'threw: calls are not conserved', (block) => seeing(block, ({ visits }) => void visits.arrived++)],
  ['queue', 'threw: calls are not conserved', (block) => seeing(block, ({ visits }) => visits.inside.add(0.001, 0))],
  [
    'service',
    'a resource in use beyond its capacity',
    (block) => Object.assign(block, { resources: block.resources.map((one) => ({ ...one, capacity: 0.01 })) }),
  ],
  [
    'link',
    'the second answer is another one',
    (block) => {
      const counters = block.counters.map(({ name, read }) => ({
        name,
        read: (nowMs: number) => read(nowMs) + (sinceTheBeginning++) ** 2,
      }))
      return Object.assign(block, { counters })
    },
  ],
]

it.each(mistakes)(
  'a mistake in a %s is found and made small: %s',
  { timeout: 120_000 },
  async (name, check, mistake) => {
    const findings = await fuzzDesigns({ seed: 1, from: 0, count: 30, mostKinds: 1 }, withMistake(name, mistake))
    const finding = findings.find((one) => one.failure.check.startsWith(check))
    expect(findings.map((one) => one.failure.check)).toContainEqual(expect.stringContaining(check))
    const { blocks: left } = parse(finding?.smallest ?? '') as { blocks: Record<string, { type: string }> }
    expect(Object.values(left).map(({ type }) => type)).toContain(name)
    expect(Object.keys(left).length).toBeLessThanOrEqual(2)
    expect(finding?.smallest.split('\n').length).toBeLessThan(40)
  },
)
