import { describe, expect, it } from 'vitest'
import { printProblem, readDesign } from '../index.ts'
import { toyCatalogue } from '../toy-catalogue.ts'
import { toyDesign } from '../toy-design.ts'

/** The sample with one thing changed. */
function edited(from: string, to: string): string {
  expect(toyDesign).toContain(from)
  return toyDesign.replace(from, () => to)
}

function saidOf(text: string): string {
  const { problems } = readDesign(text, toyCatalogue, { file: 'toy.yaml', readFile: () => undefined })
  return problems.map((problem) => printProblem(problem, text)).join('\n')
}

describe('objectives between variants', () => {
  const side = { subject: { kind: 'request', source: 'visitors', request: 'view' }, measure: 'percentile' }

  it.each([
    ['half.view.p99 > view.p99', 1, 0],
    ['half.view.p99 > 2 * view.p99', 2, 0],
    ['half.view.p99>2.5*view.p99 + 5ms', 2.5, 5],
    ['half.view.p99 > view.p99 - 1s', 1, -1000],
  ])('%s', (text, factor, margin) => {
    const { design, problems } = readDesign(edited('view.p99 < 200ms', text), toyCatalogue)
    expect(problems).toEqual([])
    expect(design?.relations).toEqual([
      {
        text,
        left: { text: 'half.view.p99', variant: 'half', ...side, percentile: 99 },
        right: { text: 'view.p99', ...side, percentile: 99 },
        operator: '>',
        dimension: 'duration',
        factor,
        margin,
        path: 'objectives.1',
      },
    ])
    expect(design?.objectives).toHaveLength(5)
  })

  it('have one window for both sides', () => {
    const text = 'half.view.p99 > view.p50 from 60s to 100s'
    const { design } = readDesign(edited('view.p99 < 200ms', text), toyCatalogue)
    expect(design?.relations[0]).toMatchObject({ window: { fromMs: 60_000, toMs: 100_000 }, right: { percentile: 50 } })
  })

  it('ambiguous-name: a variant named like a block', () => {
    const renamed = edited('half: { web', 'album: { web').replace('half.web', 'album.web')
    expect(saidOf(renamed)).toMatchInlineSnapshot(`
      "toy.yaml:44:5: error: ambiguous-name: \`album\` names a variant and a block
           |
        44 |   - album.hit-ratio > 80%
           |     ^^^^^^^^^^^^^^^^^^^^^
        expected: a name that means one thing
        found: \`album.hit-ratio\`
        help: give the variant \`album\` another name
      toy.yaml:46:5: error: ambiguous-name: \`album\` names a variant and a block
           |
        46 |   - album.web.utilization < 70%
           |     ^^^^^^^^^^^^^^^^^^^^^^^^^^^
        expected: a name that means one thing
        found: \`album.web.utilization\`
        help: give the variant \`album\` another name"
    `)
  })

  it('wrong-dimension: a percentile against a share', () => {
    expect(saidOf(edited('view.p99 < 200ms', 'half.view.p99 > 2 * availability'))).toMatchInlineSnapshot(`
      "toy.yaml:41:5: error: wrong-dimension: \`half.view.p99\` is a duration
           |
        41 |   - half.view.p99 > 2 * availability
           |     ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
        expected: a duration to compare it with
        found: a share, \`availability\`"
    `)
  })

  it('wrong-form: an objective with its variant in a field of its own', () => {
    expect(
      saidOf(edited('half.web.utilization < 70%', '{ that: web.utilization < 70%, in: half }')),
    ).toMatchInlineSnapshot(`
      "toy.yaml:46:5: error: wrong-form: the objective is a mapping, not a text
           |
        46 |   - { that: web.utilization < 70%, in: half }
           |     ^
        expected: \`view.p99 < 200ms\`, \`availability >= 99.9%\` or \`half.view.p99 < 2 * view.p99\`
        found: a mapping
        help: write \`half.web.utilization < 70%\`"
    `)
  })
})
