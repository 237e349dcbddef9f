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

describe('every mistake says where, what, and the remedy', () => {
  it('says nothing of a sound design', () => {
    expect(saidOf(toyDesign)).toBe('')
  })

  it('yaml-syntax: a bracket that is never closed', () => {
    expect(saidOf(edited('run: { for: 180s, repeat: 20 }', 'run: { for: 180s, repeat: 20'))).toMatchInlineSnapshot(`
      "toy.yaml:40:1: error: yaml-syntax: this is not well-formed YAML: Flow map in block collection must be sufficiently indented and end with a }
           |
        40 | objectives:
           | ^
        help: align it with the lines above"
    `)
  })

  it('yaml-feature-refused: a tag', () => {
    expect(saidOf(edited('name: photo sharing', 'name: !!str photo'))).toMatchInlineSnapshot(`
      "toy.yaml:4:13: error: yaml-feature-refused: the tag \`tag:yaml.org,2002:str\` is not used in designs
          |
        4 | name: !!str photo
          |             ^^^^^
        help: remove the tag"
    `)
  })

  it('yaml-feature-refused: a merge key', () => {
    expect(saidOf(edited('    instances: 8', '    <<: { instances: 8 }'))).toMatchInlineSnapshot(`
      "toy.yaml:19:5: error: yaml-feature-refused: merge keys are not used in designs
           |
        19 |     <<: { instances: 8 }
           |     ^^
        help: write the fields out, or use a preset or a variant
      toy.yaml:35:14: error: unknown-instance: \`web\` has no instance \`2\`
           |
        35 |   - { crash: web.2, at: 120s, for: 30s }
           |              ^^^^^
        expected: \`web\`
        found: \`web.2\`"
    `)
  })

  it('yaml-feature-refused: two documents', () => {
    expect(saidOf(`${toyDesign}---\nloadpath: 1\n`)).toMatchInlineSnapshot(`
      "toy.yaml:51:1: error: yaml-feature-refused: a file holds one design
           |
        51 | ---
           | ^^^
        help: remove the line \`---\` and what follows it"
    `)
  })

  it('yaml-feature-refused: a directive', () => {
    expect(saidOf(`%YAML 1.1\n---\n${toyDesign}`)).toMatchInlineSnapshot(`
      "toy.yaml:1:1: error: yaml-feature-refused: directives are not used in designs
          |
        1 | %YAML 1.1
          | ^
        help: remove the lines that begin with \`%\`"
    `)
  })

  it('too-large: a text above 1 MiB', () => {
    expect(saidOf(`${toyDesign}# ${'x'.repeat(1024 * 1024)}`)).toMatchInlineSnapshot(`
      "toy.yaml:1:1: error: too-large: this text is larger than 1 MiB
          |
        1 | # yaml-language-server: $schema=./loadpath.schema.json
          | ^"
    `)
  })

  it('too-deep: brackets without end', () => {
    expect(saidOf(edited('[ { cores: 4 }, { cores: 8 } ]', '['.repeat(60)))).toMatchInlineSnapshot(`
      "toy.yaml:32:89: error: too-deep: the nesting is deeper than 50 levels
           |
        32 | ces: [[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[ }
           |                                                       ^"
    `)
  })

  it('too-many-aliases: more than twenty aliases', () => {
    expect(
      saidOf(`${toyDesign}x: &a 1\ny: [${Array.from({ length: 21 }, () => '*a').join(', ')}]\n`),
    ).toMatchInlineSnapshot(`
      "toy.yaml:51:1: error: unknown-field: \`x\` is not a field here
           |
        51 | x: &a 1
           | ^
        expected: \`loadpath\`, \`name\`, \`about\`, \`traffic\`, \`blocks\`, \`faults\`, \`run\`, \`objectives\`, \`variants\` or \`accept\`
        found: \`x\`
      toy.yaml:52:1: error: unknown-field: \`y\` is not a field here
           |
        52 | y: [*a, *a, *a, *a, *a, *a, *a, *a, *a, *a, *a, *a, *a, *a, *a, *a, *a, *a, *a, *a, *a]
           | ^
        expected: \`loadpath\`, \`name\`, \`about\`, \`traffic\`, \`blocks\`, \`faults\`, \`run\`, \`objectives\`, \`variants\` or \`accept\`
        found: \`y\`
      toy.yaml:52:85: error: too-many-aliases: there are too many aliases here, or they grow without bound
           |
        52 | , *a, *a, *a, *a, *a, *a, *a, *a, *a, *a, *a, *a, *a, *a]
           |                                                       ^^"
    `)
  })

  it('duplicate-key: a key twice', () => {
    expect(saidOf(edited('    instances: 8', '    instances: 8\n    instances: 9'))).toMatchInlineSnapshot(`
      "toy.yaml:20:5: error: duplicate-key: \`instances\` stands here twice
           |
        20 |     instances: 9
           |     ^^^^^^^^^
        found: \`instances\`
        help: the first one is on line 19"
    `)
  })

  it('key-not-text: a list as a key', () => {
    expect(saidOf(edited('    instances: 8', '    ? [1]\n    : 8'))).toMatchInlineSnapshot(`
      "toy.yaml:19:7: error: key-not-text: a key is a word
           |
        19 |     ? [1]
           |       ^
        expected: a word
      toy.yaml:36:14: error: unknown-instance: \`web\` has no instance \`2\`
           |
        36 |   - { crash: web.2, at: 120s, for: 30s }
           |              ^^^^^
        expected: \`web\`
        found: \`web.2\`"
    `)
  })

  it('unsupported-version: a later version', () => {
    expect(saidOf(edited('loadpath: 1', 'loadpath: 2'))).toMatchInlineSnapshot(`
      "toy.yaml:3:11: error: unsupported-version: this version of the language is not known here
          |
        3 | loadpath: 2
          |           ^
        expected: \`loadpath: 1\`
        found: \`2\`
        help: install a newer Loadpath, or write the design in version 1"
    `)
  })

  it('unknown-field: a misspelt field', () => {
    expect(saidOf(edited('capacity: 8GiB', 'capcity: 8GiB'))).toMatchInlineSnapshot(`
      "toy.yaml:31:53: error: unknown-field: \`capcity\` is not a field here
           |
        31 |   album: { type: cache, of: photos, eviction: slru, capcity: 8GiB, like: redis }
           |                                                     ^^^^^^^
        expected: \`of\`, \`eviction\`, \`capacity\`, \`least-object\`, \`latency\`, \`mode\`, \`traffic\`, \`type\` or \`like\`
        found: \`capcity\`
        help: did you mean \`capacity\`?"
    `)
  })

  it('unknown-field: an unknown section', () => {
    expect(saidOf(edited('objectives:', 'objectifs:'))).toMatchInlineSnapshot(`
      "toy.yaml:40:1: error: unknown-field: \`objectifs\` is not a field here
           |
        40 | objectifs:
           | ^^^^^^^^^
        expected: \`loadpath\`, \`name\`, \`about\`, \`traffic\`, \`blocks\`, \`faults\`, \`run\`, \`objectives\`, \`variants\` or \`accept\`
        found: \`objectifs\`
        help: did you mean \`objectives\`?"
    `)
  })

  it('missing-field: a field without a default', () => {
    expect(saidOf(edited('rate: 2000/s ± 20% ', '#'))).toMatchInlineSnapshot(`
      "toy.yaml:8:3: error: missing-field: \`rate\` is missing: how many come
          |
        8 |   visitors:
          |   ^^^^^^^^
        expected: \`rate\`: a rate such as \`2000/s\`"
    `)
  })

  it('missing-field: no type', () => {
    expect(saidOf(edited('{ type: database, ', '{ '))).toMatchInlineSnapshot(`
      "toy.yaml:32:3: error: missing-field: \`type\` is missing: what kind of block this is
           |
        32 |   photos: { instances: [ { cores: 4 }, { cores: 8 } ] }
           |   ^^^^^^
        expected: \`type\`: \`service\`, \`cache\`, \`database\` or \`load-balancer\`"
    `)
  })

  it('renamed-field: an old name', () => {
    expect(saidOf(edited('capacity: 8GiB', 'bytes: 8GiB'))).toMatchInlineSnapshot(`
      "toy.yaml:31:53: warning: renamed-field: \`bytes\` is called \`capacity\` now
           |
        31 |   album: { type: cache, of: photos, eviction: slru, bytes: 8GiB, like: redis }
           |                                                     ^^^^^
        expected: \`capacity\`
        found: \`bytes\`
        help: \`loadpath check --fix\` rewrites it"
    `)
  })

  it('older-word: an alias', () => {
    expect(saidOf(edited('type: cache', 'type: store'))).toMatchInlineSnapshot(`
      "toy.yaml:31:18: warning: older-word: \`store\` is called \`cache\` here
           |
        31 |   album: { type: store, of: photos, eviction: slru, capacity: 8GiB, like: redis }
           |                  ^^^^^
        expected: \`cache\`
        found: \`store\`"
    `)
  })

  it('wrong-form: a list where a quantity belongs', () => {
    expect(saidOf(edited('price: $0.19/h', 'price: [1]'))).toMatchInlineSnapshot(`
      "toy.yaml:21:5: error: wrong-form: this must be a price
           |
        21 |     price: [1]
           |     ^^^^^
        expected: a price such as \`$0.19/h\`
        found: a list"
    `)
  })

  it('wrong-form: nothing where a mapping belongs', () => {
    expect(saidOf(edited('run: { for: 180s, repeat: 20 }', 'run:'))).toMatchInlineSnapshot(`
      "toy.yaml:38:1: error: wrong-form: \`run\` must be a mapping
           |
        38 | run:
           | ^^^
        expected: a mapping
        found: nothing"
    `)
  })

  it('malformed-quantity: a decimal comma', () => {
    expect(saidOf(edited('price: $0.19/h', 'price: "$0,19/h"'))).toMatchInlineSnapshot(`
      "toy.yaml:21:12: error: malformed-quantity: this is not a price
           |
        21 |     price: "$0,19/h"
           |            ^^^^^^^^^
        expected: a price such as \`$0.19/h\`
        found: \`$0,19/h\`
        help: write a decimal point and no thousands separator"
    `)
  })

  it('malformed-quantity: percent of percent', () => {
    expect(saidOf(edited('eviction: slru', 'eviction: slru 80% ± 5%'))).toMatchInlineSnapshot(`
      "toy.yaml:31:47: error: malformed-quantity: this is not a share
           |
        31 |   album: { type: cache, of: photos, eviction: slru 80% ± 5%, capacity: 8GiB, like: redis }
           |                                               ^^^^^^^^^^^^^
        expected: a share such as \`20%\`
        found: \`± 5%\`
        help: percent of the share or percentage points? write the range: \`15%..25%\`"
    `)
  })

  it('missing-unit: a bare number', () => {
    expect(saidOf(edited('for: 30s', 'for: 30'))).toMatchInlineSnapshot(`
      "toy.yaml:35:36: error: missing-unit: a number without a unit is not a duration
           |
        35 |   - { crash: web.2, at: 120s, for: 30 }
           |                                    ^^
        expected: a duration such as \`200ms\`
        found: \`30\`
        help: add the unit: \`30ns\`, \`30us\` or \`30ms\`"
    `)
  })

  it('unknown-unit: another spelling', () => {
    expect(saidOf(edited('capacity: 8GiB', 'capacity: 8gib'))).toMatchInlineSnapshot(`
      "toy.yaml:31:63: error: unknown-unit: no unit of a size is written like this
           |
        31 |  { type: cache, of: photos, eviction: slru, capacity: 8gib, like: redis }
           |                                                       ^^^^
        expected: a size such as \`800KiB\`; units: B kB MB GB TB PB KiB MiB GiB TiB PiB
        found: \`8gib\`
        help: did you mean \`GiB\`?"
    `)
  })

  it('wrong-dimension: a duration for a size', () => {
    expect(saidOf(edited('capacity: 8GiB', 'capacity: 8s'))).toMatchInlineSnapshot(`
      "toy.yaml:31:63: error: wrong-dimension: this must be a size
           |
        31 |  { type: cache, of: photos, eviction: slru, capacity: 8s, like: redis }
           |                                                       ^^
        expected: a size such as \`800KiB\`
        found: a duration, \`8s\`"
    `)
  })

  it('out-of-range: less than one', () => {
    expect(saidOf(edited('instances: 8', 'instances: 0'))).toMatchInlineSnapshot(`
      "toy.yaml:19:16: error: out-of-range: this value is outside its bounds
           |
        19 |     instances: 0
           |                ^
        expected: at least 1 and at most 10k
        found: \`0\`"
    `)
  })

  it('out-of-range: an uncertain share above 100%', () => {
    expect(saidOf(edited('eviction: slru', 'eviction: slru 80%..120%'))).toMatchInlineSnapshot(`
      "toy.yaml:31:47: error: out-of-range: this range leaves the bounds
           |
        31 |   album: { type: cache, of: photos, eviction: slru 80%..120%, capacity: 8GiB, like: redis }
           |                                               ^^^^^^^^^^^^^^
        expected: at least 0% and at most 100%
        found: \`80%..120%\`"
    `)
  })

  it('not-whole: half an instance', () => {
    expect(saidOf(edited('instances: 8', 'instances: 7.5'))).toMatchInlineSnapshot(`
      "toy.yaml:19:16: error: not-whole: this must be a whole number
           |
        19 |     instances: 7.5
           |                ^^^
        expected: a whole number
        found: \`7.5\`"
    `)
  })

  it('conflicting-fields: two steps in one', () => {
    expect(saidOf(edited('- call: album.read', '- { call: album.read, compute: 1ms }'))).toMatchInlineSnapshot(`
      "toy.yaml:25:31: error: conflicting-fields: \`call\` and \`compute\` stand in one item
           |
        25 |         - { call: album.read, compute: 1ms }
           |                               ^^^^^^^
        expected: one step
        help: write each as an item of its own"
    `)
  })

  it('outside-folder: a path upwards', () => {
    expect(
      saidOf(
        edited('  - { crash: photos.leader, at: 10s }', '  - { surge: visitors, factor: 2, measured: ../secret.txt }'),
      ),
    ).toMatchInlineSnapshot(`
      "toy.yaml:36:45: error: outside-folder: this path leaves the folder of the design
           |
        36 |   - { surge: visitors, factor: 2, measured: ../secret.txt }
           |                                             ^^^^^^^^^^^^^
        expected: the relative path of a file in the folder of the design
        found: \`../secret.txt\`"
    `)
  })

  it('file-not-found: a file that is not there', () => {
    expect(
      saidOf(
        edited('  - { crash: photos.leader, at: 10s }', '  - { surge: visitors, factor: 2, measured: here/it.txt }'),
      ),
    ).toMatchInlineSnapshot(`
      "toy.yaml:36:45: error: file-not-found: this file cannot be read
           |
        36 |   - { surge: visitors, factor: 2, measured: here/it.txt }
           |                                             ^^^^^^^^^^^
        expected: the relative path of a file in the folder of the design
        found: \`here/it.txt\`"
    `)
  })

  it('unknown-name: a type that does not exist', () => {
    expect(saidOf(edited('type: database', 'type: databse'))).toMatchInlineSnapshot(`
      "toy.yaml:32:19: error: unknown-name: there is no block type \`databse\`
           |
        32 |   photos: { type: databse, instances: [ { cores: 4 }, { cores: 8 } ] }
           |                   ^^^^^^^
        expected: \`service\`, \`cache\`, \`database\` or \`load-balancer\`
        found: \`databse\`
        help: did you mean \`database\`?"
    `)
  })

  it('unknown-name: a block that does not exist', () => {
    expect(saidOf(edited('targets: web', 'targets: webb'))).toMatchInlineSnapshot(`
      "toy.yaml:16:42: error: unknown-name: there is no block \`webb\`
           |
        16 |   front: { type: load-balancer, targets: webb }
           |                                          ^^^^
        expected: \`front\`, \`web\`, \`album\` or \`photos\`
        found: \`webb\`
        help: did you mean \`web\`?"
    `)
  })

  it('unknown-name: a word where a count or a word belongs', () => {
    expect(saidOf(edited('workers: 4', 'workers: unlimted'))).toMatchInlineSnapshot(`
      "toy.yaml:20:14: error: unknown-name: \`unlimted\` is not one of the words known here
           |
        20 |     workers: unlimted
           |              ^^^^^^^^
        expected: a count such as \`5k\` or \`unlimited\` or \`event-loop\`
        found: \`unlimted\`
        help: did you mean \`unlimited\`?"
    `)
  })

  it('unknown-name: a step that does not exist', () => {
    expect(saidOf(edited('- call: album.read', '- cal: album.read'))).toMatchInlineSnapshot(`
      "toy.yaml:25:11: error: unknown-name: there is no step \`cal\`
           |
        25 |         - cal: album.read
           |           ^^^
        expected: \`compute\`, \`call\`, \`parallel\` or \`respond\`
        found: \`cal\`
        help: did you mean \`call\`?"
    `)
  })

  it('unknown-name: a measure that does not exist', () => {
    expect(saidOf(edited('availability >=', 'availabilty >='))).toMatchInlineSnapshot(`
      "toy.yaml:43:5: error: unknown-name: there is no measure \`availabilty\`
           |
        43 |   - availabilty >= 99.9%
           |     ^^^^^^^^^^^^^^^^^^^^
        expected: \`availability\`, \`hit-ratio\`, \`utilisation\`, \`cost\`, \`p50\`, \`p99\` or \`p99.9\`
        found: \`availabilty\`
        help: did you mean \`availability\`?"
    `)
  })

  it('unknown-name: a preset that does not exist', () => {
    expect(saidOf(edited('like: redis', 'like: rediss'))).toMatchInlineSnapshot(`
      "toy.yaml:31:75: error: unknown-name: there is no preset \`rediss\` for \`cache\`
           |
        31 | he, of: photos, eviction: slru, capacity: 8GiB, like: rediss }
           |                                                       ^^^^^^
        expected: \`redis\`
        found: \`rediss\`
        help: did you mean \`redis\`?"
    `)
  })

  it('malformed-name: upper case', () => {
    expect(saidOf(edited('  photos: {', '  Photos: {'))).toMatchInlineSnapshot(`
      "toy.yaml:29:59: error: unknown-name: there is no block \`photos\`
           |
        29 |     - parallel: { of: [ [ { compute: 1ms } ], { call: photos.write } ] }
           |                                                       ^^^^^^^^^^^^
        expected: \`front\`, \`web\`, \`album\` or \`Photos\`
        found: \`photos\`
        help: did you mean \`Photos\`?
      toy.yaml:31:29: error: unknown-name: there is no block \`photos\`
           |
        31 |   album: { type: cache, of: photos, eviction: slru, capacity: 8GiB, like: redis }
           |                             ^^^^^^
        expected: \`front\`, \`web\`, \`album\` or \`Photos\`
        found: \`photos\`
        help: did you mean \`Photos\`?
      toy.yaml:32:3: error: malformed-name: \`Photos\` is not a name
           |
        32 |   Photos: { type: database, instances: [ { cores: 4 }, { cores: 8 } ] }
           |   ^^^^^^
        expected: lower-case letters, digits and hyphens, beginning with a letter
        found: \`Photos\`
      toy.yaml:36:14: error: unknown-name: there is no block \`photos\`
           |
        36 |   - { crash: photos.leader, at: 10s }
           |              ^^^^^^^^^^^^^
        expected: \`front\`, \`web\`, \`album\` or \`Photos\`
        found: \`photos\`
        help: did you mean \`Photos\`?"
    `)
  })

  it('reserved-name: the name of a measure', () => {
    expect(saidOf(edited('  front: {', '  cost: {'))).toMatchInlineSnapshot(`
      "toy.yaml:12:31: error: unknown-name: there is no block \`front\`
           |
        12 |       view: { weight: 95, to: front, key: zipf 0.9 over 5M }
           |                               ^^^^^
        expected: \`cost\`, \`web\`, \`album\` or \`photos\`
        found: \`front\`
      toy.yaml:13:32: error: unknown-name: there is no block \`front\`
           |
        13 |       upload: { weight: 5, to: front, size: { p50: 800KiB, p99: 6MiB } }
           |                                ^^^^^
        expected: \`cost\`, \`web\`, \`album\` or \`photos\`
        found: \`front\`
      toy.yaml:16:3: error: reserved-name: \`cost\` already means something else
           |
        16 |   cost: { type: load-balancer, targets: web }
           |   ^^^^
        expected: another name
        found: \`cost\`"
    `)
  })

  it('duplicate-name: a request and a block', () => {
    expect(saidOf(edited('      upload: { weight', '      web: { weight'))).toMatchInlineSnapshot(`
      "toy.yaml:8:3: error: duplicate-name: \`web\` names a request and a block
          |
        8 |   visitors:
          |   ^^^^^^^^
        found: \`web\`
        help: rename one of them
      toy.yaml:16:42: error: unknown-operation: a request \`web\` comes here, and \`web\` has no operation of that name
           |
        16 |   front: { type: load-balancer, targets: web }
           |                                          ^^^
        expected: \`web.view\` or \`web.upload\`
        found: \`web\`
        help: name the operation in the call
      toy.yaml:46:5: error: ambiguous-name: \`web\` is the name of several things
           |
        46 |   - half.web.utilisation < 70%
           |     ^^^^^^^^^^^^^^^^^^^^^^^^^^
        expected: \`web\` or \`visitors.web\`
        found: \`web\`"
    `)
  })

  it('ambiguous-name: a request of two sources', () => {
    expect(
      saidOf(edited('\nblocks:', '  robots: { rate: 1/s, requests: { view: { to: front } } }\nblocks:')),
    ).toMatchInlineSnapshot(`
      "toy.yaml:41:5: error: ambiguous-name: \`view\` is the name of several things
           |
        41 |   - view.p99 < 200ms
           |     ^^^^^^^^^^^^^^^^
        expected: \`visitors.view\` or \`robots.view\`
        found: \`view\`"
    `)
  })

  it('unknown-operation: an operation that does not exist', () => {
    expect(saidOf(edited('album.read', 'album.raed'))).toMatchInlineSnapshot(`
      "toy.yaml:25:17: error: unknown-operation: \`album\` has no operation \`raed\`
           |
        25 |         - call: album.raed
           |                 ^^^^^^^^^^
        expected: \`album.read\` or \`album.write\`
        found: \`album.raed\`
        help: did you mean \`read\`?"
    `)
  })

  it('unknown-operation: a request that nobody named', () => {
    expect(saidOf(edited('- call: album.read', '- call: album'))).toMatchInlineSnapshot(`
      "toy.yaml:25:17: error: unknown-operation: a request \`view\` comes here, and \`album\` has no operation of that name
           |
        25 |         - call: album
           |                 ^^^^^
        expected: \`album.read\` or \`album.write\`
        found: \`album\`
        help: name the operation in the call"
    `)
  })

  it('unknown-instance: the ninth of eight', () => {
    expect(saidOf(edited('crash: web.2', 'crash: web.9'))).toMatchInlineSnapshot(`
      "toy.yaml:35:14: error: unknown-instance: \`web\` has no instance \`9\`
           |
        35 |   - { crash: web.9, at: 120s, for: 30s }
           |              ^^^^^
        expected: \`web.1\` to \`web.8\`
        found: \`web.9\`"
    `)
  })

  it('unknown-instance: a role that does not exist', () => {
    expect(saidOf(edited('photos.leader', 'photos.leadr'))).toMatchInlineSnapshot(`
      "toy.yaml:36:14: error: unknown-instance: \`photos\` has no role \`leadr\`
           |
        36 |   - { crash: photos.leadr, at: 10s }
           |              ^^^^^^^^^^^^
        expected: \`photos.1\` to \`photos.2\` or \`photos.leader\` or \`photos.follower\`
        found: \`photos.leadr\`
        help: did you mean \`leader\`?"
    `)
  })

  it('wrong-block-type: a cache of a service', () => {
    expect(saidOf(edited('of: photos', 'of: web'))).toMatchInlineSnapshot(`
      "toy.yaml:31:29: error: wrong-block-type: \`web\` is a block of type \`service\`
           |
        31 |   album: { type: cache, of: web, eviction: slru, capacity: 8GiB, like: redis }
           |                             ^^^
        expected: a block of type \`database\`
        found: \`web\`
        help: of a fitting type: \`photos\`"
    `)
  })

  it('cycle-between-blocks: a service that calls itself through a balancer', () => {
    expect(saidOf(edited('- call: album.read', '- call: front'))).toMatchInlineSnapshot(`
      "toy.yaml:25:17: error: cycle-between-blocks: these blocks call each other in a circle
           |
        25 |         - call: front
           |                 ^^^^^
        found: \`front.view\` → \`web.view\` → \`front.view\`
        help: remove one of these calls, or publish to a queue in its place"
    `)
  })

  it('unused-block: a block that nobody calls', () => {
    expect(saidOf(edited('\nfaults:', '  spare: { type: database }\n\nfaults:'))).toMatchInlineSnapshot(`
      "toy.yaml:33:3: warning: unused-block: no traffic reaches \`spare\`
           |
        33 |   spare: { type: database }
           |   ^^^^^
        help: call it, or remove it"
    `)
  })

  it('unknown-path: a variant of nothing', () => {
    expect(saidOf(edited('web.instances: 4', 'wbe.instances: 4'))).toMatchInlineSnapshot(`
      "toy.yaml:50:11: error: unknown-path: \`wbe\` is no part of this design
           |
        50 |   half: { wbe.instances: 4 }
           |           ^^^^^^^^^^^^^
        expected: a path that begins with \`visitors\`, \`front\`, \`web\`, \`album\`, \`photos\`, \`run\`, \`faults\` or \`objectives\`
        found: \`wbe.instances\`
        help: did you mean \`web\`?"
    `)
  })

  it('unknown-path: a field of a text', () => {
    expect(saidOf(edited('album.eviction: lru', 'album.eviction.size: 2'))).toMatchInlineSnapshot(`
      "toy.yaml:49:11: error: unknown-path: \`album.eviction\` is \`slru\`, which has no field \`size\`
           |
        49 |   cold: { album.eviction.size: 2 }
           |           ^^^^^^^^^^^^^^^^^^^
        found: \`album.eviction.size\`
        help: set \`album.eviction\` to a mapping"
    `)
  })

  it('malformed-objective: an equation', () => {
    expect(saidOf(edited('view.p99 < 200ms', 'view.p99 = 200ms'))).toMatchInlineSnapshot(`
      "toy.yaml:41:5: error: malformed-objective: this is not an objective
           |
        41 |   - view.p99 = 200ms
           |     ^^^^^^^^^^^^^^^^
        expected: \`view.p99 < 200ms\`, \`availability >= 99.9%\` or \`half.view.p99 < 2 * view.p99\`
        found: \`view.p99 = 200ms\`
        help: compare with \`<\`, \`<=\`, \`>\` or \`>=\`"
    `)
  })

  it('wrong-subject: the hit ratio of a service', () => {
    expect(saidOf(edited('album.hit-ratio', 'web.hit-ratio'))).toMatchInlineSnapshot(`
      "toy.yaml:44:5: error: wrong-subject: \`hit-ratio\` is not a measure of a block of type \`service\`
           |
        44 |   - web.hit-ratio > 80%
           |     ^^^^^^^^^^^^^^^^^^^
        expected: \`hit-ratio\` of a block of type \`cache\`
        found: \`web.hit-ratio > 80%\`"
    `)
  })

  it('wrong-dimension: an objective in percent of a duration', () => {
    expect(saidOf(edited('view.p99 < 200ms', 'view.p99 < 20%'))).toMatchInlineSnapshot(`
      "toy.yaml:41:5: error: wrong-dimension: \`view.p99\` is a duration
           |
        41 |   - view.p99 < 20%
           |     ^^^^^^^^^^^^^^
        expected: a duration such as \`200ms\`
        found: a share, \`20%\`"
    `)
  })

  it('cache-capacity-too-small: what only the block can know', () => {
    expect(saidOf(edited('capacity: 8GiB', 'capacity: 1B'))).toMatchInlineSnapshot(`
      "toy.yaml:31:63: error: cache-capacity-too-small: not one object fits into this cache
           |
        31 |  { type: cache, of: photos, eviction: slru, capacity: 1B, like: redis }
           |                                                       ^^
        help: give it more memory"
    `)
  })

  it('malformed-setting: no equals sign', () => {
    expect(saidOf(toyDesign, ['web.instances'])).toMatchInlineSnapshot(`
      "--set: error: malformed-setting: this is not a setting
        expected: a setting such as \`web.instances=4\`
        found: \`web.instances\`"
    `)
  })

  it('a setting of the wrong kind points at the setting', () => {
    expect(saidOf(toyDesign, ['web.instances=4s'])).toMatchInlineSnapshot(`
      "--set: web.instances: error: wrong-dimension: this must be a count
        expected: a count such as \`5k\`
        found: a duration, \`4s\`"
    `)
  })

  it('all in one pass', () => {
    const text = toyDesign.replace('8GiB', '8s').replace('crash: web.2', 'crash: wbe.2').replace('rate:', 'rte:')
    expect(saidOf(text)).toMatchInlineSnapshot(`
      "toy.yaml:9:5: error: unknown-field: \`rte\` is not a field here
          |
        9 |     rte: 2000/s ± 20%             # an open loop
          |     ^^^
        expected: \`rate\`, \`shape\` or \`requests\`
        found: \`rte\`
        help: did you mean \`rate\`?
      toy.yaml:31:63: error: wrong-dimension: this must be a size
           |
        31 |  { type: cache, of: photos, eviction: slru, capacity: 8s, like: redis }
           |                                                       ^^
        expected: a size such as \`800KiB\`
        found: a duration, \`8s\`
      toy.yaml:35:14: error: unknown-name: there is no block \`wbe\`
           |
        35 |   - { crash: wbe.2, at: 120s, for: 30s }
           |              ^^^^^
        expected: \`front\`, \`web\`, \`album\` or \`photos\`
        found: \`wbe\`
        help: did you mean \`web\`?"
    `)
  })

  it('explains every code that is raised, and raises every code that it explains', () => {
    expect(
      problemKindsOf(toyCatalogue)
        .map(({ code }) => code)
        .toSorted(),
    ).toEqual([...seen].toSorted())
  })
})
