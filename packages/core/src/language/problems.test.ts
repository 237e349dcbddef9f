import { describe, expect, it } from 'vitest'
import { printProblem, problemKindsOf, readDesign } from './index.ts'
import { toyCatalogue } from './toy-catalogue.ts'
import { toyDesign } from './toy-design.ts'

/** The sample with one thing changed. */
function edited(from: string, to: string): string {
  expect(toyDesign).toContain(from)
  return toyDesign.replace(from, () => to)
}

const seen = new Set<string>()

/** Everything that is said about a text, as people read it. */
function saidOf(text: string, set: readonly string[] = []): string {
  const { problems, design } = readDesign(text, toyCatalogue, { file: 'toy.yaml', readFile: () => undefined, set })
  for (const { code } of problems) seen.add(code)
  expect(design === undefined).toBe(problems.some(({ severity }) => severity === 'error'))
  return problems.map((problem) => printProblem(problem, text)).join('\n')
}

/** What is wrong, the text that is read, and the settings given with it. */
type Row = readonly [title: string, text: string, set?: readonly string[]]

const rows: readonly Row[] = [
  [
    'yaml-syntax: a bracket that is never closed',
    edited('run: { for: 180s, repeat: 20 }', 'run: { for: 180s, repeat: 20'),
  ],
  ['yaml-feature-refused: a tag', edited('name: photo sharing', 'name: !!str photo')],
  ['yaml-feature-refused: a merge key', edited('    instances: 8', '    <<: { instances: 8 }')],
  ['yaml-feature-refused: two documents', `${toyDesign}---\nloadpath: 1\n`],
  ['yaml-feature-refused: a directive', `%YAML 1.1\n---\n${toyDesign}`],
  ['too-large: a text above 1 MiB', `${toyDesign}# ${'x'.repeat(1024 * 1024)}`],
  ['too-deep: brackets without end', edited('[ { cores: 4 }, { cores: 8 } ]', '['.repeat(60))],
  [
    'too-many-aliases: more than twenty aliases',
    `${toyDesign}x: &a 1\ny: [${Array.from({ length: 21 }, () => '*a').join(', ')}]\n`,
  ],
  ['duplicate-key: a key twice', edited('    instances: 8', '    instances: 8\n    instances: 9')],
  ['key-not-text: a list as a key', edited('    instances: 8', '    ? [1]\n    : 8')],
  ['unsupported-version: a later version', edited('loadpath: 1', 'loadpath: 2')],
  ['unknown-field: a misspelt field', edited('capacity: 8GiB', 'capcity: 8GiB')],
  ['unknown-field: an unknown section', edited('objectives:', 'objectifs:')],
  ['missing-field: a field without a default', edited('rate: 2000/s ± 20% ', '#')],
  ['missing-field: no type', edited('{ type: database, ', '{ ')],
  [
    'former-form: a step with its main field inside',
    edited('crash: web.2, at: 120s, for: 30s', 'crash: { target: web.2, at: 120s, for: 30s }'),
  ],
  ['renamed-field: an old name', edited('capacity: 8GiB', 'bytes: 8GiB')],
  ['older-word: an alias', edited('type: cache', 'type: store')],
  ['wrong-form: a list where a quantity belongs', edited('price: $0.19/h', 'price: [1]')],
  ['wrong-form: nothing where a mapping belongs', edited('run: { for: 180s, repeat: 20 }', 'run:')],
  ['malformed-quantity: a decimal comma', edited('price: $0.19/h', 'price: "$0,19/h"')],
  ['malformed-quantity: percent of percent', edited('eviction: slru', 'eviction: slru 80% ± 5%')],
  ['missing-unit: a bare number', edited('for: 30s', 'for: 30')],
  ['unknown-unit: another spelling', edited('capacity: 8GiB', 'capacity: 8gib')],
  ['ambiguous-unit: work in m', edited('compute: exponential 15ms', 'compute: exponential 500m')],
  ['wrong-dimension: a duration for a size', edited('capacity: 8GiB', 'capacity: 8s')],
  ['out-of-range: less than one', edited('instances: 8', 'instances: 0')],
  ['out-of-range: an uncertain share above 100%', edited('eviction: slru', 'eviction: slru 80%..120%')],
  ['not-whole: half an instance', edited('instances: 8', 'instances: 7.5')],
  ['conflicting-fields: two steps in one', edited('- call: album.read', '- { call: album.read, compute: 1ms }')],
  [
    'outside-folder: a path upwards',
    edited('  - { crash: photos.leader, at: 10s }', '  - { surge: visitors, factor: 2, measured: ../secret.txt }'),
  ],
  [
    'file-not-found: a file that is not there',
    edited('  - { crash: photos.leader, at: 10s }', '  - { surge: visitors, factor: 2, measured: here/it.txt }'),
  ],
  ['unknown-name: a type that does not exist', edited('type: database', 'type: databse')],
  ['unknown-name: a block that does not exist', edited('targets: web', 'targets: webb')],
  ['unknown-name: a word where a count or a word belongs', edited('workers: 4', 'workers: unlimted')],
  ['unknown-name: a step that does not exist', edited('- call: album.read', '- cal: album.read')],
  ['unknown-name: a measure that does not exist', edited('availability >=', 'availabilty >=')],
  ['unknown-name: a preset that does not exist', edited('like: redis', 'like: rediss')],
  ['malformed-name: upper case', edited('  photos: {', '  Photos: {')],
  ['reserved-name: the name of a measure', edited('  front: {', '  cost: {')],
  ['duplicate-name: a request and a block', edited('      upload: { weight', '      web: { weight')],
  [
    'ambiguous-name: a request of two sources',
    edited('\nblocks:', '  robots: { rate: 1/s, requests: { view: { to: front } } }\nblocks:'),
  ],
  ['unknown-operation: an operation that does not exist', edited('album.read', 'album.raed')],
  ['unknown-operation: a request that nobody named', edited('- call: album.read', '- call: album')],
  ['unknown-instance: the ninth of eight', edited('crash: web.2', 'crash: web.9')],
  ['unknown-instance: a role that does not exist', edited('photos.leader', 'photos.leadr')],
  ['wrong-block-type: a cache of a service', edited('of: photos', 'of: web')],
  [
    'cycle-between-blocks: a service that calls itself through a balancer',
    edited('- call: album.read', '- call: front'),
  ],
  ['unused-block: a block that nobody calls', edited('\nfaults:', '  spare: { type: database }\n\nfaults:')],
  ['unknown-path: a variant of nothing', edited('web.instances: 4', 'wbe.instances: 4')],
  ['unknown-path: a field of a text', edited('album.eviction: lru', 'album.eviction.size: 2')],
  ['malformed-objective: an equation', edited('view.p99 < 200ms', 'view.p99 = 200ms')],
  ['wrong-subject: the hit ratio of a service', edited('album.hit-ratio', 'web.hit-ratio')],
  ['wrong-dimension: an objective in percent of a duration', edited('view.p99 < 200ms', 'view.p99 < 20%')],
  ['cache-capacity-too-small: what only the block can know', edited('capacity: 8GiB', 'capacity: 1B')],
  ['malformed-setting: no equals sign', toyDesign, ['web.instances']],
  ['a setting of the wrong kind points at the setting', toyDesign, ['web.instances=4s']],
  ['all in one pass', toyDesign.replace('8GiB', '8s').replace('crash: web.2', 'crash: wbe.2').replace('rate:', 'rte:')],
]

describe('every mistake says where, what, and the remedy', () => {
  it('a valid design has no problems', () => {
    expect(saidOf(toyDesign)).toBe('')
  })

  it.each(rows.map(([title, text, set = []]) => [title, text, set] as const))('%s', (_, text, set) => {
    expect(saidOf(text, set)).toMatchSnapshot()
  })

  it('explains every code that is raised, and raises every code that it explains', () => {
    expect(
      problemKindsOf(toyCatalogue)
        .map(({ code }) => code)
        .toSorted(),
    ).toEqual([...seen].toSorted())
  })
})
