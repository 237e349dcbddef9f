import {
  AliasNotFoundError,
  ArgumentParseError,
  EnumValidationError,
  FlagNotFoundError,
  UnexpectedFlagError,
  UnexpectedPositionalError,
  UnsatisfiedFlagError,
  UnsatisfiedPositionalError,
} from '@stricli/core'
import { safe } from './print/page.ts'

const seeFlags = 'list the flags with `--help`'

/** Returns the error of an unknown command. `similar` are names of commands in backticks. */
export function unknownCommand(word: string, similar: readonly string[]): string {
  const hint = didYouMean(similar.map((name) => name.replaceAll('`', ''))) ?? 'list the commands with `loadpath --help`'
  return printed('unknown-command', `unknown command \`${word}\``, hint)
}

/** Returns the error of the words after a command, in the form of all errors. */
export function argumentError(error: unknown): string {
  if (error instanceof FlagNotFoundError) {
    const hint = didYouMean(error.corrections.map((name) => `--${name}`)) ?? seeFlags
    return printed('unknown-flag', `unknown flag \`--${error.input}\``, hint)
  }
  if (error instanceof AliasNotFoundError) return printed('unknown-flag', `unknown flag \`-${error.input}\``, seeFlags)
  return printed('wrong-argument', ...wrongArgument(error))
}

function wrongArgument(error: unknown): readonly [message: string, hint: string] {
  if (error instanceof EnumValidationError)
    return [`invalid value \`${error.input}\` of \`--${error.externalFlagName}\``, `use ${alternatives(error.values)}`]
  if (error instanceof ArgumentParseError) {
    const { input, externalFlagNameOrPlaceholder: name, exception } = error
    return [`invalid ${name} \`${input}\``, exception instanceof Error ? exception.message : seeFlags]
  }
  if (error instanceof UnsatisfiedFlagError)
    return [`\`--${error.externalFlagName}\` has no value`, 'add the value after the flag']
  if (error instanceof UnexpectedFlagError) {
    const { externalFlagName: name, previousInput, input } = error
    return [`\`--${name}\` is set twice: \`${previousInput}\` and \`${input}\``, 'remove one of them']
  }
  if (error instanceof UnexpectedPositionalError) return [`unexpected argument \`${error.input}\``, 'remove it']
  if (error instanceof UnsatisfiedPositionalError)
    return [`no ${error.placeholder} named`, `name a ${error.placeholder}, or see \`--help\``]
  return [error instanceof Error ? error.message : String(error), seeFlags]
}

function didYouMean(similar: readonly string[]): string | undefined {
  return similar.length === 0 ? undefined : `did you mean ${alternatives(similar)}?`
}

function alternatives(words: readonly string[]): string {
  const quoted = words.map((word) => `\`${word}\``)
  return quoted.length < 2 ? quoted.join('') : `${quoted.slice(0, -1).join(', ')} or ${quoted.at(-1)}`
}

function printed(code: string, message: string, hint: string): string {
  return `error: ${code}: ${safe(message)}\n  help: ${safe(hint)}`
}
