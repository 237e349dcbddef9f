import { oncePer } from '../../support/once-per.ts'
import type { Complaint } from '../../support/params/reading.ts'
import { didYouMean, listWords } from '../../support/suggest.ts'
import type { MeasureDefinition, SubjectKind } from '../catalogue.ts'
import type { Subject } from '../design.ts'

/** What an objective may be about, by name. */
export interface SubjectParts {
  readonly sources: readonly { readonly name: string; readonly requests: readonly string[] }[]
  readonly blocks: readonly SubjectBlock[]
}

interface SubjectBlock {
  readonly name: string
  readonly type: string | undefined
  readonly instances: number
  /** What of it is measured; undefined if that is not known. */
  readonly measured: readonly string[] | undefined
  /** What is measured of its guarded calls, by the block that they go to; undefined if that is not known. */
  readonly measuredOfCalls: ReadonlyMap<string, readonly string[]> | undefined
}

export const kindNames: Readonly<Record<SubjectKind, string>> = {
  request: 'a request',
  traffic: 'a source of traffic',
  block: 'a block',
  calls: 'the guarded calls of a block',
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
    const message = `unknown block, request or source \`${name}\``
    return {
      code: 'unknown-name',
      message,
      expected: listWords(known),
      found: `\`${name}\``,
      hint: () =>
        withoutWord(name, known) ??
        didYouMean(name, [...known, ...variants.map((variant) => withFirst(name, variant))]),
    }
  }
  if (others.length > 0) {
    const message = `\`${name}\` is ambiguous`
    return {
      code: 'ambiguous-name',
      message,
      expected: listWords(candidates.map(({ full }) => full)),
      found: `\`${name}\``,
    }
  }
  const { subject } = first
  if (subject.kind === 'block') {
    const block = blocksByName(parts).get(subject.block) as SubjectBlock
    const wrong = blockProblem(subject, block, measure)
    if (wrong !== undefined) return wrong
  }
  const type = subject.kind === 'block' ? blocksByName(parts).get(subject.block)?.type : undefined
  const isOfType = type === undefined || measure.blocks === undefined || measure.blocks.includes(type)
  const kind = subject.kind === 'block' && subject.callee !== undefined ? 'calls' : subject.kind
  if (measure.of.includes(kind) && isOfType) return { subject }
  const owner = isOfType ? kindNames[kind] : `a block of type \`${type}\``
  return {
    code: 'wrong-subject',
    message: `\`${measure.name}\` is not a measure of ${owner}`,
    expected: `\`${measure.name}\` of ${measure.of.map((kind) => kindNames[kind]).join(' or ')}${ofTypes(measure)}`,
  }
}

/** `book.latency.p99`: a name with a word too many between it and the measure. */
function withoutWord(name: string, known: readonly string[]): string | undefined {
  const dot = name.lastIndexOf('.')
  const owner = name.slice(0, Math.max(0, dot))
  return known.includes(owner)
    ? `leave out \`${name.slice(dot + 1)}\`: the measure stands after \`${owner}.\``
    : undefined
}

function blockProblem(
  subject: Extract<Subject, { kind: 'block' }>,
  block: SubjectBlock,
  measure: MeasureDefinition,
): Complaint | undefined {
  if (subject.callee !== undefined) return guardProblem(block, subject.callee, measure)
  return instanceProblem(subject, block, measure) ?? measuredProblem(block, measure)
}

function instanceProblem(
  { block: name, instance }: Extract<Subject, { kind: 'block' }>,
  { instances }: SubjectBlock,
  measure: MeasureDefinition,
): Complaint | undefined {
  if (instance === undefined) return undefined
  if (instances < 2 || (instance !== 'fullest' && (instance < 1 || instance > instances))) {
    return {
      code: 'unknown-instance',
      message: `\`${name}\` has no instance \`${instance}\``,
      expected:
        instances < 2
          ? `\`${name}\` alone: it has one instance`
          : `\`${name}.1\` to \`${name}.${instances}\` or \`${name}.fullest\``,
      found: `\`${name}.${instance}\``,
    }
  }
  const isAskable = instance === 'fullest' ? measure.ofInstance === 'one or fullest' : measure.ofInstance !== undefined
  if (isAskable) return undefined
  return {
    code: 'wrong-subject',
    message: `\`${measure.name}\` is not a measure of ${instance === 'fullest' ? 'the fullest' : 'one'} instance`,
    expected: `\`${measure.name}\` of the block \`${name}\``,
    found: `\`${name}.${instance}\``,
    hint: `write \`${name}.${measure.name}\``,
  }
}

