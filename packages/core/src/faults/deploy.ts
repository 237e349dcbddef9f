import { choice, count, portion, share } from '../support/params.ts'
import { plannedChange } from './fault.ts'

export const deploy = plannedChange({
  name: 'deploy',
  title: 'Rolling deployment',
  summary:
    'New instances replace those of a service, `batch` at a time. One that leaves finishes its calls within `drain`, one that comes takes calls after `start-up`; then comes the next batch. With `for` the version before is deployed again after it.',
  mistakenFor: ['rollout', 'rolling', 'rolling-update', 'release', 'deployment', 'upgrade'],
  goodFor:
    'what a deployment costs in capacity, and how much a bad version breaks; with `count`, it is on a few instances first',
  costs: '`stop-first` works with fewer instances for as long as it takes, `start-first` pays for more',
  source: 'Docker Swarm `update_config`: `parallelism`, `order`',
  example: { deploy: 'web', batch: 1, errors: '5%', at: '60s', for: '5min' },
  params: {
    batch: count({ meaning: 'instances that are replaced at the same time', min: 1, max: 10_000, default: 1 }),
    count: portion({
      meaning: 'how many of the instances are replaced, drawn at random: `1` or `30%`; without it all',
      optional: true,
    }),
    errors: share({
      meaning: 'share of the answers of the new version that are errors, drawn by request',
      default: '0%',
      max: 1,
    }),
    order: choice({
      meaning: 'whether an instance leaves before the one in its place is started, or once that takes calls',
      words: ['stop-first', 'start-first'],
      default: 'stop-first',
    }),
  },
  state: 'deployed',
  stateAfter: 'rolled back',
  coming: ({ for: lasts }) => ({ times: lasts === undefined ? 1 : 2 }),
  begin: (planned, { batch, errors, order }, { affected, site }) =>
    planned.deploy(affected, {
      batch,
      order,
      begin(instance) {
        if (errors > 0) instance.fail({ share: errors, site, operation: undefined })
      },
    }),
})
