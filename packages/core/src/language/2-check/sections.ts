import { reportUnknownField } from '../../support/params/fields.ts'
import { describe, type MapNode, type Node } from '../../support/params/node.ts'
import { complain } from '../../support/params/reading.ts'
import type { Problem } from '../../support/problem.ts'

interface Reporter {
  report(problem: Problem): void
}

const sections = [
  ...[
    'loadpath',
    'name',
    'about',
    'places',
    'traffic',
    'defaults',
    'blocks',
    'faults',
    'run',
    'objectives',
    'variants',
    'accept',
  ],
] as const

/** Words that people write for the sections. */
const sectionMisnomers: Readonly<Record<string, string>> = Object.fromEntries(
  [
    ['blocks', ['services', 'components', 'nodes', 'system', 'topology', 'servers', 'architecture', 'resources']],
    ['traffic', ['workload', 'workloads', 'load', 'sources', 'source', 'clients', 'users', 'arrivals', 'generators']],
    ['faults', ['fault', 'failures', 'chaos', 'events', 'incidents']],
    ['objectives', ['objective', 'slo', 'slos', 'assertions', 'expect', 'goals', 'promises', 'thresholds', 'checks']],
    ['places', ['regions', 'zones', 'locations', 'datacenters', 'network', 'distances']],
    ['defaults', ['default', 'globals', 'common', 'settings']],
    ['variants', ['variant', 'scenarios', 'experiments', 'alternatives']],
    ['about', ['description', 'summary', 'title', 'comment']],
    ['run', ['simulation', 'config', 'options']],
  ].flatMap(([section, words]) => (words as readonly string[]).map((word) => [word, `write \`${section}\``])),
)
const versionMisnomer = { version: 'write `loadpath: 1`', apiVersion: 'write `loadpath: 1`' }

/** The version of the language that is read here. */
const version = '1'

/** The top level as a mapping; a design that is none has been reported. */
export function checkTopLevel(root: Node, reporter: Reporter): MapNode | undefined {
  const isNothing = root.kind === 'scalar' && root.empty
  if (root.kind !== 'map' && !isNothing) {
    const expected = 'a mapping that begins with `loadpath: 1`'
    const message = 'the file is not a design'
    return complain(reporter, root.place, { code: 'wrong-form', message, expected, found: describe(root) })
  }
  const top: MapNode = root.kind === 'map' ? root : { kind: 'map', entries: new Map(), place: root.place }
  for (const [key, entry] of top.entries) {
    if (key !== '$schema' && !(sections as readonly string[]).includes(key)) {
      reportUnknownField(key, entry.key, sections, reporter, { ...versionMisnomer, ...sectionMisnomers })
    }
  }
  checkVersion(top, reporter)
  return top
}

function checkVersion(top: MapNode, reporter: Reporter): void {
  const node = top.entries.get('loadpath')?.value
  const expected = `\`loadpath: ${version}\``
  if (node === undefined) {
    const message = '`loadpath` is missing'
    const hint = `begin the design with ${expected}`
    complain(reporter, { ...top.place, path: 'loadpath' }, { code: 'missing-field', message, expected, hint })
  } else if (node.kind !== 'scalar' || node.text !== version) {
    const found = describe(node)
    const isLater = node.kind === 'scalar' && Number(node.text) > Number(version)
    const hint = isLater ? 'install a newer Loadpath, or write the design in version 1' : `write ${expected}`
    const message = `unknown language version ${found}`
    complain(reporter, node.place, { code: 'unsupported-version', message, expected, found, hint })
  }
}

/** A text at the top level. */
export function readTopText(top: MapNode, key: string, isRequired: boolean, reporter: Reporter): string | undefined {
  const node = top.entries.get(key)?.value
  if (node === undefined) {
    if (!isRequired) return undefined
    const hint = `add \`${key}\`, for example \`${key}: my design\``
    return complain(
      reporter,
      { ...top.place, path: key },
      { code: 'missing-field', message: `\`${key}\` is missing`, expected: 'a text', hint },
    )
  }
  if (node.kind === 'scalar' && !node.empty) return node.text
  const message = `\`${key}\` must be a text`
  return complain(reporter, node.place, { code: 'wrong-form', message, expected: 'a text', found: describe(node) })
}

/** The entries of a section that is a mapping; none if it is absent or something else. */
export function readTopMap(top: MapNode, key: string, isRequired: boolean, reporter: Reporter): MapNode['entries'] {
  const node = top.entries.get(key)?.value
  const nothing: MapNode['entries'] = new Map()
  if (node === undefined) {
    const message = `\`${key}\` is missing`
    const expected = `\`${key}:\` and at least one name below it`
    if (isRequired) complain(reporter, { ...top.place, path: key }, { code: 'missing-field', message, expected })
    return nothing
  }
  if (node.kind === 'map' && (node.entries.size > 0 || !isRequired)) return node.entries
  const message = `\`${key}\` must be a mapping from names`
  const hint = `write a name for each: \`${key}: { ${firstName(node)}: … }\``
  complain(reporter, node.place, { code: 'wrong-form', message, expected: 'a mapping', found: describe(node), hint })
  return nothing
}

function firstName(node: Node): string {
  const [first] = node.kind === 'list' ? node.items : []
  return first?.kind === 'scalar' && /^[a-z][a-z0-9-]{0,40}$/.test(first.text) ? first.text : 'name'
}

/** The items of a section that is a list. */
export function readTopList(top: MapNode, key: string, reporter: Reporter): readonly Node[] {
  const node = top.entries.get(key)?.value
  if (node === undefined) return []
  if (node.kind === 'list') return node.items
  const message = `\`${key}\` must be a list`
  const [first] = node.kind === 'map' ? node.entries.keys() : []
  const item = node.kind === 'scalar' && !node.empty ? node.text.slice(0, 60) : first === undefined ? '…' : `${first} …`
  const hint = `write \`${key}: [${item}]\``
  complain(reporter, node.place, { code: 'wrong-form', message, expected: 'a list', found: describe(node), hint })
  return []
}
