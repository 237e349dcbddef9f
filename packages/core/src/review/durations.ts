import { blocks } from '../blocks/index.ts'
import type { Design } from '../language/design.ts'
import { visitFields } from '../support/params.ts'
import { source } from '../workloads/source.ts'

export interface WrittenDuration {
  readonly path: string
  readonly field: string
  readonly ms: number
}

/** Every duration that the design itself gives to a block or a source: defaults and distributions are not among them. */
export function writtenDurations(design: Design): readonly WrittenDuration[] {
  const assumed = new Set(design.assumptions.map(({ path }) => path))
  const found: WrittenDuration[] = []
  const owners = [
    ...design.sources.map(({ name, values }) => ({ name, values, params: source.params })),
    ...design.blocks.map(({ name, type, values }) => ({ name, values, params: blocks.get(type).params })),
  ]
  for (const { name, values, params } of owners) {
    visitFields(params, values, name, (path, param, value) => {
      // Moments of a shape have names of their own, and time-outs of steps are known from the calls.
      if (path === `${name}.shape` || param.kind === 'steps') return false
      const field = path.slice(path.lastIndexOf('.') + 1)
      if (param.kind === 'duration' && typeof value === 'number' && !assumed.has(path))
        found.push({ path, field, ms: value })
      return true
    })
  }
  return found
}
