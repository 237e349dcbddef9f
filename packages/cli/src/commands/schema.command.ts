import { buildCommand } from '@stricli/core'
import type { LoadpathContext } from '../context.ts'

export const schema = buildCommand<object, [], LoadpathContext>({
  loader: () => import('./schema.ts').then((commands) => commands.runSchema),
  parameters: {},
  docs: { brief: 'Print the JSON Schema (draft-07) of designs, for editors' },
})
