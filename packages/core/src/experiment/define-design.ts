import type { run } from '../before-run/run-params.ts'
import type { blockTypes } from '../blocks/index.ts'
import type { FaultMember } from '../faults/index.ts'
import type { Catalogue } from '../language/catalogue.ts'
import { designer } from '../language/define.ts'
import type { Registry } from '../support/registry.ts'
import type { source } from '../workloads/source.ts'

/** The catalogue with its members known to the compiler. */
interface KnownCatalogue extends Catalogue {
  readonly blocks: Registry<(typeof blockTypes)[number]>
  readonly traffic: typeof source
  readonly faults: Registry<FaultMember>
  readonly run: typeof run
}

/**
 * The same document as a design file, built in TypeScript: names of blocks, fields and their kinds are known to the
 * compiler. Returns what it is given; `readObject` checks it as it would a file.
 */
export const defineDesign = designer<KnownCatalogue>()
