import { type Copy, older } from '../../kernel/copy.ts'
import type { Block, Edge, Site } from '../block.ts'
import { ObjectSizes } from '../object-sizes.ts'
import type { Past, Versions } from '../versions.ts'
import { answerSizeOf, edgesOfEndpoints } from './endpoints.ts'
import type { ServiceValues } from './params.ts'

/** A call of an endpoint that asks for the key of the request, and may be answered with something that changes. */
interface Look {
  readonly block: Block
  readonly operation: number
  /** Chance that an answer of the endpoint has made it. */
  readonly chance: number
}

/** What the endpoints of a service answer with, for whoever keeps their answers: what the calls behind them show. */
export class Answers {
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
    this.known ??= [...new Set(this.edges.flatMap(({ block }) => block.stores ?? []))]
    return this.known
  }

  /** The oldest of what was shown; of a call that is not always made, by chance. */
  copyOf(endpoint: number, key: number, past: Past | undefined): Copy | null {
    this.looks ??= this.names.map((name) => this.looksOf(name))
    let copy: Copy | null = null
    for (const { block, operation, chance } of this.looks[endpoint] ?? []) {
      if (chance < 1 && (past === undefined || past.random.next() >= chance)) continue
      const shown = block.copyOf?.(operation, key, past) ?? null
      if (shown !== null) copy = older(copy, shown, 0)
    }
    return copy
  }

  sizesOf(endpoint: number): ObjectSizes | undefined {
    const size = answerSizeOf(this.endpoints[this.names[endpoint] ?? ''] ?? [])
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
      .filter(({ operation, key, block }) => operation === endpoint && key === undefined && canChange(block))
      .map(({ to, block, perCall }) => ({
        block,
        operation: block.operation(to.operation, endpoint),
        chance: Math.min(1, perCall),
      }))
  }
}

function canChange({ stores }: Block): boolean {
  return stores?.some((store) => store.canChange) === true
}
