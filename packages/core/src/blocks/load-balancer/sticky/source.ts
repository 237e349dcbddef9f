import { sticky, stickyParams } from './sticky.ts'

export const source = sticky({
  name: 'source',
  title: 'Sticky by source address',
  summary:
    'The balancer remembers in a table to which target it sent each client. A crash of the balancer empties the table.',
  source: 'HAProxy `stick-table type ip`, `stick on src`',
  mistakenFor: ['ip', 'ip-hash', 'source-ip', 'client-ip', 'address', 'source-address'],
  goodFor: 'clients without cookies, and connections that the balancer does not read',
  costs: 'uneven load; an entry for each client in the memory of the balancer',
  seenIn: ['HAProxy `stick on src`', 'AWS NLB stickiness `source_ip`', 'Kubernetes `sessionAffinity: ClientIP`'],
  params: stickyParams,
  bindsWhen: 'sent',
  isLostWithBalancer: true,
})
