import { type Capacity, type Chosen, type Counts, hitRatioOf, type Inventory } from '@loadpath/core/traces'
import type { CellAnswer, PolicyAnswer, SampleAnswer, SizeAnswer, TraceCacheAnswer } from './answer.ts'
import { needKeys, type Size, sizesOf, smallestOf } from './capacities.ts'
import { Material } from './material.ts'
import { type Control, errorOfSample, measure } from './measure.ts'
import { nothingIn } from './nothing.ts'
import { openTrace, type TraceFile } from './pieces.ts'
import { readTrace, type TraceRead } from './read-trace.ts'

export interface Question {
  readonly file: string
  readonly format: Chosen | undefined
  readonly policies: readonly (PolicyAnswer & { readonly chosen: Chosen })[]
  /** None for the usual ones. */
  readonly capacities: readonly Capacity[]
  /** Share of the keys to take; all if absent. */
  readonly share: number | undefined
  /** Whether to replay everything beside the sample, to see what it cost. */
  readonly checksSample: boolean
  readonly seed: number
}

export interface Watching extends Control {
  /** How much of the file has been read, from 0 to 1; NaN if nobody knows. */
  readonly onRead: (share: number) => void
  /** What ended the reading early, where `isOver`. */
  readonly cause: () => string
  /** So many replays follow. */
  readonly onPlan: (replays: number) => void
}

/** Points of the curve that one pass gives. */
const curvePoints = 200

/** Reads a trace, and measures what is asked of it. */
export async function analyse(question: Question, watching: Watching): Promise<TraceCacheAnswer> {
  const file = openTrace(question.file)
  const material = new Material(question.share)
  const whole = question.share !== undefined && question.checksSample ? new Material(undefined) : undefined
  const read = await readTrace(file, whole === undefined ? [material] : [material, whole], {
    format: question.format,
    isOver: watching.isOver,
    cause: watching.cause,
    onRead: (bytes) => watching.onRead(bytes / file.bytes),
  })
  if (material.collector.seen === 0) throw nothingIn(file.name, read, material.collector, watching.cause)
  needKeys(material, file.name)
  const inventory = wholeOf(material)
  const sizes = sizesOf(question.capacities, inventory, material, file.name)
  const table = await tables(file, read, { material, whole }, { question, sizes }, watching)
  return {
    schemaVersion: 1,
    trace: traceOf(file, read, material),
    inventory,
    sample: table.sample,
    policies: question.policies.map(({ chosen: _, ...policy }) => policy),
    sizes: sizes.map(({ capacity, asked }, i) => ({
      capacity,
      ...(asked.length === 0 ? {} : { asked }),
      cells: table.cells[i] as SizeAnswer['cells'],
    })),
    curve: curveOf(material, inventory),
  }
}

interface Tables {
  readonly cells: readonly (readonly (CellAnswer | null)[])[]
  readonly sample: SampleAnswer | null
}

async function tables(
  file: TraceFile,
  { format }: TraceRead,
  { material, whole }: { material: Material; whole: Material | undefined },
  { question, sizes }: { question: Question; sizes: readonly Size[] },
  watching: Watching,
): Promise<Tables> {
  const capacities = sizes.map(({ capacity }) => capacity)
  const asked = { policies: question.policies.map(({ chosen }) => chosen), capacities, seed: question.seed }
  watching.onPlan(asked.policies.length * capacities.length * (whole === undefined ? 1 : 2))
  const found = await measure(file, format, material, asked, watching)
  const exact = whole === undefined ? undefined : await measure(file, format, whole, asked, watching)
  const isSampled = question.share !== undefined
  const cells = found.map((row, i) =>
    row.map((counts, j) => counts && cellOf(counts, material, isSampled, exact?.[i]?.[j] ?? null)),
  )
  if (!isSampled) return { cells, sample: null }
  const { keys, length } = material.collector
  const { requests } = material.inventory()
  const measured = meanAbsoluteError(cells)
  const estimated = measured === null ? await errorOfSample(material, asked, watching) : null
  const basis = measured !== null ? 'full replay' : estimated !== null ? 'jackknife' : 'unknown'
  const meanError = measured ?? estimated
  return {
    cells,
    sample: {
      share: keys.share,
      requests: Math.max(requests, length),
      keys: keys.count,
      smallest: smallestOf(material),
      meanAbsoluteError: meanError,
      basis,
    },
  }
}

function cellOf(counts: Counts, { collector }: Material, isSampled: boolean, exact: Counts | null): CellAnswer {
  const { requests, hits, bytes, hitBytes } = counts
  const hitRatio = isSampled
    ? hitRatioOf(counts, { share: collector.keys.share, requests: collector.seen })
    : hits / Math.max(1, requests)
  return {
    hitRatio,
    missRatio: 1 - hitRatio,
    byteHitRatio: collector.hasSizes && bytes > 0 ? hitBytes / bytes : null,
    hits: isSampled ? null : hits,
    misses: isSampled ? null : requests - hits,
    exactHitRatio: exact === null ? null : exact.hits / Math.max(1, exact.requests),
  }
}

function meanAbsoluteError(cells: Tables['cells']): number | null {
  const errors = cells.flat().flatMap((cell) => {
    if (cell === null || cell.exactHitRatio === null) return []
    return [Math.abs(cell.hitRatio - cell.exactHitRatio)]
  })
  return errors.length === 0 ? null : errors.reduce((sum, error) => sum + error, 0) / errors.length
}

/** The inventory of all keys: from a sample, in proportion. What a window holds cannot be told from one. */
function wholeOf(material: Material): Inventory {
  const found = material.inventory()
  const { collector } = material
  const { share } = collector.keys
  if (share === 1) return found
  const scaled = (value: number) => Math.round(value / share)
  return {
    requests: collector.seen,
    distinct: scaled(found.distinct),
    bytes: found.bytes === null ? null : collector.seenBytes,
    distinctBytes: found.distinctBytes === null ? null : scaled(found.distinctBytes),
    askedOnce: scaled(found.askedOnce),
    keysOfHalf: scaled(found.keysOfHalf),
    keysOfNineTenths: scaled(found.keysOfNineTenths),
    workingSet: null,
  }
}

function traceOf(file: TraceFile, { reading, format, isWhole }: TraceRead, { collector }: Material) {
  const { entries, passedOver, malformed, examples } = reading
  const lengthMs = collector.lastMs - collector.firstMs
  return {
    file: file.name,
    format: format.name,
    entryName: reading.entryName,
    entries,
    passedOver,
    malformed,
    examples,
    expected: reading.format.expected,
    leftOut: collector.leftOut,
    lengthMs: Number.isNaN(lengthMs) ? null : lengthMs,
    isWhole,
  }
}

/** The whole curve of LRU, at sizes evenly spread over the logarithm; of a sample, at what its whole entries stand for. */
function curveOf({ distances, collector }: Material, { distinct }: Inventory): TraceCacheAnswer['curve'] {
  const { share } = collector.keys
  const least = Math.min(distinct, Math.max(1, Math.ceil(1 / share), distinct / 1000))
  const sizes = new Set<number>()
  for (let i = 0; i < curvePoints; i++) {
    sizes.add(Math.max(1, Math.round(least * (distinct / least) ** (i / (curvePoints - 1)) * share)))
  }
  return distances.curve([...sizes]).map(({ entries, hits }) => ({
    entries: Math.round(entries / share),
    hitRatio: hitRatioOf({ requests: distances.requests, hits }, { share, requests: collector.seen }),
  }))
}
