import { buildCommand, buildRouteMap } from '@stricli/core'
import type { LoadpathContext } from '../context.ts'
import type { ClaimsFlags } from './claims.ts'
import { runFlags, text } from './flags.ts'
import type { NewClaimFlags } from './new-claim.ts'

const folder = {
  kind: 'parsed',
  parse: text,
  brief: 'Where the claims are',
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
  loader: () => import('./new-claim.ts').then((commands) => commands.runNewClaim),
  parameters: {
    flags: { folder },
    positional: { kind: 'tuple', parameters: [{ placeholder: 'id', brief: 'its id, such as lat-02', parse: text }] },
  },
  docs: { brief: 'Begin a claim: a folder with a design and a README to fill in' },
})

export const claims = buildRouteMap<'examine' | 'new', LoadpathContext>({
  routes: { examine: examineClaims, new: newClaim },
  defaultCommand: 'examine',
  docs: { brief: 'Is what everyone says about it true? Claims, each with an experiment and a verdict' },
})