function measuredProblem({ name, type, measured }: SubjectBlock, measure: MeasureDefinition): Complaint | undefined {
  const { needs } = measure
  if (needs === undefined || measured === undefined || needs.some((need) => measured.includes(need))) return undefined
  return {
    code: 'wrong-subject',
    message: `\`${measure.name}\` is not a measure of \`${name}\`, a \`${type}\` with no ${needs[0]}`,
    expected: `\`${measure.name}\` of a block with ${listWords(needs, 'or')}`,
    found: `\`${name}\``,
  }
}

function guardProblem(
  { name, measuredOfCalls }: SubjectBlock,
  callee: string,
  { name: measure, needsOfCalls }: MeasureDefinition,
): Complaint | undefined {
  if (measuredOfCalls === undefined) return undefined
  const measured = measuredOfCalls.get(callee)
  if (measured === undefined) return unknownCallee(name, callee, [...measuredOfCalls.keys()])
  if (needsOfCalls === undefined) return undefined
  if (needsOfCalls.some((need) => measured.includes(need))) return undefined
  const guard = needsOfCalls[0] === 'guards' ? 'guard' : needsOfCalls[0]
  const written = guard === 'guard' ? 'breaker' : guard
  return {
    code: 'wrong-subject',
    message: `the calls from \`${name}\` to \`${callee}\` have no ${guard} to measure \`${measure}\` of`,
    expected: `calls with a ${guard}`,
    found: `\`${name}.calls.${callee}\``,
    hint: `write \`${name}.calls.${callee}.${written === 'retry-budget' ? 'retry.budget' : written}\`, or leave the objective out`,
  }
}

function unknownCallee(block: string, callee: string, known: readonly string[]): Complaint {
  return {
    code: 'unknown-name',
    message: `\`${block}\` makes no calls to \`${callee}\``,
    expected: known.length === 0 ? `a block that makes calls` : listWords(known.map((one) => `${block}.calls.${one}`)),
    found: `\`${block}.calls.${callee}\``,
    hint: () => didYouMean(callee, known),
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

interface Candidate {
  readonly full: string
  readonly subject: Subject
}

function subjectsNamed(name: string, parts: SubjectParts): readonly Candidate[] {
  const found = [...(subjectsByName(parts).get(name) ?? [])]
  const owner = blocksByName(parts).get(name.slice(0, Math.max(0, name.lastIndexOf('.'))))
  const instance = owner && instanceNamed(name, owner.name)
  if (owner !== undefined && instance !== undefined) {
    found.unshift({ full: name, subject: { kind: 'block', block: owner.name, instance } })
  }
  const [block = '', word, callee, ...others] = name.split('.')
  if (word === 'calls' && callee !== undefined && others.length === 0 && blocksByName(parts).has(block))
    found.unshift({ full: name, subject: { kind: 'block', block, callee } })
  return found
}

const subjectsByName = oncePer(({ sources, blocks }: SubjectParts) => {
  const found = new Map<string, Candidate[]>()
  const add = (name: string, candidate: Candidate) => {
    const others = found.get(name)
    if (others === undefined) found.set(name, [candidate])
    else others.push(candidate)
  }
  for (const { name } of blocks) add(name, { full: name, subject: { kind: 'block', block: name } })
  for (const { name: source, requests } of sources) {
    add(source, { full: source, subject: { kind: 'traffic', source } })
    for (const request of requests) {
      const candidate: Candidate = { full: `${source}.${request}`, subject: { kind: 'request', source, request } }
      add(request, candidate)
      add(candidate.full, candidate)
    }
  }
  return found
})

const blocksByName = oncePer(({ blocks }: SubjectParts) => new Map(blocks.map((block) => [block.name, block])))

/** What a name without dots stands for, if anything: a block first, then a source of traffic, then a request. */
export function kindOfPart(name: string, parts: SubjectParts): 'block' | 'traffic' | 'request' | undefined {
  const kinds = subjectsByName(parts)
    .get(name)
    ?.map(({ subject }) => subject.kind)
  return (['block', 'traffic', 'request'] as const).find((kind) => kinds?.includes(kind))
}

/** The instance in `nodes.3` or `nodes.fullest`. */
function instanceNamed(name: string, block: string): number | 'fullest' | undefined {
  if (!name.startsWith(`${block}.`)) return undefined
  const rest = name.slice(block.length + 1)
  if (rest === 'fullest') return rest
  return /^\d{1,6}$/.test(rest) ? Number(rest) : undefined
}

const allNames = oncePer(({ sources, blocks }: SubjectParts): readonly string[] => [
  ...sources.flatMap(({ name, requests }) => [...requests, name]),
  ...blocks.map(({ name }) => name),
])
