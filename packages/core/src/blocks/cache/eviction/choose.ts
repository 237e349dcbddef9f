import { laws } from '../../../support/laws/index.ts'
import { nodeOf } from '../../../support/params/node.ts'
import { startReading } from '../../../support/params/reading.ts'
import { nominalWorld } from '../../../support/params/uncertain.ts'
import { type Chosen, policy } from '../../../support/params.ts'
import { type EvictionInput, evictions } from './index.ts'
import type { Eviction } from './policy.ts'

const param = policy({ meaning: 'what goes when the cache is full', family: evictions })

/** A policy, and a value for each of its parameters. */
export interface EvictionChoice {
  readonly policy: Eviction
  readonly values: Readonly<Record<string, unknown>>
}

/**
 * The policy that is meant, the parameters not given at their defaults.
 * @throws TypeError that says what is wrong and what would be right
 */
export function chooseEviction(chosen: Chosen | EvictionInput): EvictionChoice {
  if (typeof chosen === 'object' && chosen !== null && 'values' in chosen) {
    const { policy, values } = read(chosen.name)
    return { policy, values: { ...values, ...chosen.values } }
  }
  return read(chosen)
}

function read(input: unknown): EvictionChoice {
  const { problems, reading } = startReading(laws)
  const chosen = param.read(nodeOf(input, { path: 'policy' }), reading)
  const [wrong] = problems.filter(({ severity }) => severity === 'error')
  if (chosen === undefined || wrong !== undefined) {
    const { path = 'policy', message = 'cannot be read', expected, hint } = wrong ?? {}
    const remedy = hint ?? (expected === undefined ? undefined : `expected ${expected}`)
    throw new TypeError(`${path}: ${message}${remedy === undefined ? '' : `; ${remedy}`}`)
  }
  return { policy: evictions.get(chosen.name), values: nominalWorld(chosen.values) }
}
