import { type Node, nodeOf } from '../../support/params/node.ts'

/** The tree of a design built in TypeScript; nothing in it stands on a line. */
export function fromObject(value: unknown, file?: string): Node {
  return nodeOf(value, file === undefined ? { path: '' } : { path: '', file })
}
