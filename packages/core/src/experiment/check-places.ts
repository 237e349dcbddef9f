import { lineBetween } from '../before-run/design-network.ts'
import type { Design } from '../language/design.ts'
import { regionsWithDistances } from '../network/distances.ts'
import type { PlaceValues } from '../network/place.ts'
import type { FieldReport } from '../support/definition.ts'
import { listWords } from '../support/suggest.ts'

/** Thirds may be written as `33.3%`. */
const roundingOfShares = 0.005

/** Every two places have a line, and every name of a place is known. */
export function checkPlaces(design: Design, report: FieldReport): void {
  const places = design.places ?? []
  const known = places.map(({ name }) => name)
  for (const { name, values } of places) {
    for (const to of Object.keys((values as unknown as PlaceValues).to ?? {})) {
      if (to === name) report(`${name}.to.${to}`, `\`${name}\` has a line to itself`, 'write `zone-round-trip: 0.7ms`')
      else if (!known.includes(to)) reportUnknown(`${name}.to.${to}`, to, known, report)
    }
  }
  for (const { name, values } of design.sources) {
    if (typeof values.in !== 'object' || Array.isArray(values.in)) continue
    checkShares(name, values.in as Readonly<Record<string, number>>, report)
  }
  places.forEach(({ name: one }, i) => {
    for (const { name: other } of places.slice(i + 1)) {
      if (lineBetween(design, one, other) !== undefined) continue
      report({
        code: 'missing-field',
        field: `places.${one}`,
        message: `the distance between \`${one}\` and \`${other}\` is not known`,
        expected: `a line, or two of the regions with published round trips: ${listWords(regionsWithDistances)}`,
        hint: `write \`${one}: { to: { ${other}: { round-trip: 80ms } } }\``,
      })
    }
  })
}

/** Shares of the clients of a source by place. */
function checkShares(source: string, shares: Readonly<Record<string, number>>, report: FieldReport): void {
  const total = Object.values(shares).reduce((sum, share) => sum + share, 0)
  if (Math.abs(total - 1) <= roundingOfShares) return
  const percent = `${Number((100 * total).toPrecision(6))}%`
  report(`${source}.in`, `the shares of the places add up to ${percent}`, 'change them so that they add up to 100%')
}

function reportUnknown(field: string, name: string, known: readonly string[], report: FieldReport): void {
  report({
    code: 'unknown-name',
    field,
    message: `unknown place \`${name}\``,
    expected: listWords(known),
    found: `\`${name}\``,
    hint: `add it: \`places: { ${name}: { zones: 3 } }\``,
  })
}
