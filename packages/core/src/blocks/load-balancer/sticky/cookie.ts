import { sticky, stickyParams } from './sticky.ts'

export const cookie = sticky({
  name: 'cookie',
  title: 'Sticky by cookie',
  summary:
    'The first answer to a client names its target in a cookie, which the client sends with every further request.',
  source: 'HAProxy `cookie SRV insert`; nginx `sticky cookie`',
  goodFor: 'session state in the memory of a server',
  costs: 'uneven load; sessions on a target that dies are lost',
  seenIn: ['HAProxy `cookie`', 'nginx `sticky cookie`', 'AWS ALB stickiness `lb_cookie`', 'Traefik `sticky.cookie`'],
  params: stickyParams,
  bindsWhen: 'answered',
  isLostWithBalancer: false,
})
