/** Where the published round trips are from. */
export const distancesSource =
  'IBM Cloud, "VPC network latency", average round trips of 27 July to 25 August 2024: docs of IBM Cloud for VPC'

/** Cities with published round trips, by the name of the region of which they are the example. */
const cities: ReadonlyMap<string, string> = new Map([
  ['us-south', 'Dallas'],
  ['ca-central', 'Toronto'],
  ['us-east', 'Washington DC'],
  ['eu-central', 'Frankfurt'],
  ['eu-west', 'London'],
  ['eu-south', 'Madrid'],
  ['ap-osaka', 'Osaka'],
  ['ap-southeast', 'Sydney'],
  ['ap-northeast', 'Tokyo'],
  ['sa-east', 'São Paulo'],
])

/** Round trips in ms between the cities, in their order. */
const roundTripsMs: readonly (readonly number[])[] = [
  [],
  [34],
  [31, 19],
  [123, 93, 91],
  [113, 82, 75, 13],
  [119, 108, 87, 29, 27],
  [150, 168, 172, 232, 244, 257],
  [186, 215, 214, 250, 261, 275, 122],
  [143, 162, 164, 233, 243, 258, 9, 115],
  [146, 129, 118, 198, 188, 209, 293, 328, 284],
]

/** The names of regions with published round trips. */
export const regionsWithDistances: readonly string[] = [...cities.keys()]

/** The city in which the round trips of a region were measured; undefined for another name. */
export function cityOf(region: string): string | undefined {
  return cities.get(region)
}

/** The published round trip between two regions, ms; undefined where none is known. */
export function publishedRoundTripMs(one: string, other: string): number | undefined {
  const [a, b] = [one, other].map((name) => regionsWithDistances.indexOf(name)) as [number, number]
  return a < 0 || b < 0 || a === b ? undefined : roundTripsMs[Math.max(a, b)]?.[Math.min(a, b)]
}
