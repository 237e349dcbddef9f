import { count } from '../support/params.ts'
import { keyDistribution } from './key.ts'

export const loop = keyDistribution({
  name: 'loop',
  title: 'A loop',
  summary: 'Every key once, in order, and then again from the first: a scan, repeated for as long as the run lasts.',
  source: 'S. Jiang, X. Zhang, "LIRS", SIGMETRICS 2002, section 1.1: looping accesses, on which LRU fails',
  goodFor: 'backups, reports, crawlers, joins that read a table again and again; one pass of them is a scan',
  costs: 'no two kinds of request share one loop: each goes through its own loop',
  aliases: ['scan', 'sequential'],
  params: { keys: count({ meaning: 'number of keys', min: 1, max: '1G' }) },
  short: 'over {keys}',
  create({ keys }) {
    let key = 0
    return {
      keys,
      sample() {
        key = key === keys ? 1 : key + 1
        return key
      },
    }
  },
})
