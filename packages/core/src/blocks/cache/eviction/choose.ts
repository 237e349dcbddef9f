import { distributions } from '../../../support/distributions/index.ts'
import { nodeOf } from '../../../support/params/node.ts'
import { startReading } from '../../../support/params/reading.ts'
import { nominalWorld } from '../../../support/params/uncertain.ts'
import { type Chosen, policy } from '../../../support/params.ts'
import { type Registry, registry } from '../../../support/registry.ts'
import { shown } from './given.ts'
import { type EvictionInput, evictions } from './index.ts'
import type { Eviction, Evictor, Slots } from './policy.ts'

/**
 * A policy of a program's own: what a cache needs of an `Eviction`. What it can be told it takes from around it; if it has
 * parameters as ours have, they are at their defaults.
 */
export type OwnEviction = Pick<Eviction, 'name' | 'create'> & Partial<Pick<Eviction, 'params' | 'needs'>>

/** A policy, and a value for each of its parameters. */
export interface EvictionChoice {
  readonly policy: Pick<Eviction, 'name' | 'create' | 'needs'>
  readonly values: Readonly<Record<string, unknown>>
}

/**
 * The policy that is meant, the parameters not given at their defaults.
 * @throws TypeError that says what is wrong and what would be right
 */
export function chooseEviction(chosen: Chosen | EvictionInput | OwnEviction): EvictionChoice {
  if (typeof chosen === 'object' && chosen !== null) {
    if ('create' in chosen) return chooseOwn(chosen)
    if ('values' in chosen) {
      const { name, values } = read(chosen.name, evictions)
      return { policy: evictions.get(name), values: { ...values, ...chosen.values } }
    }
  }
  const { name, values } = read(chosen, evictions)
  return { policy: evictions.get(name), values }
}

function chooseOwn(own: OwnEviction): EvictionChoice {
  const { name, params = {}, needs } = own
  if (typeof name !== 'string') throw new TypeError(`policy.name: must be a text; it is ${shown(name)}`)
  if (typeof own.create !== 'function')
    throw new TypeError(`policy.create: must be a function, (values, slots) => evictor; it is ${shown(own.create)}`)
  const { values } = read({ type: name }, registry('eviction policy', [{ name, params, title: name, summary: name }]))
  const create = (given: typeof values, slots: Slots) => checked(name, own.create(given, slots))
  return { policy: { name, create, ...(needs === undefined ? {} : { needs }) }, values }
}

/** @throws TypeError if it cannot do what a cache asks of it */
function checked(name: string, evictor: Evictor): Evictor {
  for (const act of ['hit', 'evict', 'admit', 'forget'] as const)
    if (typeof evictor?.[act] !== 'function')
      throw new TypeError(
        `policy: what \`${name}\` creates must have the function \`${act}\`; it is ${shown(evictor?.[act])}`,
      )
  return evictor
}

function read(input: unknown, family: Registry): Chosen {
  const { problems, reading } = startReading(distributions)
  const param = policy({ meaning: 'eviction policy of a full cache', family })
  const chosen = param.read(nodeOf(input, { path: 'policy' }), reading)
  const [wrong] = problems.filter(({ severity }) => severity === 'error')
  if (chosen === undefined || wrong !== undefined) {
    const { path = 'policy', message = 'cannot be read', expected, hint } = wrong ?? {}
    const remedy = hint ?? (expected === undefined ? undefined : `expected ${expected}`)
    throw new TypeError(`${path}: ${message}${remedy === undefined ? '' : `; ${remedy}`}`)
  }
  return { name: chosen.name, values: nominalWorld(chosen.values) }
}
