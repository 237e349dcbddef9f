import { describe, type MapNode, type Node } from '../../support/params/node.ts'
import { type Complaint, complain, type Reading } from '../../support/params/reading.ts'
import { reportOlderWord } from '../../support/params/words.ts'
import type { Place } from '../../support/problem.ts'
import { didYouMean, listWords } from '../../support/suggest.ts'
import { dimensions, parseQuantity } from '../../support/units.ts'
import type { Events, MeasureDefinition } from '../catalogue.ts'
import type { Objective, Operator, Relation } from '../design.ts'
import { type Nameable, readSide } from './sides.ts'
import { kindNames, kindOfPart, type SubjectParts } from './subjects.ts'

const sentence =
  /^(?<left>[a-z][a-z0-9.-]*)\s*(?<operator><=|>=|<|>)\s*(?<right>[^<>=]+?)(?:\s+from\s+(?<from>\S.*?)\s+to\s+(?<to>\S.*)|\s+(?<when>before|during|after)\s+(?<event>\S+))?$/
/** `2 * one-fast.p99 + 5ms`: a bound begins with a digit or a sign, a measure with a letter. */
const otherSide =
  /^(?:(?<factor>\d{1,9}(?:\.\d{1,9})?)\s*\*\s*)?(?<side>[a-z][a-z0-9.-]*)(?:\s+(?<sign>[+-])\s+(?<margin>\S.*))?$/
const example = '`view.p99 < 200ms`, `availability >= 99.9%` or `half.view.p99 < 2 * view.p99`'

interface Written {
  readonly left: string
  readonly operator: Operator
  readonly right: string
  readonly from?: string
  readonly to?: string
  readonly when?: 'before' | 'during' | 'after'
  readonly event?: string
}

/** One objective: a measure against a bound, or against a measure of another variant. */
export function readObjective(node: Node, names: Nameable, reading: Reading): Objective | Relation | undefined {
  const fault = (complaint: Complaint) => complain(reading, node.place, { found: describe(node), ...complaint })
  if (node.kind === 'map') return fault(olderForm(node))
  const isText = node.kind === 'scalar' && !node.empty && node.text.length <= 300
  const written = isText ? (sentence.exec(node.text.trim())?.groups as Written | undefined) : undefined
  if (!isText || written === undefined) {
    const isEquation = node.kind === 'scalar' && /[^<>]=/.test(node.text.slice(0, 300))
    const hint = isEquation
      ? 'compare with `<`, `<=`, `>` or `>=`'
      : 'write a measure, a comparison and a bound: `view.p99 < 200ms`'
    const message = `malformed objective: ${describe(node)}`
    return fault({ code: 'malformed-objective', message, expected: example, hint })
  }
  const left = readSide(written.left, names)
  if ('code' in left) return fault(left)
  reportOlderMeasure(node.place, node.text.indexOf(written.left), written.left, left, reading)
  // The fault that it names may be the one that is wrong.
  if (written.when !== undefined && names.events === undefined) return undefined
  const window = readWindow(written, names.events ?? new Map(), names.parts)
  if (window === undefined && /\sfrom\s/.test(written.right)) return fault(openWindow(written.right))
  const nameless = window === undefined ? /\s(before|during|after)$/.exec(written.right.trim())?.[1] : undefined
  if (nameless !== undefined) return fault(withoutFault(nameless, names.events ?? new Map()))
  if (window !== undefined && 'code' in window) return fault(window)
  const common = {
    text: node.text.trim(),
    operator: written.operator,
    dimension: left.measure.dimension,
    ...(window === undefined ? {} : { window }),
    path: node.place.path,
  }
  const other = otherSide.exec(written.right)?.groups
  if (other === undefined) {
    const bound = readQuantity(written.right, left.measure, written.left)
    const { text: _, ...side } = left.side
    return 'code' in bound ? fault(bound) : { ...side, bound: bound.value, ...common }
  }
  const right = readOther(other as unknown as Other, left.measure, written.left, names)
  if ('code' in right) return fault(right)
  reportOlderMeasure(node.place, node.text.lastIndexOf(right.right.text), right.right.text, right, reading)
  const { word: _word, measure: _measure, ...rest } = right
  return { left: left.side, ...rest, ...common }
}

type Window = NonNullable<Objective['window']>

/** The time before, during or after a fault that has a name. */
function windowOf(
  when: 'before' | 'during' | 'after',
  name: string,
  events: Events,
  parts: SubjectParts,
): Window | Complaint {
  const event = events.get(name)
  const names = [...events.keys()]
  if (event === undefined) {
    const kind = kindOfPart(name, parts)
    const other =
      kind === undefined
        ? undefined
        : `\`${name}\` is ${kindNames[kind]}, no fault: write a time, such as \`from 60s to 100s\``
    return {
      code: 'unknown-name',
      message: `no fault has the name \`${name}\``,
      expected: names.length === 0 ? 'the name of a fault' : listWords(names),
      found: `\`${name}\``,
      hint: other ?? didYouMean(name, names) ?? `add \`name: ${name}\` to the fault`,
    }
  }
  const { fromMs, toMs } = event
  const window = { before: [0, fromMs], during: [fromMs, toMs], after: [toMs, Number.POSITIVE_INFINITY] } as const
  const [begin, end] = window[when]
  if (begin === undefined || end === undefined) {
    const message = fromMs === undefined ? `when \`${name}\` happens is random` : `how long \`${name}\` lasts is random`
    const hint = 'write `at` and a fixed `for`, or a window such as `from 60s to 100s`'
    return { code: 'out-of-range', message, expected: 'a fault with fixed times', hint }
  }
  if (begin < end) return { fromMs: begin, toMs: end }
  const [message, hint] =
    when === 'before'
      ? [`\`${name}\` begins at 0s: nothing is before it`, 'let the fault begin later']
      : when === 'during'
        ? [`\`${name}\` is over at once: nothing is during it`, `write \`after ${name}\``]
        : [`\`${name}\` does not end: nothing is after it`, 'add `for` to the fault']
  return { code: 'out-of-range', message, expected: 'a window of the run', hint }
}

