import type { BlockType } from './block.ts'

/** Instances of a block: as its type says, else as many as its field `instances` lists or counts, else one. */
export function instancesOf(type: BlockType, values: Readonly<Record<string, unknown>>): number {
  const { instances } = values
  const listed = Array.isArray(instances) ? instances.length : typeof instances === 'number' ? instances : 1
  return type.instances?.(values) ?? listed
}
