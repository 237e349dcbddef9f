import { complain, type Reading, type ReferenceUse } from '../../support/params/reading.ts'
import { didYouMean, listWords } from '../../support/suggest.ts'
import type { TrafficDefinition } from '../catalogue.ts'
import { type BlockPart, callsOfBlock, operationsOf, requestsOf, type SourcePart } from './parts.ts'
import type { RegionPart } from './regions.ts'

/** Looks up everything that the design names. */
export function checkReferences(
  uses: readonly ReferenceUse[],
  sources: readonly SourcePart[],
  blocks: readonly BlockPart[],
  regions: readonly RegionPart[],
  traffic: TrafficDefinition,
  reading: Reading,
): void {
  const byName = new Map(blocks.map((block) => [block.name, block]))
  for (const use of uses) {
    const region = regions.find(({ name }) => name === use.reference.block)
    const mayBePlace = ['part', 'part-disk', 'part-operation'].includes(use.to)
    if (use.to === 'place' || (mayBePlace && region !== undefined)) checkRegion(use, region, regions, reading)
    else if (use.to === 'source' || use.to === 'traffic') checkSource(use, sources, traffic, reading)
    else if (mayBePlace && !byName.has(use.reference.block))
      reportUnknownPart(use, [...byName.keys(), ...regions.map(({ name }) => name)], reading)
    else checkBlock(use, byName, reading)
  }
}

function checkRegion(
  { reference, place }: ReferenceUse,
  region: RegionPart | undefined,
  regions: readonly RegionPart[],
  reading: Reading,
): undefined {
  const { block: name, instance, role, operation } = reference
  if (region === undefined) {
    const known = regions.map((one) => one.name)
    return complain(reading, place, {
      code: 'unknown-name',
      message: `unknown place \`${name}\``,
      expected: () => (known.length === 0 ? 'a place, but the design has none' : listWords(known)),
      found: `\`${name}\``,
      hint: () => didYouMean(name, known) ?? `add it: \`places: { ${name}: { zones: 3 } }\``,
    })
  }
  const wanted = role ?? operation ?? instance
  const zone = /^zone-(\d+)$/.exec(role ?? '')?.[1]
  if (wanted === undefined || (zone !== undefined && Number(zone) <= region.zones)) return
  complain(reading, place, {
    code: 'unknown-instance',
    message: `\`${name}\` has no zone \`${wanted}\``,
    expected: region.zones === 1 ? `\`${name}\`` : `\`${name}.zone-1\` to \`${name}.zone-${region.zones}\``,
    found: `\`${name}.${wanted}\``,
    hint: `write \`${name}.zone-1\`, or give it more \`zones\``,
  })
}

/** Of a name that may be that of a block or of a place. */
function reportUnknownPart(
  { reference: { block: name }, place }: ReferenceUse,
  known: readonly string[],
  reading: Reading,
) {
  complain(reading, place, {
    code: 'unknown-name',
    message: `unknown block or place \`${name}\``,
    expected: () => listWords(known),
    found: `\`${name}\``,
    hint: () => didYouMean(name, known) ?? `add \`${name}\` under \`places\` or \`blocks\``,
  })
}

function checkSource(
  use: ReferenceUse,
  sources: readonly SourcePart[],
  traffic: TrafficDefinition,
  reading: Reading,
): void {
  const { block: name } = use.reference
  const source = sources.find((one) => one.name === name)
  if (source !== undefined) {
    checkRequest(use, source, traffic, reading)
    return
  }
  const names = () => sources.map((source) => source.name)
  const message = `unknown source \`${name}\``
  const hint = () => didYouMean(name, names())
  complain(reading, use.place, {
    code: 'unknown-name',
    message,
    expected: () => listWords(names()),
    found: `\`${name}\``,
    hint,
  })
}

/** The kind of request that is named of a source. */
function checkRequest(
  { reference: { block, operation }, place }: ReferenceUse,
  source: SourcePart,
  traffic: TrafficDefinition,
  reading: Reading,
): void {
  const known = requestsOf(source, traffic)
  if (operation === undefined || source.nominal === undefined || known.includes(operation)) return
  complain(reading, place, {
    code: 'unknown-name',
    message: `\`${block}\` has no request \`${operation}\``,
    expected: listWords(known.map((request) => `${block}.${request}`)),
    found: `\`${block}.${operation}\``,
    hint: () => didYouMean(operation, known),
  })
}

