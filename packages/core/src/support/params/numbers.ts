import type { Definition } from '../definition.ts'
import type { Dimension } from '../units.ts'
import { type Chosen, mainParam } from './chosen.ts'
import type { Param, Params, QuantityIn } from './param.ts'

type Fields = Readonly<Record<string, unknown>>
type Keys = readonly (string | number)[]

/** A number somewhere in the values of a definition: a quantity, or a distribution, whose quantities belong together. */
export interface NumberAt {
  /** As one writes it after `--set`. */
  readonly path: string
  readonly meaning: string
  /** What it measures; a share, a count and the like are a dimension too. */
  readonly dimension: Dimension | 'distribution'
  /** The number; of a distribution, its largest quantity. */
  readonly value: number
  /** The values with this number multiplied; counts are rounded to the next whole number, shares end at 1. */
  multiplied(factor: number): { readonly values: Fields; readonly value: number }
}

const dimensionOf: Readonly<Record<string, Dimension>> = {
  duration: 'duration',
  frequency: 'frequency',
  size: 'size',
  bandwidth: 'bandwidth',
  rate: 'rate',
  share: 'share',
  count: 'count',
  factor: 'factor',
  weight: 'factor',
  price: 'price',
  'traffic price': 'traffic-price',
}

/** Every number in force in `values`, those of defaults too. Knows the vocabulary of parameters and nothing else. */
export function numbersIn(definition: Pick<Definition, 'params'>, values: Fields, path: string): readonly NumberAt[] {
  return ofFields(definition.params, values, { root: values, keys: [], path })
}

interface Where {
  readonly root: Fields
  readonly keys: Keys
  readonly path: string
}

function inside(where: Where, key: string | number, segment: string | number = key): Where {
  return { ...where, keys: [...where.keys, key], path: `${where.path}.${segment}` }
}

function ofFields(params: Params, values: Fields, where: Where): readonly NumberAt[] {
  return Object.entries(params).flatMap(([name, param]) => ofParam(param, values[name], inside(where, name)))
}

function ofParam(param: Param<unknown>, value: unknown, where: Where): readonly NumberAt[] {
  if (value === undefined || value === null) return []
  const { kind, facts = {} } = param
  const dimension = dimensionOf[kind]
  if (dimension !== undefined) {
    return typeof value === 'number' ? [quantity(param, { dimension, value, with: (next) => next }, where)] : []
  }
  if (facts.quantityIn !== undefined) return [quantity(param, facts.quantityIn(value), where)]
  if (kind === 'either') {
    const form = (facts.of ?? []).find((candidate) => suits(candidate, value))
    return form === undefined ? [] : ofParam({ ...form, meaning: param.meaning }, value, where)
  }
  if (kind === 'distribution') return [distribution(param, value as Chosen, where)]
  if (kind === 'record') return ofFields(facts.fields ?? {}, value as Fields, where)
  if (kind === 'policy') return ofChosen(facts.family?.().get((value as Chosen).name), value as Chosen, where)
  if (kind === 'steps') {
    return (value as readonly Chosen[]).flatMap((step, i) => {
      const member = facts.family?.().get(step.name)
      return ofChosen(member, step, inside(where, i, i + 1), member && mainParam(member))
    })
  }
  const [item] = facts.of ?? []
  if (item === undefined || typeof value !== 'object') return []
  if (Array.isArray(value)) return value.flatMap((one, i) => ofParam(item, one, inside(where, i, i + 1)))
  return Object.entries(value).flatMap(([name, one]) => ofParam(item, one, inside(where, name)))
}

/** The numbers of a chosen member; `main` is the parameter that is written after the member's own name. */
function ofChosen(
  member: Definition | undefined,
  { name, values }: Chosen,
  where: Where,
  main?: string,
): readonly NumberAt[] {
  if (member === undefined) return []
  return Object.entries(member.params).flatMap(([param, own]) => {
    const keys = [...where.keys, 'values', param]
    return ofParam(own, values[param], { ...where, keys, path: `${where.path}.${param === main ? name : param}` })
  })
}

function suits({ kind }: Param<unknown>, value: unknown): boolean {
  if (typeof value === 'number') return dimensionOf[kind] !== undefined
  if (typeof value !== 'object' || value === null) return false
  if (kind === 'distribution') return 'name' in value && 'values' in value
  return Array.isArray(value) ? kind === 'list' || kind === 'steps' : !['list', 'steps', 'choice'].includes(kind)
}

function quantity(param: Param<unknown>, own: QuantityIn, where: Where): NumberAt {
  const { dimension, value } = own
  return {
    path: where.path,
    meaning: param.meaning,
    dimension,
    value,
    multiplied(factor) {
      const product = value * factor
      const whole = factor > 1 ? Math.max(value + 1, Math.round(product)) : Math.round(product)
      const next = dimension === 'count' ? whole : dimension === 'share' ? Math.min(1, product) : product
      return { values: put(where.root, where.keys, own.with(next)) as Fields, value: value === 0 ? 0 : next }
    },
  }
}

/** A distribution is multiplied as a whole: all its quantities, so that its form stays. */
function distribution(param: Param<unknown>, chosen: Chosen, where: Where): NumberAt {
  const params = param.facts?.family?.().get(chosen.name).params ?? {}
  const amounts = Object.keys(params).filter((name) => params[name]?.kind === 'amount')
  const given = amounts.flatMap((name) => (typeof chosen.values[name] === 'number' ? [chosen.values[name]] : []))
  return {
    path: where.path,
    meaning: param.meaning,
    dimension: 'distribution',
    value: Math.max(0, ...given),
    multiplied(factor) {
      const scaled = Object.entries(chosen.values).map(([name, value]) => [
        name,
        amounts.includes(name) && typeof value === 'number' ? value * factor : value,
      ])
      const values = { ...chosen, values: Object.fromEntries(scaled) }
      return { values: put(where.root, where.keys, values) as Fields, value: Math.max(0, ...given) * factor }
    },
  }
}

/** A copy of `into` in which `value` is at `keys`; the rest is shared. */
function put(into: unknown, [key, ...rest]: Keys, value: unknown): unknown {
  if (key === undefined) return value
  if (Array.isArray(into)) return into.with(Number(key), put(into[Number(key)], rest, value))
  const fields = into as Fields
  return { ...fields, [key]: put(fields[key], rest, value) }
}
