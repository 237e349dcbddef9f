import { Waits } from './waits.ts'

/** Numbers kept for each station: three levels with their integrals, the moment until which these reach, work and calls begun. */
const stride = 9
const held = 0
const waiting = 2
const busy = 4
const untilMs = 6
const workBegun = 7
const callsBegun = 8

/** A level of each station of a block, and its integral over time. The level of the block is their sum. */
export class StationLevels {
  private readonly table: Float64Array
  private readonly offset: number

  constructor(table: Float64Array, offset: number) {
    this.table = table
    this.offset = offset
  }

  /** Adds `change` to the level of the station at `place`. */
  add(place: number, change: number, nowMs: number): void {
    const { table } = this
    const at = place + this.offset
    if (nowMs > (table[place + untilMs] as number)) integrate(table, place, nowMs)
    table[at] = (table[at] as number) + change
  }

  /** The sum of the levels of all stations. */
  get value(): number {
    let sum = 0
    for (let at = this.offset; at < this.table.length; at += stride) sum += this.table[at] as number
    return sum
  }

  /** The integral of the sum from 0 to `nowMs`, in units × ms. */
  areaAt(nowMs: number): number {
    let sum = 0
    for (let station = 0; station * stride < this.table.length; station++) sum += this.areaOf(station, nowMs)
    return sum
  }

  /** The level of one station. */
  valueOf(station: number): number {
    return this.table[station * stride + this.offset] as number
  }

  /** The integral of the level of one station. */
  areaOf(station: number, nowMs: number): number {
    const { table } = this
    const place = station * stride
    const at = place + this.offset
    return (table[at + 1] as number) + (table[at] as number) * (nowMs - (table[place + untilMs] as number))
  }
}

/**
 * Brings the integrals of a station up to `nowMs`. Each only ever grows, so rounding cannot make the integral over a part
 * of the run negative; level × now − Σ change × moment would, after a long time at a high level.
 */
function integrate(table: Float64Array, place: number, nowMs: number): void {
  const elapsedMs = nowMs - (table[place + untilMs] as number)
  integrateLevel(table, place + held, elapsedMs)
  integrateLevel(table, place + waiting, elapsedMs)
  integrateLevel(table, place + busy, elapsedMs)
  table[place + untilMs] = nowMs
}

function integrateLevel(table: Float64Array, at: number, elapsedMs: number): void {
  table[at + 1] = (table[at + 1] as number) + (table[at] as number) * elapsedMs
}

/**
 * Measurements of the stations of one block. The numbers of a station lie side by side: a request
 * touches few places in memory also where there are a thousand instances.
 */
export class Meters {
  readonly stations: number
  /** Calls that hold a worker, calls that wait for one, and cores busy. */
  readonly held: StationLevels
  readonly waiting: StationLevels
  readonly busy: StationLevels
  /** Waits for a worker, over all stations. */
  readonly waits = new Waits()
  /** The same of one station; kept only for stations that somebody asks about. */
  private readonly waitsOf: (Waits | undefined)[] = []
  /** Calls waiting in front of all stations together: now, and at most so far. */
  inLine = 0
  mostInQueue = 0
  private readonly table: Float64Array
  private readonly longestLines: Int32Array
  private readonly unservedCalls: Float64Array
  private created = 0

  constructor(stations = 1) {
    this.stations = stations
    this.table = new Float64Array(stations * stride)
    this.held = new StationLevels(this.table, held)
    this.waiting = new StationLevels(this.table, waiting)
    this.busy = new StationLevels(this.table, busy)
    this.longestLines = new Int32Array(stations)
    this.unservedCalls = new Float64Array(stations)
  }

  /** Place of the numbers of the next station. */
  nextPlace(): number {
    return this.created++ * stride
  }

  /** A call begins work at a station without a wait. */
  beginAtOnce(place: number): void {
    this.table[place + callsBegun] = (this.table[place + callsBegun] as number) + 1
    this.waits.none()
    if (this.waitsOf.length > 0) this.waitsOf[place / stride]?.none()
  }

  /** A call begins work at a station after it waited. */
  beginAfter(place: number, waitMs: number): void {
    this.table[place + callsBegun] = (this.table[place + callsBegun] as number) + 1
    this.waits.record(waitMs)
    if (this.waitsOf.length > 0) this.waitsOf[place / stride]?.record(waitMs)
  }

  /** Work for a core begins, however long it will take. */
  beginWork(place: number, workMs: number): void {
    this.table[place + workBegun] = (this.table[place + workBegun] as number) + workMs
  }

  /** A call joins the line of a station, in which then `length` calls wait. */
  join(place: number, length: number, nowMs: number): void {
    this.waiting.add(place, 1, nowMs)
    this.inLine++
    if (this.inLine > this.mostInQueue) this.mostInQueue = this.inLine
    const station = place / stride
    if (length > (this.longestLines[station] as number)) this.longestLines[station] = length
  }

  /** A call leaves the line of a station. */
  leaveLine(place: number, nowMs: number): void {
    this.waiting.add(place, -1, nowMs)
    this.inLine--
  }

  /** A call that came to a station is turned away, or leaves its line for good. */
  leaveUnserved(place: number): void {
    const station = place / stride
    this.unservedCalls[station] = (this.unservedCalls[station] as number) + 1
  }

  /** Calls turned away by all stations, or gone from their lines without work. */
  get unserved(): number {
    return this.unservedCalls.reduce((sum, count) => sum + count, 0)
  }

  unservedAt(station: number): number {
    return this.unservedCalls[station] as number
  }

  /** Keeps the waits at one station from now on. */
  keepWaitsOf(station: number): Waits {
    const waits = new Waits()
    this.waitsOf[station] = waits
    return waits
  }

  /** Longest line so far in front of one station. */
  longestLineOf(station: number): number {
    return this.longestLines[station] as number
  }

  /** Σ work begun at one station, ms on a core. */
  workBegunAt(station: number): number {
    return this.table[station * stride + workBegun] as number
  }

  /** Calls that began at one station. */
  callsBegunAt(station: number): number {
    return this.table[station * stride + callsBegun] as number
  }

  /** Σ work begun at all stations, ms on a core. */
  get workBegun(): number {
    let sum = 0
    for (let at = workBegun; at < this.table.length; at += stride) sum += this.table[at] as number
    return sum
  }
}

/** The busy cores of one station, as shared cores report them. */
export class BusyCores {
  private readonly levels: StationLevels
  private readonly place: number

  constructor(levels: StationLevels, place: number) {
    this.levels = levels
    this.place = place
  }

  add(change: number, nowMs: number): void {
    this.levels.add(this.place, change, nowMs)
  }
}
