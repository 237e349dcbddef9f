import type { Station } from '../kernel/station.ts'
import type { Instance, Queue, Resource } from './block.ts'

/** What a station lets be measured: its cores, and its workers where their number is limited. */
export function stationResources(stations: readonly Station[]): readonly Resource[] {
  const sum = (read: (station: Station) => number) => stations.reduce((total, station) => total + read(station), 0)
  const cores: Resource = {
    name: 'cores',
    capacity: sum((station) => station.cores),
    areaAt: (nowMs) => sum((station) => station.busy.areaAt(nowMs)),
  }
  const workers = sum((station) => station.workers)
  if (!Number.isFinite(workers)) return [cores]
  return [
    cores,
    { name: 'workers', capacity: workers, areaAt: (nowMs) => sum((station) => station.held.areaAt(nowMs)) },
  ]
}

/** The lines in front of the workers of several stations, as one queue. */
export function stationQueue(stations: readonly Station[], name = 'waiting'): Queue {
  const sum = (read: (station: Station) => number) => stations.reduce((total, station) => total + read(station), 0)
  return {
    name,
    areaAt: (nowMs) => sum((station) => station.waiting.areaAt(nowMs)),
    length: () => sum((station) => station.waiting.value),
    max: () => stations.reduce((max, station) => Math.max(max, station.waiting.max), 0),
  }
}

/** A station as faults see it. */
export function stationInstance(station: Station, crash: () => void): Instance {
  return {
    crash,
    restart: () => station.restart(),
    slow: (factor) => station.slow(factor),
    pause: (paused) => station.pause(paused),
  }
}
