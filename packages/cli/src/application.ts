import { buildApplication, buildCommand, buildRouteMap } from '@stricli/core'
import type { CheckFlags } from './commands/check.ts'
import type { ClaimsFlags } from './commands/claims.ts'
import type { CompareFlags } from './commands/compare.ts'
import type { NewClaimFlags } from './commands/new-claim.ts'
import type { SimulateFlags } from './commands/simulate.ts'
import type { TestFlags } from './commands/test.ts'
import type { LoadpathContext } from './context.ts'
import { exitCodes } from './exit-codes.ts'

const text = (input: string): string => input

const wholeNumber =
  (least: number, most: number) =>
  (input: string): number => {
    const value = Number(input)
    if (/^\d+$/.test(input) && value >= least && value <= most) return value
    throw new SyntaxError(`expected a whole number from ${least} to ${most}`)
  }

const design = {
  placeholder: 'design',
  brief: 'a file, a folder that holds one design, or - for standard input',
  parse: text,
}
const json = { kind: 'boolean', brief: 'Print one JSON document', default: false, withNegated: false } as const
const runFlags = {
  seed: {
    kind: 'parsed',
    parse: wholeNumber(0, Number.MAX_SAFE_INTEGER),
    brief: 'Seed of all chance, in place of that of the design',
    placeholder: 'n',
    optional: true,
  },
  threads: {
    kind: 'parsed',
    parse: wholeNumber(1, 1024),
    brief: 'Threads to run on; the answer is the same for any number',
    placeholder: 'n',
    optional: true,
  },
  json,
} as const
const set = {
  kind: 'parsed',
  parse: text,
  brief: 'Change the design, for example --set web.instances=4',
  placeholder: 'path=value',
  optional: true,
  variadic: true,
} as const

const check = buildCommand<CheckFlags, [string], LoadpathContext>({
  loader: () => import('./commands/check.ts').then((commands) => commands.runCheck),
  parameters: {
    flags: {
      fix: { kind: 'boolean', brief: 'Rewrite older words in the file', default: false, withNegated: false },
      json,
    },
    positional: { kind: 'tuple', parameters: [design] },
  },
  docs: { brief: 'Is the design well formed?' },
})

const simulate = buildCommand<SimulateFlags, [string], LoadpathContext>({
  loader: () => import('./commands/simulate.ts').then((commands) => commands.runSimulate),
  parameters: {
    flags: {
      variant: {
        kind: 'parsed',
        parse: text,
        brief: 'Apply a variant of the design',
        placeholder: 'name',
        optional: true,
      },
      set,
      assumptions: {
        kind: 'boolean',
        brief: 'Print every default in force, with its source',
        default: false,
        withNegated: false,
      },
      trace: {
        kind: 'enum',
        values: ['slowest'],
        brief: 'Follow the slowest request through all blocks',
        optional: true,
      },
      ...runFlags,
    },
    positional: { kind: 'tuple', parameters: [design] },
  },
  docs: { brief: 'How fast is it, what does it carry, what breaks first?' },
})

const compare = buildCommand<CompareFlags, string[], LoadpathContext>({
  loader: () => import('./commands/compare.ts').then((commands) => commands.runCompare),
  parameters: {
    flags: {
      variant: {
        kind: 'parsed',
        parse: text,
        brief: 'Compare the design with this variant; without it, with all',
        placeholder: 'name',
        optional: true,
        variadic: true,
      },
      set,
      ...runFlags,
    },
    positional: { kind: 'array', parameter: design, minimum: 1 },
  },
  docs: { brief: 'How do variants or designs differ, under the same traffic and chance?' },
})

const test = buildCommand<TestFlags, string[], LoadpathContext>({
  loader: () => import('./commands/test.ts').then((commands) => commands.runTest),
  parameters: {
    flags: {
      set,
      junit: {
        kind: 'parsed',
        parse: text,
        brief: 'Also write a JUnit XML report',
        placeholder: 'file',
        optional: true,
      },
      write: {
        kind: 'boolean',
        brief: 'Also write what was measured, with a plot, into the README beside the design',
        default: false,
        withNegated: false,
      },
      ...runFlags,
    },
    positional: { kind: 'array', parameter: design, minimum: 1 },
  },
  docs: {
    brief: 'Are the objectives kept? For CI.',
    fullDescription:
      'Are the objectives kept? For CI. Exit codes: 0 all held, 1 one missed, 4 none missed but one undecided at this precision, 2 the design or the call is wrong.',
  },
})

const folder = {
  kind: 'parsed',
  parse: text,
  brief: 'Where the claims are',
  placeholder: 'folder',
  default: 'claims',
} as const

const examineClaims = buildCommand<ClaimsFlags, string[], LoadpathContext>({
  loader: () => import('./commands/claims.ts').then((commands) => commands.runClaims),
  parameters: {
    flags: {
      folder,
      atlas: {
        kind: 'boolean',
        brief: 'Write ATLAS.md: every concept, what stands for it, and the gaps',
        default: false,
        withNegated: false,
      },
      write: {
        kind: 'boolean',
        brief: "Write each claim's plot, and what was measured into its README",
        default: false,
        withNegated: false,
      },
      ...runFlags,
    },
    positional: {
      kind: 'array',
      parameter: {
        placeholder: 'claim',
        brief: 'an id such as lat-02, a concept such as K12, or a group',
        parse: text,
      },
    },
  },
  docs: {
    brief: 'Run the experiments behind the claims; all of them, or those named',
    fullDescription:
      'Run the experiments behind the claims; all of them, or those named. Exit codes: 0 every verdict stands, 1 one fell (undecided counts as fallen), 2 a claim or the call is wrong.',
  },
})

const newClaim = buildCommand<NewClaimFlags, [string], LoadpathContext>({
  loader: () => import('./commands/new-claim.ts').then((commands) => commands.runNewClaim),
  parameters: {
    flags: { folder },
    positional: { kind: 'tuple', parameters: [{ placeholder: 'id', brief: 'its id, such as lat-02', parse: text }] },
  },
  docs: { brief: 'Begin a claim: a folder with a design and a README to fill in' },
})

const claims = buildRouteMap<'examine' | 'new', LoadpathContext>({
  routes: { examine: examineClaims, new: newClaim },
  defaultCommand: 'examine',
  docs: { brief: 'Is what everyone says about it true? Claims, each with an experiment and a verdict' },
})

const schema = buildCommand<object, [], LoadpathContext>({
  loader: () => import('./commands/schema.ts').then((commands) => commands.runSchema),
  parameters: {},
  docs: { brief: 'Print the JSON Schema (draft-07) of designs, for editors' },
})

const routes = buildRouteMap<'check' | 'simulate' | 'compare' | 'test' | 'claims' | 'schema', LoadpathContext>({
  routes: { check, simulate, compare, test, claims, schema },
  docs: {
    brief: 'Describe a system once; see how it carries load, fails and costs before you build it.',
    fullDescription:
      'Describe a system once; see how it carries load, fails and costs before you build it.\n\nStart with: loadpath simulate <design>',
  },
})

export const application = buildApplication(routes, {
  name: 'loadpath',
  versionInfo: { getCurrentVersion: async () => (await import('@loadpath/core')).version },
  scanner: { caseStyle: 'allow-kebab-for-camel', allowArgumentEscapeSequence: true },
  documentation: { disableAnsiColor: true },
  determineExitCode: () => exitCodes.fault,
})
