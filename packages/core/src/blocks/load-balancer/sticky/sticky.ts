import type { Definition } from '../../../support/definition.ts'
import { choice, duration, type Params, type Values } from '../../../support/params.ts'

/** What all kinds of stickiness have in common. */
export const stickyParams = {
  for: duration({
    meaning: 'time without a request after which a client is free again; without it, never',
    optional: true,
    above: 0,
  }),
  'when-down': choice({
    meaning: 'if the target of a client is down: one of the others becomes its target, or the request is refused',
    words: ['others', 'refuse'],
    default: 'others',
  }),
} satisfies Params

export type StickyValues = Values<typeof stickyParams>

/** How a balancer keeps a client at one target. */
export interface Sticky extends Definition<typeof stickyParams> {
  /** When a target becomes that of a client: when a request is sent there, or when it has answered without a failure. */
  readonly bindsWhen: 'sent' | 'answered'
  /** Whether a crash of the balancer frees all clients. */
  readonly isLostWithBalancer: boolean
}

export function sticky(definition: Sticky): Sticky {
  return definition
}
