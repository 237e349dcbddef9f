import type { Complaint } from '../../support/params/reading.ts'
import { didYouMean, listWords } from '../../support/suggest.ts'
import type { MeasureDefinition, SubjectKind } from '../catalogue.ts'
import type { Subject } from '../design.ts'

/** What an objective may be about, by name. */
export interface SubjectParts {
  readonly sources: readonly { readonly name: string; readonly requests: readonly string[] }[]
  readonly blocks: readonly { readonly name: string; readonly type: string | undefined }[]
}

const kindNames: Readonly<Record<SubjectKind, string>> = {
  request: 'a request',
  traffic: 'a source of traffic',
  block: 'a block',
  design: 'the whole design',
}

/** The subject that a name stands for; no name stands for the whole design. `variants` are for the hint alone. */
export function findSubject(
  name: string,
  measure: MeasureDefinition,
  parts: SubjectParts,
  variants: readonly string[],
): { readonly subject: Subject } | Complaint {
  const candidates = name === '' ? [{ full: '', subject: { kind: 'design' } as Subject }] : subjectsNamed(name, parts)
  const [first, ...others] = candidates
  if (first === undefined) {
    const known = allNames(parts)
    const message = `there is no block, request or source of traffic \`${name}\``
    return {
      code: 'unknown-name',
      message,
      expected: listWords(known),
      found: `\`${name}\``,
      hint: didYouMean(name, [...known, ...variants.map((variant) => withFirst(name, variant))]),
    }
  }
  if (others.length > 0) {
    const message = `\`${name}\` is the name of several things`
    return {
      code: 'ambiguous-name',
      message,
      expected: listWords(candidates.map(({ full }) => full)),
      found: `\`${name}\``,
    }
  }
  const { subject } = first
  const type = subject.kind === 'block' ? parts.blocks.find((block) => block.name === subject.block)?.type : undefined
  const isOfType = type === undefined || measure.blocks === undefined || measure.blocks.includes(type)
  if (measure.of.includes(subject.kind) && isOfType) return { subject }
  const owner = isOfType ? kindNames[subject.kind] : `a block of type \`${type}\``
  return {
    code: 'wrong-subject',
    message: `\`${measure.name}\` is not a measure of ${owner}`,
    expected: `\`${measure.name}\` of ${measure.of.map((kind) => kindNames[kind]).join(' or ')}${ofTypes(measure)}`,
  }
}

/** `variant` in place of the first word of a name. */
function withFirst(name: string, variant: string): string {
  const dot = name.indexOf('.')
  return dot < 0 ? variant : variant + name.slice(dot)
}

function ofTypes({ blocks }: MeasureDefinition): string {
  return blocks === undefined ? '' : ` of type ${listWords(blocks)}`
}

function subjectsNamed(name: string, parts: SubjectParts): readonly { full: string; subject: Subject }[] {
  const found: { full: string; subject: Subject }[] = []
  for (const block of parts.blocks) {
    if (block.name === name) found.push({ full: name, subject: { kind: 'block', block: name } })
  }
  for (const { name: source, requests } of parts.sources) {
    if (source === name) found.push({ full: name, subject: { kind: 'traffic', source } })
    for (const request of requests) {
      const full = `${source}.${request}`
      if (request === name || full === name) found.push({ full, subject: { kind: 'request', source, request } })
    }
  }
  return found
}

function allNames({ sources, blocks }: SubjectParts): readonly string[] {
  return [...sources.flatMap(({ name, requests }) => [...requests, name]), ...blocks.map(({ name }) => name)]
}
