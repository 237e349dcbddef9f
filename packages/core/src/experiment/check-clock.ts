import { nominalRate } from '../before-run/flows.ts'
import { runKind } from '../before-run/run-kind.ts'
import type { RunValues } from '../before-run/run-params.ts'
import { blocks } from '../blocks/index.ts'
import type { Design } from '../language/design.ts'
import type { FieldReport } from '../support/definition.ts'
import type { ChosenDistribution } from '../support/distributions/distribution.ts'
import { createSampler } from '../support/distributions/index.ts'
import { nominalWorld, type Param, visitFields } from '../support/params.ts'
import type { SourceValues } from '../workloads/source.ts'
import { requestsOfPilot, timesFirstPilot } from './plan.ts'

/** Doubles of 2^52 ms and more are whole numbers of ms: at a time T they are at least T / 2^53 and at most T / 2^52 apart. */
const stepsOfClock = 2 ** 52
/** A time is off by half a step. From this share of the shortest time of a design on it is said, and then refused. */
const leastSaid = 0.001
const leastRefused = 0.1

/** The clock of a run counts in doubles: in a long one, the shortest times of the design are rounded. */
export function checkClock(written: Design, report: FieldReport): void {
  const design = nominalWorld(written)
  const lengthMs = leastLengthMs(design)
  const shortestMs = shortestTimeMs(design)
  const offMs = lengthMs / stepsOfClock / 2
  if (!(offMs > leastSaid * shortestMs)) return
  const { for: given } = design.run as unknown as RunValues
  const mostMs = 2 * leastSaid * shortestMs * stepsOfClock
  const [source] = design.sources
  const isSteady = runKind(design).kind === 'steady'
  const hint = isSteady
    ? `multiply the rates by ${short(lengthMs / mostMs)}, or omit times below ${short((shortestMs * lengthMs) / mostMs)}ms`
    : `shorten the run to at most ${short(mostMs / 1000)}s`
  report({
    code: 'clock-too-coarse',
    ...(offMs > leastRefused * shortestMs ? {} : { severity: 'warning' as const }),
    field: isSteady ? (source?.name ?? 'run') : given === undefined ? 'run' : 'run.for',
    message: `the clock rounds to ${short(offMs)} ms, but the shortest time is ${short(shortestMs)} ms`,
    hint,
  })
}

/** How long a replication lasts at least, ms: as many requests come in a steady one. */
function leastLengthMs(design: Design): number {
  const kind = runKind(design)
  if (kind.kind === 'terminating') return kind.lengthMs
  const rate = design.sources.reduce((sum, { values }) => sum + nominalRate(values as unknown as SourceValues), 0)
  return rate > 0 ? (timesFirstPilot * requestsOfPilot * 1000) / rate : 0
}

/** The shortest mean of all times of blocks that pass at all, ms; Infinity if none does. */
function shortestTimeMs(design: Design): number {
  let shortestMs = Number.POSITIVE_INFINITY
  for (const { name, type, values } of design.blocks) {
    for (const { distribution } of blocks.get(type).draws?.(values) ?? []) {
      if (distribution.unit === 'cycles') shortestMs = shorter(shortestMs, createSampler(distribution).mean)
    }
    visitFields(blocks.get(type).params, values, name, (_path, param, value) => {
      const ms = timeOf(param, value)
      if (ms === null) return true
      shortestMs = shorter(shortestMs, ms)
      return false
    })
  }
  return shortestMs
}

function shorter(shortestMs: number, ms: number): number {
  return ms > 0 ? Math.min(shortestMs, ms) : shortestMs
}

/** Mean of a time, ms, of a field that alone says it; cycles need the clock of their block. */
function timeOf({ kind, facts }: Param<unknown>, value: unknown): number | null {
  if (kind === 'duration' && typeof value === 'number') return value
  if (kind !== 'distribution' || facts?.words?.[0] !== 'duration') return null
  const chosen = value as ChosenDistribution
  return chosen.unit === undefined ? createSampler(chosen).mean : null
}

function short(value: number): string {
  return String(Number(value.toPrecision(2)))
}
