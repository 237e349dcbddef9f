import { networkFault } from './fault.ts'

export const cut = networkFault({
  name: 'cut',
  title: 'Cut of the network',
  summary:
    'Messages between two sides are lost: nobody is told, and callers wait for their time-out. Both sides go on working.',
  mistakenFor: ['partition', 'netsplit', 'network-partition', 'isolate', 'disconnect', 'split', 'unreachable'],
  goodFor: 'a lost line between regions, a firewall rule, a switch that fails: what CAP is about',
  costs: 'work that waits for the other side holds its workers until it times out',
  source: 'P. Bailis, K. Kingsbury, "The Network is Reliable", ACM Queue 12(7), 2014',
  example: { cut: ['web', 'album'], at: '60s', for: '43s', name: 'split' },
  params: {},
  state: 'cut',
  stateAfter: 'whole again',
  change: () => ({ isCut: true, latency: null, loss: 0 }),
})
