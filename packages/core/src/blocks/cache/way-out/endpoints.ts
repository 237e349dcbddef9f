import type { Reference } from '../../../support/params.ts'
import type { ContextProblem, Edge } from '../../block.ts'
import type { OperationBehind } from '../../operation.ts'

/** An endpoint of the origin, where the cache is in front of all of them. */
export interface Endpoint {
  readonly name: string
  /** Whether its answers are kept; calls of the others pass. */
  readonly isCached: boolean
}

/** Fields that are not written, but follow from the origin. */
export type WithEndpoints = {
  /** Set where `of` names a block, none of its endpoints, and the block has no `read` and no endpoint for any request. */
  readonly endpoints?: readonly Endpoint[] | undefined
}

/** What decides the operations of a cache or CDN. */
type WithOrigin = WithEndpoints & { readonly of: Reference }

/** The endpoints of the origin become the operations of the cache, where a plain read would find none there. */
export function deriveFields(
  { of }: WithOrigin,
  operationsOf: (to: Reference) => readonly OperationBehind[] | undefined,
): { readonly endpoints: readonly Endpoint[] } | undefined {
  const behind = of.operation === undefined ? operationsOf(of) : undefined
  if (behind === undefined || behind.some(({ name, isDefault }) => isDefault || name === 'read')) return undefined
  return { endpoints: behind.map(({ name, changes }) => ({ name, isCached: !changes })) }
}

export function operationsOf({ endpoints }: WithOrigin): readonly string[] {
  return endpoints?.map(({ name }) => name) ?? ['read', 'write']
}

/** The operations whose answers are kept. */
export function readsOf({ endpoints }: WithOrigin): readonly string[] {
  return endpoints?.filter(({ isCached }) => isCached).map(({ name }) => name) ?? ['read']
}

/** Whether an operation passes the cache and may change what is stored behind it. */
export function changes(operation: string | undefined, { endpoints }: WithOrigin): boolean {
  return endpoints?.some(({ name, isCached }) => name === operation && !isCached) ?? operation === 'write'
}

export function callsOf({ of, endpoints }: WithOrigin): readonly Edge[] {
  if (endpoints !== undefined)
    return endpoints.map(({ name }) => ({ operation: name, to: { ...of, operation: name }, perCall: 1 }))
  return [
    { operation: 'read', to: { ...of, operation: of.operation ?? 'read' }, perCall: 1 },
    { operation: 'write', to: { ...of, operation: 'write' }, perCall: 1 },
  ]
}

/** An origin with nothing to keep: each of its endpoints changes something. */
export function withoutReads(values: WithOrigin): readonly ContextProblem[] {
  const [first] = values.endpoints ?? []
  if (first === undefined || readsOf(values).length > 0) return []
  return [
    {
      field: 'of',
      message: `every endpoint of \`${values.of.block}\` writes or publishes, and passes uncached`,
      hint: `name the endpoint to cache, such as \`of: ${values.of.block}.${first.name}\``,
    },
  ]
}

/** Ways of writing that mean nothing where each endpoint is asked under its own name, and none is a write of another. */
export function writesOfSeveral({
  of,
  endpoints,
  update,
  writes,
}: WithOrigin & {
  readonly update: { readonly name: string }
  readonly writes: { readonly name: string } | undefined
}) {
  if (endpoints === undefined) return []
  const field = writes === undefined ? 'update' : 'writes'
  const { name } = writes ?? update
  const isUnderstood =
    writes === undefined ? !['write-through', 'write-behind'].includes(name) : name === 'write-around'
  if (isUnderstood) return []
  return [
    {
      field,
      message: `\`${name}\` needs one endpoint, and the cache is in front of all endpoints of \`${of.block}\``,
      hint: `name the endpoint, such as \`of: ${of.block}.${endpoints[0]?.name ?? ''}\`, or leave \`${field}\` out`,
    },
  ]
}
