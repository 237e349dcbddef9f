import { type Application, buildApplication, buildCommand, buildRouteMap, text_en } from '@stricli/core'
import { argumentError, unknownCommand } from './call-errors.ts'
import { check } from './commands/check.command.ts'
import { claims } from './commands/claims.command.ts'
import { compare } from './commands/compare.command.ts'
import { completion } from './commands/completion.command.ts'
import { explain } from './commands/explain.command.ts'
import { text } from './commands/flags.ts'
import { init } from './commands/init.command.ts'
import { review } from './commands/review.command.ts'
import { schema } from './commands/schema.command.ts'
import { simulate } from './commands/simulate.command.ts'
import { test } from './commands/test.command.ts'
import { trace } from './commands/trace.command.ts'
import type { LoadpathContext } from './context.ts'
import { exitCodes } from './exit-codes.ts'

const complete = buildCommand<object, string[], LoadpathContext>({
  loader: () => import('./commands/complete.ts').then((commands) => commands.completer(() => application)),
  parameters: {
    positional: { kind: 'array', parameter: { placeholder: 'word', brief: 'what is typed so far', parse: text } },
  },
  docs: { brief: 'Answer a completion script' },
})

const routes = buildRouteMap<
  | 'init'
  | 'check'
  | 'review'
  | 'simulate'
  | 'compare'
  | 'test'
  | 'trace'
  | 'claims'
  | 'explain'
  | 'schema'
  | 'completion'
  | 'complete',
  LoadpathContext
>({
  routes: { init, check, review, simulate, compare, test, trace, claims, explain, schema, completion, complete },
  docs: {
    hideRoute: { complete: true },
    brief: 'Describe a system once; see how it carries load, fails and costs before you build it.',
    fullDescription:
      'Describe a system once; see how it carries load, fails and costs before you build it.\n\nStart with: loadpath init <folder>, then loadpath simulate <folder>\nHelp on a command: loadpath help <command>',
  },
})

/** Errors of a call have the form of all other errors. */
const sayings: typeof text_en = {
  ...text_en,
  noCommandRegisteredForInput: ({ input, corrections }) => unknownCommand(input, corrections),
  exceptionWhileParsingArguments: argumentError,
}

export const application: Application<LoadpathContext> = buildApplication(routes, {
  name: 'loadpath',
  versionInfo: { getCurrentVersion: async () => (await import('@loadpath/core')).version },
  scanner: { caseStyle: 'allow-kebab-for-camel', allowArgumentEscapeSequence: true },
  documentation: { disableAnsiColor: true },
  localization: { text: sayings },
  determineExitCode: () => exitCodes.fault,
})
