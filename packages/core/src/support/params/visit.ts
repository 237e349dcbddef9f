import type { Chosen } from './chosen.ts'
import { childPath } from './node.ts'
import type { Param, Params } from './param.ts'

/** Called for every field and its value; `false` skips the fields inside. */
export type FieldVisitor = (path: string, param: Param<unknown>, value: unknown) => boolean

type FieldValues = Readonly<Record<string, unknown>>

/** Visits the fields that have a value, and those inside them, in the order in which they are defined. */
export function visitFields(params: Params, values: FieldValues, path: string, visit: FieldVisitor): void {
  for (const [name, param] of Object.entries(params)) {
    if (values[name] !== undefined) visitValue(param, values[name], childPath(path, name), visit)
  }
}

function visitValue(param: Param<unknown>, value: unknown, path: string, visit: FieldVisitor): void {
  if (!visit(path, param, value) || typeof value !== 'object' || value === null) return
  visitInside(formOf(param, value) ?? param, value, path, visit)
}

/** Of a value that has several forms: its mapping or its steps, if it is one of these. */
function formOf({ facts }: Param<unknown>, value: object): Param<unknown> | undefined {
  const forms = facts?.of ?? []
  if (forms.length < 2) return undefined
  if (Array.isArray(value)) return forms.find(({ kind }) => kind === 'steps')
  return forms.find((one) => Object.keys(value).every((key) => Object.hasOwn(one.facts?.fields ?? {}, key)))
}

function visitInside(param: Param<unknown>, value: object, path: string, visit: FieldVisitor): void {
  const { fields, of = [], family } = param.facts ?? {}
  const [item] = of.length === 1 ? of : []
  if (fields !== undefined) visitFields(fields, value as FieldValues, path, visit)
  else if (item !== undefined) visitItems(item, value, path, visit)
  else if (family !== undefined) {
    const isSteps = Array.isArray(value)
    const chosen = isSteps ? (value as readonly Chosen[]) : [value as Chosen]
    for (const [index, one] of chosen.entries()) {
      const own = isSteps ? childPath(path, index + 1) : path
      visitFields(family().get(one.name).params, one.values, own, visit)
    }
  }
}

/** Items of a list count from 1. */
function visitItems(param: Param<unknown>, value: object, path: string, visit: FieldVisitor): void {
  const keyOf = (key: string) => (Array.isArray(value) ? Number(key) + 1 : key)
  for (const [key, item] of Object.entries(value)) visitValue(param, item, childPath(path, keyOf(key)), visit)
}
