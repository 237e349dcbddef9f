import { evictions } from '../blocks/cache/eviction/index.ts'
import { updates } from '../blocks/cache/update/index.ts'
import { blocks } from '../blocks/index.ts'
import { choices } from '../blocks/load-balancer/choice/index.ts'
import { overflows } from '../blocks/queue/overflow/index.ts'
import { stepTypes } from '../blocks/service/steps/index.ts'
import { spreads } from '../blocks/spread/index.ts'
import { backOffs } from '../calls/back-off/index.ts'
import { faults } from '../faults/index.ts'
import { keyDistributions } from '../keys/index.ts'
import { parseText } from '../language/index.ts'
import { distributions } from '../support/distributions/index.ts'
import { readFields } from '../support/params/fields.ts'
import { startReading } from '../support/params/reading.ts'
import { list, record, text, type Values } from '../support/params.ts'
import type { Problem } from '../support/problem.ts'
import { arrivals } from '../workloads/arrivals/index.ts'
import { shapes } from '../workloads/shapes/index.ts'
import { source } from '../workloads/source.ts'

const names = (meaning: string) => list({ meaning, of: text({ meaning: 'a name' }), default: [] })

const params = {
  concepts: list({
    meaning: 'what the field has a word for',
    of: record({
      meaning: 'one concept',
      fields: {
        id: text({ meaning: 'its number' }),
        name: text({ meaning: 'what it is called' }),
        parts: names('what stands for it in a design'),
        cases: names('validation cases that hold it to numbers from elsewhere'),
      },
    }),
  }),
}

/** Something that the field has a word for, and what stands for it here. */
export type Concept = Values<typeof params>['concepts'][number]

/** The list of concepts; all mistakes are in `problems`. */
export function readConcepts(
  written: string,
  file: string,
): { readonly concepts: readonly Concept[]; readonly problems: readonly Problem[] } {
  const { problems, reading } = startReading(distributions)
  const parsed = parseText(written, file)
  problems.push(...parsed.problems)
  if (parsed.root?.kind !== 'map') return { concepts: [], problems }
  const values = readFields(parsed.root, { params }, reading) as Values<typeof params> | undefined
  return { concepts: values?.concepts ?? [], problems }
}

/** Every word that a claim or a concept may name as a part. */
export function partNames(): readonly string[] {
  const families = [
    blocks,
    faults,
    evictions,
    updates,
    choices,
    overflows,
    stepTypes,
    backOffs,
    arrivals,
    keyDistributions,
  ]
  return [...families, shapes, spreads].flatMap(({ names: own }) => own).concat(source.name)
}
