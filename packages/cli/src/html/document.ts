import { createHash } from 'node:crypto'
import { html, Markup } from './markup.ts'
import { styleSheet } from './style.ts'

/** Returns a whole page. Its content security policy allows only its own style sheet. */
export function documentOf(title: string, body: Markup): string {
  const hash = createHash('sha256').update(styleSheet).digest('base64')
  const policy = `default-src 'none'; style-src 'sha256-${hash}'; base-uri 'none'; form-action 'none'`
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${title} – Loadpath</title>
<style>${new Markup(styleSheet)}</style>
</head>
<body>
${body}</body>
</html>
`.text
}
