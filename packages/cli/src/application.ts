import { type Application, buildApplication, buildChoiceParser, buildCommand, buildRouteMap } from '@stricli/core'
import type { CheckFlags } from './commands/check.ts'
import type { ClaimsFlags } from './commands/claims.ts'
import type { CompareFlags } from './commands/compare.ts'
import type { Shell } from './commands/completion.ts'
import type { ExplainFlags } from './commands/explain.ts'
import type { InitFlags } from './commands/init.ts'
import type { NewClaimFlags } from './commands/new-claim.ts'
import type { ReviewFlags } from './commands/review.ts'
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
  proposeCompletions: async (partial: string) => (await import('./proposals.ts')).designsLike(partial),
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
const html = {
  kind: 'parsed',
  parse: text,
  brief: 'Also write a report with pictures: one HTML file that needs no network',
  placeholder: 'file',
  optional: true,
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
      capacity: {
        kind: 'boolean',
        brief: 'Find the largest load at which the objectives hold, and what breaks first',
        default: false,
        withNegated: false,
      },
      sensitivity: {
        kind: 'boolean',
        brief: 'Make each number 10 % larger in turn, and rank what that does',
        default: false,
        withNegated: false,
      },
      html,
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
      html,
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

const review = buildCommand<ReviewFlags, string[], LoadpathContext>({
  loader: () => import('./commands/review.ts').then((commands) => commands.runReview),
  parameters: {
    flags: {
      set,
      format: {
        kind: 'enum',
        values: ['text', 'json', 'sarif'],
        brief: 'What to print; sarif is SARIF 2.1.0, for code scanning',
        optional: true,
      },
      json,
    },
    positional: { kind: 'array', parameter: design, minimum: 1 },
  },
  docs: {
    brief: 'What is unwise in the design, without running it?',
    fullDescription:
      'What is unwise in the design and its variants, without running it? Exit codes: 0 no warnings, 1 warnings that the design does not accept, 2 the design or the call is wrong.',
  },
})

const explain = buildCommand<ExplainFlags, string[], LoadpathContext>({
  loader: () => import('./commands/explain.ts').then((commands) => commands.runExplain),
  parameters: {
    flags: { json },
    positional: {
      kind: 'array',
      parameter: {
        placeholder: 'word',
        brief: 'a block, policy, measure, key, problem or rule',
        parse: text,
        proposeCompletions: async (partial) => (await import('./proposals.ts')).explainedLike(partial),
      },
    },
  },
  docs: { brief: 'What is this word? Without one: what can be explained' },
})

const init = buildCommand<InitFlags, [string?], LoadpathContext>({
  loader: () => import('./commands/init.ts').then((commands) => commands.runInit),
  parameters: {
    flags: {
      template: {
        kind: 'parsed',
        parse: text,
        default: 'web-api',
        brief: 'What to start from',
        placeholder: 'name',
        proposeCompletions: async (partial) => (await import('./proposals.ts')).templatesLike(partial),
      },
      json,
    },
    positional: {
      kind: 'tuple',
      parameters: [{ placeholder: 'folder', brief: 'where to write it, else here', parse: text, optional: true }],
    },
  },
  docs: { brief: 'Write a first design, to be filled with your own numbers' },
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

const shells = ['bash', 'zsh', 'fish', 'powershell'] as const

const completion = buildCommand<object, [Shell], LoadpathContext>({
  loader: () => import('./commands/completion.ts').then((commands) => commands.runCompletion),
  parameters: {
    positional: {
      kind: 'tuple',
      parameters: [
        {
          placeholder: 'shell',
          brief: shells.join(', '),
          parse: buildChoiceParser(shells),
          proposeCompletions: (partial) => shells.filter((shell) => shell.startsWith(partial)),
        },
      ],
    },
  },
  docs: {
    brief: 'Print what a shell needs to complete commands',
    fullDescription:
      "Print what a shell needs to complete commands. For bash: echo 'source <(loadpath completion bash)' >> ~/.bashrc",
  },
})

const complete = buildCommand<object, string[], LoadpathContext>({
  loader: () => import('./commands/complete.ts').then((commands) => commands.completer(() => application)),
  parameters: {
    positional: { kind: 'array', parameter: { placeholder: 'word', brief: 'what is typed so far', parse: text } },
  },
  docs: { brief: 'Answer a shell' },
})

const routes = buildRouteMap<
  | 'init'
  | 'check'
  | 'review'
  | 'simulate'
  | 'compare'
  | 'test'
  | 'claims'
  | 'explain'
  | 'schema'
  | 'completion'
  | 'complete',
  LoadpathContext
>({
  routes: { init, check, review, simulate, compare, test, claims, explain, schema, completion, complete },
  docs: {
    hideRoute: { complete: true },
    brief: 'Describe a system once; see how it carries load, fails and costs before you build it.',
    fullDescription:
      'Describe a system once; see how it carries load, fails and costs before you build it.\n\nStart with: loadpath init <folder>, then loadpath simulate <folder>',
  },
})

export const application: Application<LoadpathContext> = buildApplication(routes, {
  name: 'loadpath',
  versionInfo: { getCurrentVersion: async () => (await import('@loadpath/core')).version },
  scanner: { caseStyle: 'allow-kebab-for-camel', allowArgumentEscapeSequence: true },
  documentation: { disableAnsiColor: true },
  determineExitCode: () => exitCodes.fault,
})
