import { oncePer } from '../../support/once-per.ts'
import { meantMember } from '../../support/params/chosen.ts'
import type { Complaint } from '../../support/params/reading.ts'
import { didYouMean, listWords } from '../../support/suggest.ts'
import type { Catalogue, Events, MeasureDefinition } from '../catalogue.ts'
import type { Side } from '../design.ts'
import { findSubject, kindOfPart, type SubjectParts } from './subjects.ts'

const percentilePattern = /^(?:(?<subject>.*)\.)?p(?<percentile>\d{1,2}(?:\.\d{1,3})?)$/

/** What an objective can name. */
export interface Nameable {
  readonly parts: SubjectParts
  readonly variants: readonly string[]
  /** What a variant adds, by its name. */
  added(variant: string): SubjectParts
  /** The variant that is applied, if any: what another one measures is looked at where that one is applied. */
  readonly variant: string | undefined
  readonly catalogue: Catalogue
  /** Faults by name; undefined where one of them is wrong. */
  readonly events: Events | undefined
}

/** `half.web.utilization`: a measure, of what, and in which variant; `word` is the measure as it is written. */
export function readSide(
  written: string,
  { parts, added, variants, variant, catalogue }: Nameable,
): { readonly side: Side; readonly measure: MeasureDefinition; readonly word: string } | Complaint {
  const own = takeVariant(written, parts, variants)
  if ('code' in own) return own
  const named = findMeasure(own.rest, catalogue)
  if ('code' in named) return named
  const isElsewhere = own.variant !== undefined && own.variant !== variant
  const found = findSubject(
    named.subject,
    named.measure,
    isElsewhere ? withoutWhatIsMeasured(withAdded(parts, added(own.variant as string))) : parts,
    own.variant === undefined ? variants : [],
  )
  if ('code' in found) return found
  const { measure, percentile, word } = named
  return {
    measure,
    word,
    side: {
      text: written,
      ...(own.variant === undefined ? {} : { variant: own.variant }),
      ...found,
      measure: measure.name,
      ...(percentile === undefined ? {} : { percentile }),
    },
  }
}

/** A variant may add what is measured of a block, and instances. */
const withoutWhatIsMeasured = oncePer(
  ({ sources, blocks }: SubjectParts): SubjectParts => ({
    sources,
    blocks: blocks.map((block) => ({
      ...block,
      instances: Number.POSITIVE_INFINITY,
      measured: undefined,
      measuredOfCalls: undefined,
    })),
  }),
)

function withAdded(parts: SubjectParts, added: SubjectParts): SubjectParts {
  if (added.sources.length + added.blocks.length === 0) return parts
  return { sources: [...parts.sources, ...added.sources], blocks: [...parts.blocks, ...added.blocks] }
}

const setOf = oncePer((names: readonly string[]): ReadonlySet<string> => new Set(names))

const partNames = { block: 'a block', traffic: 'a source of traffic', request: 'a kind of request' } as const

/** The variant that a name begins with. Where it could be a part of the design as well, only the author can say. */
function takeVariant(
  written: string,
  parts: SubjectParts,
  variants: readonly string[],
): { readonly variant?: string; readonly rest: string } | Complaint {
  const dot = written.indexOf('.')
  const first = written.slice(0, Math.max(0, dot))
  if (!setOf(variants).has(first)) return { rest: written }
  const kind = kindOfPart(first, parts)
  if (kind === undefined) return { variant: first, rest: written.slice(dot + 1) }
  return {
    code: 'ambiguous-name',
    message: `\`${first}\` names a variant and ${partNames[kind]}`,
    expected: 'a name that means one thing',
    found: `\`${written}\``,
    hint: `give the variant \`${first}\` another name`,
  }
}

interface NamedMeasure {
  readonly measure: MeasureDefinition
  readonly percentile?: number
  readonly subject: string
  readonly word: string
}

function findMeasure(left: string, { measures }: Catalogue): NamedMeasure | Complaint {
  const groups = percentilePattern.exec(left)?.groups
  const member = measures.find('percentile')
  if (groups?.percentile !== undefined && member !== undefined) {
    const percentile = Number(groups.percentile)
    const isUsable = percentile >= 1 && percentile <= 99.999
    if (isUsable) return { measure: member, percentile, subject: groups.subject ?? '', word: member.name }
    return {
      code: 'out-of-range',
      message: `percentile \`p${groups.percentile}\` is out of range`,
      expected: '`p1` to `p99.999`',
    }
  }
  const segments = left.split('.')
  const word = segments.pop() ?? ''
  const measure = measures.find(word)
  const names = [...measures.names.filter((name) => name !== 'percentile'), 'p50', 'p99', 'p99.9']
  if (measure === undefined || measure.name === 'percentile') {
    const message = `unknown measure \`${word}\``
    return {
      code: 'unknown-name',
      message,
      expected: listWords(names),
      found: `\`${word}\``,
      hint: () => meantMeasure(word, left, measures) ?? didYouMean(word, names),
    }
  }
  return { measure, subject: segments.join('.'), word }
}

/** The remedy for a word that people write for a measure: `p999`, `latency`, `error-rate`. */
function meantMeasure(word: string, left: string, measures: Catalogue['measures']): string | undefined {
  const nines = /^p(99)(9{1,3})$/.exec(word)
  if (nines === null) return meantMember(word, measures)
  return `write \`${left.slice(0, left.length - word.length)}p99.${nines[2]}\``
}
