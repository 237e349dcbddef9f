import { safe } from './print/page.ts'

type Level = 'error' | 'warning' | 'notice'

/** A workflow command of GitHub Actions, which shows a message beside the file: `::warning file=…,line=…::…`. */
export function workflowCommand(
  level: Level,
  properties: Readonly<Record<string, string | number | undefined>>,
  message: string,
): string {
  const parts = Object.entries(properties).flatMap(([name, value]) =>
    value === undefined ? [] : [`${name}=${escapeProperty(String(value))}`],
  )
  return `::${level} ${parts.join(',')}::${escapeData(message)}`
}

/** Line ends are escaped as GitHub reads them; nothing else may move the cursor of who reads the log. */
function escapeData(text: string): string {
  const escaped = text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A')
  return safe(escaped)
}

function escapeProperty(text: string): string {
  return escapeData(text).replaceAll(':', '%3A').replaceAll(',', '%2C')
}
