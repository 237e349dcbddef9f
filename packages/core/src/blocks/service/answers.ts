import { type Copy, together } from '../../kernel/copy.ts'
import { createKeys } from '../../keys/index.ts'
import type { KeySampler } from '../../keys/key.ts'
import type { Block, Edge, Site } from '../block.ts'
import type { DataSource } from '../data-source.ts'
import { ObjectSizes } from '../object-sizes.ts'
import type { KeptBefore, Versions } from '../versions.ts'
import { stepsOf } from './endpoint.ts'
import { answerSizeOf, edgesOfEndpoints } from './endpoints.ts'
import type { ServiceValues } from './params.ts'

/** A call of an endpoint that may be answered with something that changes. */
interface Look {
  readonly block: Block
  readonly operation: number
  /** How often it is made for one answer, on average. */
  readonly times: number
  /** The keys that it requests; null if it is that of the request. */
  readonly keys: KeySampler | null
}

/** Things under keys of their own that an answer from before the start is made of, at most. */
const mostDrawn = 100

/** The content of a service's answers, for blocks that keep answers: what the calls behind them show. */
export class Answers implements DataSource {
  private readonly endpoints: ServiceValues['endpoints']
  private readonly names: readonly string[]
  private readonly site: Site
  private behind: readonly (Edge & { readonly block: Block })[] | null = null
  private known: readonly Versions[] | null = null
  private looks: readonly (readonly Look[])[] | null = null

  constructor(values: Pick<ServiceValues, 'endpoints'>, site: Site) {
    this.endpoints = values.endpoints
    this.names = Object.keys(values.endpoints)
    this.site = site
  }

  get stores(): readonly Versions[] {
    this.known ??= [...new Set(this.edges.flatMap(({ block }) => block.data?.stores ?? []))]
    return this.known
  }

  /** All copies shown. For a call made with a probability or with its own key: one random result. */
  copyOf(endpoint: number, key: number, kept?: KeptBefore): Copy | null {
    this.looks ??= this.names.map((name) => this.looksOf(name))
    let copy: Copy | null = null
    for (const { block, operation, times, keys } of this.looks[endpoint] ?? []) {
      if (kept === undefined && (keys !== null || times < 1)) continue
      const most = keys === null ? 1 : mostDrawn
      const made = kept === undefined ? 1 : Math.min(most, Math.floor(times + 1 - kept.random.next()))
      for (let i = 0; i < made; i++) {
        const shown = block.data?.copyOf(operation, keys?.sample((kept as KeptBefore).random) ?? key, kept) ?? null
        if (shown !== null) copy = together(copy, shown, 0)
      }
    }
    return copy
  }

  sizesOf(endpoint: number): ObjectSizes | undefined {
    const size = answerSizeOf(stepsOf(this.endpoints[this.names[endpoint] ?? ''] ?? []))
    return size && new ObjectSizes(size, this.site)
  }

  /** Calls on which an answer waits. */
  private get edges(): readonly (Edge & { readonly block: Block })[] {
    this.behind ??= edgesOfEndpoints({ endpoints: this.endpoints })
      .filter(({ detached }) => detached !== true)
      .map((edge) => ({ ...edge, block: this.site.block(edge.to.block) }))
    return this.behind
  }

  private looksOf(endpoint: string): readonly Look[] {
    return this.edges
      .filter(({ operation, block }) => operation === endpoint && canChange(block))
      .map(({ to, key, block, perCall }) => ({
        block,
        operation: block.operation(to.operation, endpoint),
        times: perCall,
        keys: key === undefined ? null : createKeys(key),
      }))
  }
}

function canChange({ data }: Block): boolean {
  return data?.stores.some((store) => store.canChange) === true
}
