import { buildCommand, buildRouteMap } from '@stricli/core'
import type { LoadpathContext } from '../context.ts'
import type { ClaimsFlags } from './claims.ts'
import { runFlags, text } from './flags.ts'
import type { NewClaimFlags } from './new-claim.ts'

const folder = {
  kind: 'parsed',
  parse: text,
  brief: 'Folder of the claims',
  placeholder: 'folder',
  default: 'claims',
} as const

const examineClaims = buildCommand<ClaimsFlags, string[], LoadpathContext>({
  loader: () => import('./claims.ts').then((commands) => commands.runClaims),
  parameters: {
    flags: {
      folder,
      atlas: {
        kind: 'boolean',
        brief: 'Write ATLAS.md: each concept with its blocks, claims and validation cases',
        default: false,
        withNegated: false,
      },
      write: {
        kind: 'boolean',
        brief: "Write each claim's plot and measured numbers into its folder",
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
    brief: 'Run the experiments of claims; all by default',
    fullDescription:
      'Run the experiments of claims; all by default. Exit codes: 0 every verdict is confirmed, 1 a verdict is not confirmed or inconclusive, 2 a claim or the call is wrong.',
  },
})

const newClaim = buildCommand<NewClaimFlags, [string], LoadpathContext>({
  loader: () => import('./new-claim.ts').then((commands) => commands.runNewClaim),
  parameters: {
    flags: { folder },
    positional: {
      kind: 'tuple',
      parameters: [{ placeholder: 'id', brief: 'id of the claim, such as lat-02', parse: text }],
    },
  },
  docs: { brief: 'Create a claim: a folder with a design and a README' },
})

export const claims = buildRouteMap<'examine' | 'new', LoadpathContext>({
  routes: { examine: examineClaims, new: newClaim },
  defaultCommand: 'examine',
  docs: { brief: 'Test claims about systems, each with an experiment and a verdict' },
})
