import type { Agenda } from '../../kernel/agenda.ts'
import type { Resource } from '../../kernel/measured.ts'
import type { Meters } from '../../kernel/meters.ts'
import type { Station } from '../../kernel/station.ts'
import type { Site } from '../block.ts'
import { Fleet, type FleetOptions } from '../fleet.ts'
import { fleetResources } from '../fleet-resources.ts'
import { stationResources } from '../stations.ts'
import type { ServiceValues } from './params.ts'

/** The instances of a service that come and go; null where none does. The last stations are those of instances to come. */
export function fleetOf(
  values: ServiceValues,
  { instancesToCome, simulation }: Site,
  stations: readonly Station[],
  process: Pick<FleetOptions, 'isIdle' | 'end'>,
): Fleet | null {
  if (instancesToCome === null) return null
  const initial = stations.length - instancesToCome
  for (const station of stations.slice(initial)) station.up = false
  return new Fleet({
    ...process,
    agenda: simulation.agenda,
    initial,
    numbers: stations.length,
    startUpMs: values['start-up'],
    drainMs: values.drain,
    begin: (instance) => stations[instance]?.restart(),
  })
}

/** The cores and workers of the instances that are there. */
export function resourcesOf(
  stations: readonly Station[],
  meters: Meters,
  fleet: Fleet | null,
  agenda: Agenda,
): readonly Resource[] {
  const all = stationResources(stations, meters)
  if (fleet === null) return all
  return fleetResources(all, fleet, agenda, (instance, resource) => {
    const { cores, workers } = stations[instance] as Station
    return resource === 'cores' ? cores : workers
  })
}