function checkBlock(use: ReferenceUse, blocks: ReadonlyMap<string, BlockPart>, reading: Reading): undefined {
  const { reference, place, accepts } = use
  const block = blocks.get(reference.block)
  const found = `\`${reference.block}\``
  if (block === undefined) {
    const message = `unknown block ${found}`
    const hint = () =>
      didYouMean(reference.block, blocks.keys()) ?? `add ${found} under \`blocks\`, or name another block`
    return complain(reading, place, {
      code: 'unknown-name',
      message,
      expected: () => listWords([...blocks.keys()]),
      found,
      hint,
    })
  }
  if (accepts !== undefined && block.type !== undefined && !accepts.includes(block.type.name)) {
    const message = `${found} is a block of type \`${block.type.name}\``
    const hint = () => {
      const fitting = [...blocks.values()].filter(({ type }) => type !== undefined && accepts.includes(type.name))
      return fitting.length === 0
        ? undefined
        : `name a block of this type: ${listWords(fitting.map(({ name }) => name))}`
    }
    return complain(reading, place, {
      code: 'wrong-block-type',
      message,
      expected: `a block of type ${listWords(accepts)}`,
      found,
      hint,
    })
  }
  checkOperation(use, block, reading)
  checkInstance(use, block, reading)
}

function checkOperation({ reference, place }: ReferenceUse, block: BlockPart, reading: Reading): void {
  const { operation } = reference
  const operations = operationsOf(block)
  const isKnown = block.values !== undefined && !block.hidesOperations
  if (operation === undefined || !isKnown || operations?.has(operation)) return
  // What only hands calls on is sent an operation of what stands behind it: that is looked for on the way.
  if (operations === undefined && callsOfBlock(block).some(({ passesOperation }) => passesOperation)) return
  const message = `\`${block.name}\` has no operation \`${operation}\``
  const expected = () => {
    const known = [...(operations ?? [])].map((name) => `${block.name}.${name}`)
    return known.length === 0 ? `\`${block.name}\` alone` : listWords(known)
  }
  const hint = () => {
    const [first] = operations ?? []
    const another = first === undefined ? block.name : `${block.name}.${first}`
    return didYouMean(operation, operations ?? []) ?? `write \`${another}\``
  }
  complain(reading, place, {
    code: 'unknown-operation',
    message,
    expected,
    found: `\`${block.name}.${operation}\``,
    hint,
  })
}

function checkInstance({ reference, place, to }: ReferenceUse, block: BlockPart, reading: Reading): void {
  const { instance, role } = reference
  if (block.nominal === undefined || block.type === undefined) return
  const hasDisk = to === 'part-disk' && block.type.hasDisk?.(block.nominal as never) === true
  const roles = [...(block.type.roles?.(block.nominal as never) ?? []), ...(hasDisk ? ['disk'] : [])]
  const count = instancesOf(block)
  const isKnown = role === undefined ? instance === undefined || instance <= count : roles.includes(role)
  if (isKnown) return
  const wanted = role ?? String(instance)
  const places = [...(count > 1 ? [`\`${block.name}.1\` to \`${block.name}.${count}\``] : [`\`${block.name}\``])]
  if (roles.length > 0) places.push(listWords(roles.map((name) => `${block.name}.${name}`)))
  const message = `\`${block.name}\` has no ${role === undefined ? 'instance' : role === 'disk' ? 'part' : 'role'} \`${wanted}\``
  const found = `\`${block.name}.${wanted}\``
  complain(reading, place, {
    code: 'unknown-instance',
    message,
    expected: places.join(' or '),
    found,
    hint: () => didYouMean(wanted, roles) ?? `write \`${count > 1 ? `${block.name}.1` : block.name}\``,
  })
}

/** How many instances a reference may name; Infinity where a mistake in the block leaves that open. */
export function instancesOf({ type, nominal }: BlockPart): number {
  if (nominal === undefined) return Number.POSITIVE_INFINITY
  const own = type?.instances?.(nominal as never)
  if (own !== undefined) return own
  if (Array.isArray(nominal.instances)) return nominal.instances.length
  return typeof nominal.instances === 'number' ? nominal.instances : 1
}