/** Warns of an older word for a measure where it stands in the sentence. */
function reportOlderMeasure(
  place: Place,
  start: number,
  side: string,
  { measure, word }: { readonly measure: MeasureDefinition; readonly word: string },
  reading: Reading,
): void {
  if (measure.name === word) return
  const at = start + side.length - word.length
  const column = place.column === undefined ? {} : { column: place.column + at }
  reportOlderWord({ ...place, ...column }, word, measure.name, reading)
}

/** The form `{ that: p99 < 1s, in: half, from: 60s, to: 100s }` of earlier versions, and what is written in its place. */
function olderForm({ entries }: MapNode): Complaint {
  const textOf = (key: string): string | undefined => {
    const value = entries.get(key)?.value
    return value?.kind === 'scalar' && !value.empty ? value.text : undefined
  }
  const that = textOf('that') ?? [...entries.keys()].find((key) => /[<>]/.test(key))
  const variant = textOf('in')
  const window = textOf('from') === undefined ? '' : ` from ${textOf('from')} to ${textOf('to') ?? '…'}`
  const hint =
    that === undefined
      ? 'write `view.p99 < 200ms`'
      : `write \`${variant === undefined ? '' : `${variant}.`}${that}${window}\``
  return { code: 'wrong-form', message: 'the objective is a mapping, not a text', expected: example, hint }
}

interface Other {
  readonly factor?: string
  readonly side: string
  readonly sign?: string
  readonly margin?: string
}

type OtherSide = Pick<Relation, 'right' | 'factor' | 'margin'> & {
  readonly measure: MeasureDefinition
  readonly word: string
}

function readOther(
  { factor, side: written, sign, margin }: Other,
  measure: MeasureDefinition,
  left: string,
  names: Nameable,
): OtherSide | Complaint {
  const right = readSide(written, names)
  if ('code' in right) return right
  const { dimension } = right.measure
  if (dimension !== measure.dimension) {
    const { article } = dimensions[measure.dimension]
    return {
      code: 'wrong-dimension',
      message: `\`${left}\` is ${article}`,
      expected: `${article} to compare it with`,
      found: `${dimensions[dimension].article}, \`${written}\``,
    }
  }
  const more = margin === undefined ? { value: 0 } : readQuantity(margin, measure, left)
  if ('code' in more) return more
  return {
    right: right.side,
    measure: right.measure,
    word: right.word,
    factor: factor === undefined ? 1 : Number(factor),
    margin: sign === '-' ? -more.value : more.value,
  }
}

function readQuantity(written: string, measure: MeasureDefinition, left: string): { value: number } | Complaint {
  const quantity = parseQuantity(written, measure.dimension)
  if (!('code' in quantity)) return quantity
  const { article, example: usual } = dimensions[measure.dimension]
  return {
    message: `\`${left}\` is ${article}`,
    expected: `${article} such as \`${usual}\``,
    hint: undefined,
    ...quantity,
  }
}

/** `p99 < 1s after`: the name of the fault is missing. */
function withoutFault(when: string, events: Events): Complaint {
  const [first] = events.keys()
  return {
    code: 'malformed-objective',
    message: `\`${when}\` has no fault after it`,
    expected: 'the name of a fault',
    hint:
      first === undefined
        ? `add \`name: lost\` to the fault, and write \`${when} lost\``
        : `write \`${when} ${first}\``,
  }
}

/** A window has a beginning and an end. */
function openWindow(right: string): Complaint {
  const from = /\sfrom\s+(\S+)/.exec(right)?.[1] ?? '60s'
  return {
    code: 'malformed-objective',
    message: 'the window has no end',
    expected: 'a window such as `from 60s to 100s`',
    hint: `write both ends: \`from ${from} to …\``,
  }
}

function readWindow(written: Written, events: Events, parts: SubjectParts): Window | Complaint | undefined {
  const { from, to, when, event } = written
  if (when !== undefined && event !== undefined) return windowOf(when, event, events, parts)
  if (from === undefined || to === undefined) return undefined
  const begin = parseQuantity(from, 'duration')
  const end = parseQuantity(to, 'duration')
  const expected = 'a window such as `from 60s to 100s`'
  if ('code' in begin)
    return { message: `the window begins with \`${from}\`, which is no duration`, expected, hint: undefined, ...begin }
  if ('code' in end)
    return { message: `the window ends with \`${to}\`, which is no duration`, expected, hint: undefined, ...end }
  if (begin.value >= 0 && begin.value < end.value) return { fromMs: begin.value, toMs: end.value }
  return { code: 'out-of-range', message: 'the window ends before it begins', expected }
}
