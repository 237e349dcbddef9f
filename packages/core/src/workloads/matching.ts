import type { RecordedTrace } from '../traces/recorded.ts'
import type { RequestValues } from './source.ts'

/** Said of a request that matches no kind. */
export const ofNoKind = 255

/** More combinations of methods and keys are looked at again each time. */
const mostRemembered = 2 ** 26

interface Pattern {
  /** Empty for any. */
  readonly method: string
  readonly prefix: Uint8Array
  /** Position of the kind among those of the source. */
  readonly kind: number
  readonly name: string
}

/** Which request of a trace is of which kind. */
export interface Matching {
  /** By request: the position of its kind, or `ofNoKind`. */
  readonly kinds: Uint8Array
  /** Requests by kind, and those of none. */
  readonly counts: readonly number[]
  readonly unmatched: number
  /** Whether those of no kind go to kinds that match nothing in particular; else they are left out. */
  readonly hasRest: boolean
}

/** `GET /photos`, `/photos`, `POST`: a method of capitals, the beginning of a key, or both. */
export function parsePattern(text: string): { readonly method: string; readonly prefix: string } {
  const [, method = '', prefix = ''] = /^([A-Z]+(?= |$))? *(.*)$/.exec(text.trim()) ?? []
  return { method, prefix }
}

/** Sorts the requests of a trace by kind: the longest beginning that fits, and with the method rather than without. */
export function match(trace: RecordedTrace, requests: Readonly<Record<string, RequestValues>>): Matching {
  const entries = Object.entries(requests)
  const patterns = patternsOf(entries)
  const kinds = new Uint8Array(trace.requests).fill(ofNoKind)
  const counts = new Array<number>(entries.length).fill(0)
  const hasRest = entries.some(([, request]) => request.http === undefined)
  if (patterns.length === 0) return { kinds, counts, unmatched: trace.requests, hasRest }
  // The same method and key are always of the same kind: 0 where that is not known yet.
  const keys = keysOf(trace)
  const combinations = trace.methodNames.length * keys
  const known = new Uint16Array(combinations <= mostRemembered ? combinations : 0)
  let unmatched = 0
  for (let i = 0; i < trace.requests; i++) {
    const [method, id] = [trace.methods[i] as number, trace.ids[i] as number]
    const at = method * keys + id
    const kind = (known[at] || 1 + kindFor(patterns, trace, trace.methodNames[method] ?? '', id)) - 1
    known[at] = kind + 1
    kinds[i] = kind
    if (kind === ofNoKind) unmatched++
    else counts[kind] = (counts[kind] as number) + 1
  }
  return { kinds, counts, unmatched, hasRest }
}

function patternsOf(entries: readonly (readonly [string, RequestValues])[]): readonly Pattern[] {
  const patterns = entries.flatMap(([name, request], kind) =>
    (request.http ?? []).map((text) => {
      const { method, prefix } = parsePattern(text)
      return { method, prefix: bytesOf(prefix), kind, name }
    }),
  )
  return patterns.sort(
    (a, b) =>
      b.prefix.length - a.prefix.length ||
      Number(b.method !== '') - Number(a.method !== '') ||
      (a.name < b.name ? -1 : 1),
  )
}

function kindFor(patterns: readonly Pattern[], trace: RecordedTrace, method: string, id: number): number {
  const found = patterns.find((one) => (one.method === '' || one.method === method) && begins(trace, id, one.prefix))
  return found?.kind ?? ofNoKind
}

function begins({ texts, textStarts, textEnds }: RecordedTrace, id: number, prefix: Uint8Array): boolean {
  const start = textStarts[id] ?? 0
  const length = (textEnds[id] ?? 0) - start
  if (length < prefix.length) return false
  for (let i = 0; i < prefix.length; i++) if (texts[start + i] !== prefix[i]) return false
  return true
}

/** In UTF-8, as logs have it. */
function bytesOf(text: string): Uint8Array {
  const bytes = [...text].flatMap((character) => {
    const code = character.codePointAt(0) as number
    if (code < 0x80) return [code]
    if (code < 0x800) return [0xc0 | (code >> 6), 0x80 | (code & 63)]
    if (code < 0x10000) return [0xe0 | (code >> 12), 0x80 | ((code >> 6) & 63), 0x80 | (code & 63)]
    return [0xf0 | (code >> 18), 0x80 | ((code >> 12) & 63), 0x80 | ((code >> 6) & 63), 0x80 | (code & 63)]
  })
  return Uint8Array.from(bytes)
}

function keysOf({ ids }: RecordedTrace): number {
  let keys = 0
  for (let i = 0; i < ids.length; i++) keys = Math.max(keys, (ids[i] as number) + 1)
  return keys
}
