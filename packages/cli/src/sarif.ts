import { createHash } from 'node:crypto'
import { relative, resolve, sep } from 'node:path'
import type { Finding, Problem, ReviewRule } from '@loadpath/core'
import type { Log, Region, ReportingDescriptor, Result } from 'sarif'

export interface ReviewedFile {
  readonly file: string
  readonly findings: readonly Finding[]
}

export interface CheckedFile {
  readonly file: string
  readonly problems: readonly Problem[]
}

/** Returns the problems of designs as SARIF 2.1.0, one rule for each code. */
export function problemsAsSarif(files: readonly CheckedFile[], version: string): Log {
  const codes = [...new Set(files.flatMap(({ problems }) => problems.map(({ code }) => code)))].sort()
  const driver = { name: 'loadpath', semanticVersion: version, rules: codes.map((id) => ({ id })) }
  const results = files.flatMap(({ file, problems }) => problems.map((problem) => problemResult(file, problem, codes)))
  return {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [{ tool: { driver }, columnKind: 'utf16CodeUnits', results }],
  }
}

function problemResult(file: string, problem: Problem, codes: readonly string[]): Result {
  const { code, severity, message, hint, place } = problem
  return {
    ruleId: code,
    ruleIndex: codes.indexOf(code),
    level: severity,
    message: { text: hint === undefined ? message : `${message}. Remedy: ${hint}` },
    locations: [
      {
        physicalLocation: { artifactLocation: { uri: relativeUri(place.file ?? file) }, ...regionOf(problem) },
        logicalLocations: [{ fullyQualifiedName: place.path }],
      },
    ],
    partialFingerprints: { 'rulePath/v1': fingerprint(relativeUri(file), code, place.path) },
  }
}

/** Returns findings as SARIF 2.1.0 (OASIS Standard, 27 March 2020), for tools such as code scanning. */
export function sarifLog(files: readonly ReviewedFile[], rules: readonly ReviewRule[], version: string): Log {
  return {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: { driver: { name: 'loadpath', semanticVersion: version, rules: rules.map(descriptor) } },
        columnKind: 'utf16CodeUnits',
        results: files.flatMap(({ file, findings }) => findings.map((finding) => resultOf(file, finding, rules))),
      },
    ],
  }
}

function descriptor({ name, title, summary, why, remedy }: ReviewRule): ReportingDescriptor {
  return {
    id: name,
    shortDescription: { text: title },
    fullDescription: { text: `${summary} ${why}` },
    help: { text: remedy },
    defaultConfiguration: { level: 'warning' },
  }
}

function resultOf(file: string, finding: Finding, rules: readonly ReviewRule[]): Result {
  const { rule, severity, place, what, remedy, accepted } = finding
  return {
    ruleId: rule,
    ruleIndex: rules.findIndex(({ name }) => name === rule),
    level: severity,
    message: { text: `${what}. Remedy: ${remedy}` },
    locations: [
      {
        physicalLocation: { artifactLocation: { uri: relativeUri(file) }, ...regionOf(finding) },
        logicalLocations: [{ fullyQualifiedName: place.path }],
      },
    ],
    partialFingerprints: { 'rulePath/v1': fingerprint(relativeUri(file), rule, place.path) },
    ...(accepted === undefined ? {} : { suppressions: [{ kind: 'inSource', justification: accepted }] }),
  }
}

function regionOf({ place }: Pick<Finding, 'place'>): { region?: Region } {
  const { line, column = 1, length = 1 } = place
  return line === undefined ? {} : { region: { startLine: line, startColumn: column, endColumn: column + length } }
}

/** Returns a fingerprint that does not change when lines move. */
function fingerprint(...parts: readonly string[]): string {
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex').slice(0, 32)
}

/** Returns a URI relative to the current folder, as code scanning expects in a checkout. */
function relativeUri(file: string): string {
  return relative('.', resolve(file)).split(sep).map(encodeURIComponent).join('/')
}
