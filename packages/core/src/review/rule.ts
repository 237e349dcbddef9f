import type { ExpectedUse, Flow } from '../before-run/flows.ts'
import type { Design } from '../language/design.ts'
import type { Definition } from '../support/definition.ts'
import { type Reference, text } from '../support/params.ts'

/** What a rule looks at: a design with its nominal numbers, and what arithmetic says of it. */
export interface Subject {
  readonly design: Design
  /** Every call, in the order in which requests make them, each with the call on whose behalf it is made. */
  readonly flows: readonly Flow[]
  readonly use: readonly ExpectedUse[]
}

/** Something unwise. A warning should be fixed or accepted; a note is worth knowing. */
export interface Observation {
  /** A path such as `web.limit`, or a call as it is written. */
  readonly at: string | Reference
  /** Of a call: the field beside its target that is meant, for example `timeout`. */
  readonly field?: string
  readonly severity: 'warning' | 'note'
  /** What is the case, with its numbers, as a sentence without its full stop. */
  readonly what: string
  /** In place of the remedy of the rule, where this case has one of its own. */
  readonly remedy?: string
}

/** How a design accepts what a rule finds: `accept: [{ unbounded-queue: web, because: … }]`. */
const acceptance = {
  at: text({
    meaning: 'the part whose findings are accepted, as its path; without it, all of this rule',
    optional: true,
  }),
  because: text({ meaning: 'why this is acceptable here' }),
}

/** Something unwise that can be seen without running the design. */
export interface Rule extends Definition<typeof acceptance> {
  /** What it leads to. */
  readonly why: string
  readonly remedy: string
  /** Designs in which it finds something, and in which it does not: documentation and tests. */
  readonly examples: { readonly unwise: string; readonly wise: string }
  look(subject: Subject): readonly Observation[]
}

export function rule(definition: Omit<Rule, 'params' | 'main'>): Rule {
  return { ...definition, params: acceptance, main: 'at' }
}
