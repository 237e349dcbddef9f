import type { Meters } from '../kernel/meters.ts'
import type { Station } from '../kernel/station.ts'
import type { Instance, Queue, Resource } from './block.ts'

/** What stations let be measured: their cores, and their workers where the number is limited. */
export function stationResources(stations: readonly Station[], meters: Meters): readonly Resource[] {
  const sum = (read: (station: Station) => number) => stations.reduce((total, station) => total + read(station), 0)
  const cores: Resource = {
    name: 'cores',
    capacity: sum((station) => station.cores),
    areaAt: (nowMs) => meters.busy.areaAt(nowMs),
  }
  const workers = sum((station) => station.workers)
  if (!Number.isFinite(workers)) return [cores]
  return [cores, { name: 'workers', capacity: workers, areaAt: (nowMs) => meters.held.areaAt(nowMs) }]
}

/** The lines in front of the workers of the stations that share these meters, as one queue. */
export function stationQueue(meters: Meters): Queue {
  return {
    name: 'waiting',
    areaAt: (nowMs) => meters.waiting.areaAt(nowMs),
    length: () => meters.waiting.value,
    max: () => meters.longestLine,
  }
}

/** A station as faults see it. */
export class StationInstance implements Instance {
  private readonly station: Station
  private readonly onCrash: (instance: number) => void
  private readonly instance: number
  private readonly onResume: ((instance: number) => void) | undefined

  constructor(
    station: Station,
    onCrash: (instance: number) => void,
    instance = 0,
    onResume?: (instance: number) => void,
  ) {
    this.station = station
    this.onCrash = onCrash
    this.instance = instance
    this.onResume = onResume
  }

  crash(): void {
    this.onCrash(this.instance)
  }

  restart(): void {
    this.station.restart()
  }

  slow(factor: number): void {
    this.station.slow(factor)
  }

  pause(paused: boolean): void {
    this.station.pause(paused)
    if (!paused) this.onResume?.(this.instance)
  }
}
