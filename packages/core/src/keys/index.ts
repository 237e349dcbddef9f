import type { Chosen } from '../support/params.ts'
import { registry } from '../support/registry.ts'
import type { KeyDistribution, KeySampler } from './key.ts'
import { loop } from './loop.ts'
import { session } from './session.ts'
import { shifting } from './shifting.ts'
import { uniform } from './uniform.ts'
import { zipf } from './zipf.ts'

export const keyDistributions = registry<KeyDistribution>('key popularity', [uniform, zipf, shifting, loop, session])

/** The keys of a popularity chosen in a design. */
export function createKeys(chosen: Chosen): KeySampler {
  return keyDistributions.get(chosen.name).create(chosen.values)
}
