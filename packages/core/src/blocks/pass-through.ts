import type { Block } from './block.ts'

/**
 * Operations of a block that only hands calls on: it numbers each (name, kind) that callers request, and translates
 * the number into that of the block behind it.
 */
export class PassThrough {
  private readonly behind: () => Block
  private readonly asked: { name: string | undefined; kind: string | undefined }[] = []
  private readonly translated: number[] = []

  constructor(behind: () => Block) {
    this.behind = behind
  }

  /** Number under which callers request `name`, or for the operation that has the name of the request. */
  operation(name: string | undefined, kind: string | undefined): number {
    const known = this.asked.findIndex((entry) => entry.name === name && entry.kind === kind)
    if (known >= 0) return known
    this.translated.push(this.behind().operation(name, kind))
    return this.asked.push({ name, kind }) - 1
  }

  /** The name of the request, or of the operation, that calls of an operation are made for. */
  kindOf(operation: number): string | undefined {
    return this.asked[operation]?.kind
  }

  /** The number of the same operation at the block behind. */
  translate(operation: number): number {
    return this.translated[operation] as number
  }
}
