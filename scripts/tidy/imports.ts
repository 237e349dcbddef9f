import { dirname, join, normalize } from 'node:path/posix'
import { isTest } from './repository.ts'
import type { Import, Source } from './source.ts'

const core = 'packages/core/src/'

const simulation = ['support', 'stats', 'theory', 'kernel']
/** What designs are made of, in the order in which one may know the other. */
const parts = ['keys', 'network', 'protocols', 'calls', 'blocks', 'traces', 'workloads', 'faults']
const design = [...simulation, ...parts, 'language']

function partsBefore(part: string): readonly string[] {
  return [...simulation, ...parts.slice(0, parts.indexOf(part))]
}

/** What each folder of core may import, besides itself. A folder that is missing here may not exist. */
const allowed: Readonly<Record<string, readonly string[]>> = {
  support: [],
  language: ['support'],
  theory: ['support'],
  stats: ['support'],
  kernel: ['support', 'stats'],
  ...Object.fromEntries(parts.map((part) => [part, partsBefore(part)])),
  // The same file runs in the simulator and over real sockets.
  protocols: ['support'],
  'before-run': design,
  review: [...design, 'before-run'],
  experiment: [...design, 'before-run', 'review'],
  fuzz: [...design, 'before-run', 'experiment'],
  explain: [...design, 'before-run', 'review', 'experiment'],
  '': [...design, 'before-run', 'review', 'experiment', 'explain'],
}

/** Policies that know time, calls and random numbers only as arguments: they run outside the simulator, too. */
const withoutKernel = [
  'blocks/load-balancer/choice/',
  'blocks/load-balancer/sticky/',
  'blocks/cache/update/',
  'blocks/queue/overflow/',
  'calls/back-off/',
]

/** Files that run only in tests and there hold two folders against each other. */
const benches: Readonly<Record<string, readonly string[]>> = {
  'stats/coverage.ts': ['theory', 'kernel'],
}

/** Imports in core that point against the direction in which a design travels. */
export function importDirection(sources: readonly Source[]): string[] {
  return sources
    .filter(({ path }) => path.startsWith(core))
    .flatMap((source) =>
      source.imports.flatMap((one) => {
        const why = wrongWay(source.path, one)
        return why === undefined ? [] : [`${source.path}:${one.line} ${why}`]
      }),
    )
}

function wrongWay(path: string, { specifier }: Import): string | undefined {
  const target = resolved(path, specifier)
  if (target === undefined) {
    return specifier.startsWith('node:') && !isTest(path) ? `imports ${specifier}: core runs anywhere` : undefined
  }
  if (!target.startsWith(core)) return `imports ${target}: core knows no other package`
  const from = folderOf(path)
  const to = folderOf(target)
  const isPolicy = withoutKernel.some((folder) => path.startsWith(core + folder)) && !/\/testing-[^/]*$/.test(path)
  if (isPolicy && to === 'kernel' && !isTest(path)) return 'imports kernel: a policy knows only its arguments'
  if (from === to || isTest(path)) return undefined
  const folders = allowed[from]
  if (folders === undefined) return `is in a folder without a place in the order of imports: add "${from}"`
  const may = [...folders, ...(benches[path.slice(core.length)] ?? [])]
  if (may.includes(to)) return undefined
  return `imports ${to || 'index'}: ${from} may import ${folders.join(', ') || 'nothing'}`
}

/**
 * Circles of imports that exist when the program runs; circles of types alone are harmless. `known` ones (each as
 * `a.ts -> b.ts -> a.ts`) may stay; one that is gone must be struck from that list.
 */
export function importCycles(sources: readonly Source[], known: readonly string[] = []): string[] {
  const found = circles(sources)
  return [
    ...found.filter((circle) => !known.includes(circle)).map((circle) => `circle of imports at run time: ${circle}`),
    ...known.filter((circle) => !found.includes(circle)).map((circle) => `no longer a circle; strike it: ${circle}`),
  ]
}

function circles(sources: readonly Source[]): string[] {
  const targets = new Map(sources.map((source) => [source.path, runTimeTargets(source)]))
  const state = new Map<string, 'open' | 'done'>()
  const trail: string[] = []
  const found: string[] = []
  const visit = (path: string) => {
    state.set(path, 'open')
    trail.push(path)
    for (const target of targets.get(path) ?? []) {
      if (state.get(target) === 'open') found.push(fromSmallest(trail.slice(trail.indexOf(target))))
      else if (!state.has(target)) visit(target)
    }
    trail.pop()
    state.set(path, 'done')
  }
  for (const path of targets.keys()) if (!state.has(path)) visit(path)
  return found
}

/** The same circle reads the same wherever the search entered it. */
function fromSmallest(circle: readonly string[]): string {
  const start = circle.indexOf([...circle].sort()[0] ?? '')
  const turned = [...circle.slice(start), ...circle.slice(0, start)]
  return [...turned, turned[0]].join(' -> ').replaceAll(core, '')
}

function runTimeTargets({ path, imports }: Source): string[] {
  return imports.flatMap(({ specifier, typeOnly }) => (typeOnly ? [] : (resolved(path, specifier) ?? [])))
}

/** The path that a relative import leads to; undefined for packages. */
export function resolved(path: string, specifier: string): string | undefined {
  return specifier.startsWith('.') ? normalize(join(dirname(path), specifier)) : undefined
}

function folderOf(path: string): string {
  const inside = path.slice(core.length)
  return inside.includes('/') ? inside.slice(0, inside.indexOf('/')) : ''
}
