import { describe, expect, it } from 'vitest'
import { runKind } from '../../before-run/run-kind.ts'
import { catalogue } from '../../experiment/catalogue.ts'
import { steadyBefore } from '../../experiment/lead-in.ts'
import { terminatingPlan } from '../../experiment/plan.ts'
import { replicate } from '../../experiment/replicate.ts'
import { readDesign } from '../../language/read-design.ts'

function read(queue: string, { rate = '10/s', more = '' } = {}) {
  return readDesign(
    `loadpath: 1
name: a backlog at the start
traffic: { v: { rate: ${rate}, requests: { put: { to: jobs, key: uniform over 50, size: 1kB } } } }
blocks:
  jobs: { type: queue, ${queue} }
  db: { type: database, write: 1ms }
${more}`,
    catalogue,
  )
}

function run(queue: string, options: { rate?: string; leadInMs?: number; cellsMs?: readonly number[] } = {}) {
  const { design, problems } = read(queue, options)
  if (design === undefined) throw new Error(problems.map(({ path, message }) => `${path} ${message}`).join('; '))
  const planned = terminatingPlan(design, 10_000)
  const plan = { ...planned, cellStartsMs: options.cellsMs ?? [0], leadInMs: options.leadInMs }
  const limits = { events: 1e6, inside: 1e6, wallMs: 1e6 }
  // Conservation and Little's law are checked at the end of every replication.
  const found = replicate({ design, seed: 1, replication: 0, workFactor: 1, plan, limits, trace: null })
  return { found, jobs: found.blocks[1] ?? [], db: found.blocks[0] ?? [] }
}

describe('a backlog at the start', () => {
  it('is in flight when the run begins, and is worked off in order', () => {
    const { jobs } = run('start: 1000, workers: { compute: 5ms }', { rate: '0/s', cellsMs: [0, 2000, 5000.001] })
    expect(jobs.map(({ arrived, done, inside }) => [arrived, done, inside])).toEqual([
      [0, 399, 601],
      [0, 601, 0],
      [0, 0, 0],
    ])
  })

  it('has waited since 0 s', () => {
    const { jobs } = run('start: 3, workers: { compute: 100ms }', { rate: '0/s' })
    expect(jobs[0]).toMatchObject({ doneMs: 600, waitMs: 300 })
  })

  it('counts the messages that workers take at 0 s among those that waited 0 s', () => {
    const { jobs } = run('start: 4, workers: { compute: 800ms }', { rate: '0/s' })
    expect(jobs[0]).toMatchObject({
      begun: 4,
      waited: 3,
      waitMs: 800 + 1600 + 2400,
      workBegun: [3200, expect.anything()],
    })
  })

  it('delays what is published behind it', () => {
    const { jobs } = run('start: 2000, workers: { compute: 1ms }', { rate: '100/s', cellsMs: [0, 1000] })
    expect(jobs[0]?.inside).toBeGreaterThan(1050)
    expect(jobs[1]?.inside).toBeLessThan(5)
  })

  it('has messages with the keys and sizes of its publishers', () => {
    const { db } = run('start: 500, workers: { compute: 1ms, call: db.write }', { rate: '0.1/s' })
    expect(db[0]?.done).toBeGreaterThanOrEqual(500)
  })

  it('is added at 0 s to a run that starts in its steady state', () => {
    const { jobs } = run('start: 400, workers: { compute: 10ms }', { rate: '50/s', leadInMs: 3000, cellsMs: [0, 1] })
    expect(jobs[0]?.inside).toBeGreaterThanOrEqual(398)
    const { design } = read('start: 400, workers: { compute: 10ms }', { more: 'run: { start: warmed }' })
    if (design === undefined) throw new Error('unread')
    expect(runKind(design)).toMatchObject({ kind: 'terminating' })
    expect(steadyBefore(design)).toMatchObject({ blocks: [{}, { values: { start: 0 } }] })
  })

  it('is reported if it does not fit into the queue', () => {
    const { problems } = read('start: 10, limit: 5, workers: { compute: 1ms }')
    expect(problems.map(({ code, path }) => `${code} ${path}`)).toContain('conflicting-fields jobs.start')
  })
})
