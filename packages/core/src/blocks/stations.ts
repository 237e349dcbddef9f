import type { Counter, Queue, Resource } from '../kernel/measured.ts'
import type { Meters } from '../kernel/meters.ts'
import type { Station } from '../kernel/station.ts'
import { type Health, type Instance, type MeasuredInstance, workerQueue } from './block.ts'
import type { Fleet } from './fleet.ts'

/** What a health check of a station finds: a dead process refuses it at once, as it refuses calls. */
export function healthOf(station: Station): Health {
  if (!station.up) return 'refuses'
  return station.isPaused ? 'silent' : 'takes calls'
}

/** What stations let be measured: their cores, and their workers where the number is limited. */
export function stationResources(stations: readonly Station[], meters: Meters): readonly Resource[] {
  const sum = (read: (station: Station) => number) => stations.reduce((total, station) => total + read(station), 0)
  return resourcesOf(
    { cores: sum((station) => station.cores), workers: sum((station) => station.workers) },
    {
      busyMs: (nowMs) => meters.busy.areaAt(nowMs),
      heldMs: (nowMs) => meters.held.areaAt(nowMs),
      workBegun: () => meters.workBegun,
    },
  )
}

interface Use {
  busyMs(nowMs: number): number
  heldMs(nowMs: number): number
  workBegun(): number
}

function resourcesOf({ cores, workers }: { cores: number; workers: number }, use: Use): readonly Resource[] {
  const shared: Resource = { name: 'cores', capacity: cores, areaAt: use.busyMs, workBegun: use.workBegun }
  if (!Number.isFinite(workers)) return [shared]
  return [shared, { name: 'workers', capacity: workers, areaAt: use.heldMs }]
}

/** The wait queues in front of the workers of the stations that share these meters, as one queue. */
export function stationQueue(meters: Meters): Queue {
  return {
    name: workerQueue,
    areaAt: (nowMs) => meters.waiting.areaAt(nowMs),
    length: () => meters.inLine,
    max: () => meters.mostInQueue,
    unserved: () => meters.inLine + meters.unserved,
  }
}

/** The stations of a block, each by itself; undefined where there is one. `counters` gives what an instance counts. */
export function measuredStations(
  stations: readonly Station[],
  meters: Meters,
  counters: (instance: number) => readonly Counter[] = () => [],
): readonly MeasuredInstance[] | undefined {
  if (stations.length < 2) return undefined
  return stations.map((station, i) => ({
    resources: resourcesOf(station, {
      busyMs: (nowMs) => meters.busy.areaOf(i, nowMs),
      heldMs: (nowMs) => meters.held.areaOf(i, nowMs),
      workBegun: () => meters.workBegunAt(i),
    }),
    queues: [
      {
        name: workerQueue,
        areaAt: (nowMs) => meters.waiting.areaOf(i, nowMs),
        length: () => meters.waiting.valueOf(i),
        max: () => meters.longestLineOf(i),
        unserved: () => meters.waiting.valueOf(i) + meters.unservedAt(i),
      },
    ],
    counters: counters(i),
    begun: () => meters.callsBegunAt(i),
    keepWaits: () => meters.keepWaitsOf(i),
  }))
}

/** A station as faults see it. */
export class StationInstance implements Instance {
  private readonly station: Station
  private readonly onCrash: (instance: number, isRestarted: boolean) => void
  private readonly instance: number
  private readonly onResume: ((instance: number) => void) | undefined
  private readonly fleet: Fleet | null

  constructor(
    station: Station,
    onCrash: (instance: number, isRestarted: boolean) => void,
    instance = 0,
    onResume?: (instance: number) => void,
    fleet: Fleet | null = null,
  ) {
    this.fleet = fleet
    this.station = station
    this.onCrash = onCrash
    this.instance = instance
    this.onResume = onResume
  }

  crash(isRestarted = false): void {
    this.onCrash(this.instance, isRestarted)
  }

  exists(): boolean {
    return this.fleet === null || this.fleet.runs(this.instance)
  }

  /** What has gone in the meantime stays gone. */
  restart(): void {
    if (!this.exists()) return
    this.station.restart()
  }

  slow(factor: number): void {
    this.station.slow(factor)
  }

  slowDisk(factor: number): void {
    this.station.slowDisk(factor)
  }

  pause(paused: boolean): void {
    this.station.pause(paused)
    if (!paused) this.onResume?.(this.instance)
  }
}
