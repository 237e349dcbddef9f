import { expectedUse, followRequests } from '../before-run/flows.ts'
import type { Design } from '../language/design.ts'
import type { Places } from '../language/index.ts'
import { nominalWorld } from '../support/params.ts'
import type { Place } from '../support/problem.ts'
import { rules } from './index.ts'
import type { Observation, Rule, Subject } from './rule.ts'

/** Every rule, in the order in which it is looked at. */
export const reviewRules: readonly Rule[] = rules.members

/** What a rule has found at one place of a design. */
export interface Finding {
  readonly rule: string
  readonly severity: 'warning' | 'note'
  readonly place: Place
  /** What is the case, as a sentence without its full stop. */
  readonly what: string
  readonly why: string
  readonly remedy: string
  /** The variants in which it was found, where it is not in the design as it is. */
  readonly variants?: readonly string[]
  /** Why the design accepts it. */
  readonly accepted?: string
}

/** A design as it was read, or one of its variants. */
export interface Reading {
  readonly design: Design
  readonly places: Places
}

/** What is unwise in a design, without running it: first as it is, then what its variants add; each thing once. */
export function review(readings: readonly Reading[]): readonly Finding[] {
  const found = new Map<string, Finding>()
  for (const reading of readings) {
    const { variant } = reading.design
    for (const finding of findingsOf(reading)) {
      const key = `${finding.rule} ${finding.place.path}`
      const known = found.get(key)
      if (known === undefined) found.set(key, variant === undefined ? finding : { ...finding, variants: [variant] })
      else if (variant !== undefined && known.variants !== undefined && !known.variants.includes(variant)) {
        found.set(key, { ...known, variants: [...known.variants, variant] })
      }
    }
  }
  const all = [...found.values()]
  return [...all, ...needlessAcceptances(readings, all)].sort(inOrderOfPlace)
}

function findingsOf({ design, places }: Reading): readonly Finding[] {
  const nominal = nominalWorld(design)
  const flows = followRequests(nominal)
  const subject: Subject = { design: nominal, flows, use: expectedUse(nominal, flows) }
  return rules.members.flatMap((rule) =>
    rule.look(subject).map((observation) => {
      const place = placeOf(observation, places)
      const { severity, what, remedy = rule.remedy } = observation
      const accepted = acceptanceOf(rule, place.path, design)
      const finding = { rule: rule.name, severity, place, what, why: rule.why, remedy }
      return accepted === undefined ? finding : { ...finding, accepted }
    }),
  )
}

/** A field of a call stands beside its target. */
function placeOf({ at, field }: Observation, places: Places): Place {
  const place = places.of(at)
  if (field === undefined) return place
  return places.of(`${place.path.slice(0, place.path.lastIndexOf('.') + 1)}${field}`)
}

interface Acceptance {
  readonly at?: string
  readonly because: string
}

function acceptanceOf(rule: Rule, path: string, { accepted }: Design): string | undefined {
  const fitting = accepted.find(
    ({ name, values }) => name === rule.name && covers(values as unknown as Acceptance, path),
  )
  return (fitting?.values as Acceptance | undefined)?.because
}

function covers({ at }: Acceptance, path: string): boolean {
  return at === undefined || path === at || path.startsWith(`${at}.`)
}

/** What is accepted and not there: it would hide the finding when it comes. */
function needlessAcceptances(readings: readonly Reading[], found: readonly Finding[]): readonly Finding[] {
  const [first] = readings
  if (first === undefined) return []
  return first.design.accepted.flatMap(({ name, values }, index): readonly Finding[] => {
    const acceptance = values as unknown as Acceptance
    if (found.some((finding) => finding.rule === name && covers(acceptance, finding.place.path))) return []
    const where = acceptance.at === undefined ? '' : ` at \`${acceptance.at}\``
    const place = first.places.of(`accept.${index + 1}`)
    const what = `\`${name}\` finds nothing${where}, so there is nothing to accept`
    const why = 'An acceptance that is no longer needed would hide the same finding when it comes back.'
    return [{ rule: name, severity: 'note', place, what, why, remedy: 'remove the line, or correct its path' }]
  })
}

function inOrderOfPlace(a: Finding, b: Finding): number {
  return (a.place.line ?? 0) - (b.place.line ?? 0) || (a.place.column ?? 0) - (b.place.column ?? 0)
}
