import { mmc } from '../theory/mmc.ts'
import { testCoverageOfMeans } from './testing-coverage.ts'

const hundred = (
  [
    [0.9, '2%'],
    [0.98, '5%'],
    [0.99, '10%'],
  ] as const
).map(([load, until]) => ({
  name: `M/M/100 at ${load * 100} %`,
  station: { servers: 100, load, run: `{ until: ${until} }` },
  mean: mmc(100, 100 * load, 1).meanResponse,
}))

testCoverageOfMeans([
  { name: 'M/M/1 at 95 %', station: { servers: 1, load: 0.95, run: '{ until: 5% }' }, mean: 20 },
  ...hundred,
])
