/** One objective in a JUnit report. */
export interface JUnitCase {
  readonly name: string
  readonly className: string
  readonly seconds: number
  /** The measured value of the objective. */
  readonly measured: string
  readonly failure?: { readonly kind: 'missed' | 'inconclusive'; readonly message: string }
}

export interface JUnitSuite {
  readonly name: string
  readonly file: string
  /** Options of the run by name, such as the seed. */
  readonly properties: Readonly<Record<string, string>>
  readonly cases: readonly JUnitCase[]
}

/** Returns a JUnit XML document. A missed objective is a failure, an inconclusive one an error. */
export function junitXml(suites: readonly JUnitSuite[]): string {
  const cases = suites.flatMap((suite) => suite.cases)
  const head = attributes({ name: 'loadpath', ...totals(cases) })
  const body = suites.map(suiteXml).join('')
  return `<?xml version="1.0" encoding="UTF-8"?>\n<testsuites${head}>\n${body}</testsuites>\n`
}

function suiteXml({ name, file, properties, cases }: JUnitSuite): string {
  const known = Object.entries(properties).map(
    ([key, value]) => `      <property${attributes({ name: key, value })}/>\n`,
  )
  const head = known.length === 0 ? '' : `    <properties>\n${known.join('')}    </properties>\n`
  const inner = head + cases.map(caseXml).join('')
  return `  <testsuite${attributes({ name, file, ...totals(cases) })}>\n${inner}  </testsuite>\n`
}

function caseXml({ name, className, seconds, measured, failure }: JUnitCase): string {
  const own = attributes({ name, classname: className, time: seconds.toFixed(3) })
  const property = `<property${attributes({ name: 'measured', value: measured })}/>`
  const properties = `      <properties>\n        ${property}\n      </properties>\n`
  return `    <testcase${own}>\n${properties}${failure === undefined ? '' : failureXml(failure)}    </testcase>\n`
}

function failureXml({ kind, message }: NonNullable<JUnitCase['failure']>): string {
  const element = kind === 'missed' ? 'failure' : 'error'
  return `      <${element}${attributes({ message, type: kind })}/>\n`
}

function totals(cases: readonly JUnitCase[]): Record<string, string> {
  const countOf = (kind: 'missed' | 'inconclusive') =>
    String(cases.filter(({ failure }) => failure?.kind === kind).length)
  const counts = { failures: countOf('missed'), errors: countOf('inconclusive'), skipped: '0' }
  const time = cases.reduce((sum, { seconds }) => sum + seconds, 0).toFixed(3)
  return { tests: String(cases.length), ...counts, time }
}

function attributes(values: Readonly<Record<string, string>>): string {
  return Object.entries(values)
    .map(([name, value]) => ` ${name}="${escapeXml(value)}"`)
    .join('')
}

/** Escapes text for XML 1.0 and replaces characters that XML 1.0 forbids. */
function escapeXml(text: string): string {
  return text
    .replace(/[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu, '\ufffd')
    .replace(/[&<>"'\t\n\r]/g, (character) => `&#${character.charCodeAt(0)};`)
}
