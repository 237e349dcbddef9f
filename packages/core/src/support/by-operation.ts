import { oncePer } from './once-per.ts'

interface Ordered {
  readonly part: object
  /** Its place in the list. */
  readonly order: number
}

interface Index {
  /** Parts of all operations. */
  readonly always: readonly Ordered[]
  readonly byOperation: ReadonlyMap<string, readonly Ordered[]>
}

/**
 * Those parts of a list that belong to an operation, and those that belong to all, in the order of the list. A block may
 * have as many operations as a file has lines: the parts of one of them are found without looking at the others.
 */
export function partsOfOperation<P extends { readonly operation?: string | undefined }>(
  parts: readonly P[],
  operation: string | undefined,
): readonly P[] {
  const { always, byOperation } = indexOf(parts)
  const own = operation === undefined ? undefined : byOperation.get(operation)
  const ordered = own === undefined ? always : [...always, ...own].sort((a, b) => a.order - b.order)
  return ordered.map(({ part }) => part as P)
}

const indexOf = oncePer((parts: readonly { readonly operation?: string | undefined }[]): Index => {
  const always: Ordered[] = []
  const byOperation = new Map<string, Ordered[]>()
  for (const [order, part] of parts.entries()) {
    const same = part.operation === undefined ? always : byOperation.get(part.operation)
    if (same === undefined) byOperation.set(part.operation as string, [{ part, order }])
    else same.push({ part, order })
  }
  return { always, byOperation }
})
