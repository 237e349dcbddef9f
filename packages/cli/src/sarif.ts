import { createHash } from 'node:crypto'
import { relative, resolve, sep } from 'node:path'
import type { Finding, ReviewRule } from '@loadpath/core'
import type { Log, Region, ReportingDescriptor, Result } from 'sarif'

export interface ReviewedFile {
  readonly file: string
  readonly findings: readonly Finding[]
}

/** Findings as SARIF 2.1.0 (OASIS Standard, 27 March 2020), for tools that gather them, such as code scanning. */
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

function regionOf({ place }: Finding): { region?: Region } {
  const { line, column = 1, length = 1 } = place
  return line === undefined ? {} : { region: { startLine: line, startColumn: column, endColumn: column + length } }
}

/** The same finding keeps its fingerprint when lines move. */
function fingerprint(...parts: readonly string[]): string {
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex').slice(0, 32)
}

/** Relative to the folder the command runs in, as those who gather reports expect of a checkout. */
function relativeUri(file: string): string {
  return relative('.', resolve(file)).split(sep).map(encodeURIComponent).join('/')
}
