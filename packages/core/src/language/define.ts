import type { Definition } from '../support/definition.ts'
import type { Inputs, Notation } from '../support/params.ts'
import type { Registry } from '../support/registry.ts'
import type { Catalogue } from './catalogue.ts'

type Members<R> = R extends Registry<infer D> ? D : never
type BlockInput<D> = D extends Definition
  ? { readonly type: D['name']; readonly like?: string } & Partial<Inputs<D['params']>>
  : never
type FaultInput<D> = D extends Definition
  ? Partial<Inputs<D['params']>> & { readonly [name: string]: Notation | undefined }
  : never

/** What one writes for a design in TypeScript: the same document as in YAML, with fields known to the compiler. */
export interface DesignInput<C extends Catalogue> {
  readonly loadpath: 1
  readonly name: string
  readonly about?: string
  readonly traffic: Readonly<Record<string, Inputs<C['traffic']['params']>>>
  readonly blocks: Readonly<Record<string, BlockInput<Members<C['blocks']>>>>
  readonly faults?: readonly FaultInput<Members<C['faults']>>[]
  readonly run?: Inputs<C['run']['params']>
  readonly objectives?: readonly string[]
  readonly variants?: Readonly<Record<string, Readonly<Record<string, Notation>>>>
}

/** A `defineDesign` for one catalogue: returns what it is given; `readObject` checks it. */
export function designer<C extends Catalogue>(): (design: DesignInput<C>) => DesignInput<C> {
  return (design) => design
}
