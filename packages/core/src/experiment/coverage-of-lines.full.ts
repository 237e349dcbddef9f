import { burstyTruth, testCoverageOfMeans } from './testing-coverage.ts'

/**
 * The mean of two choices over 100 servers at 99 %, s, by a program of its own without events (each server keeps the
 * times at which it will be free): 24 replications of 200,000 s after 20,000 s, 475 million requests; standard error 0.017.
 */
const twoChoicesMean = 5.951

testCoverageOfMeans([
  {
    name: 'two choices over 100 servers at 99 %',
    station: { servers: 100, load: 0.99, lines: 'two-choices', run: '{ until: 5% }' },
    mean: twoChoicesMean,
  },
  {
    name: 'bursts of variation 5 at 80 %',
    station: { servers: 1, load: 0.8, arrival: 'bursty cv 5', run: '{ until: 4% }' },
    mean: burstyTruth(0.8, 5).mean,
  },
])
