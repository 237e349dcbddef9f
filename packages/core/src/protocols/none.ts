import { protocol } from './protocol.ts'

export const none = protocol({
  name: 'none',
  title: 'No fail-over',
  summary: 'The first member is active. If it fails, nobody takes over.',
  goodFor: 'a standby that a person switches to; the reference to which a fail-over is compared',
  costs: 'all calls fail until the first member is back',
  params: {},
  create(_values, host) {
    const isFirst = host.members()[0] === host.self
    const begin = () => {
      if (isFirst) host.claim()
    }
    return { role: isFirst ? 'active' : 'standby', settle: begin, begin, onMessage() {}, onTimer() {} }
  },
})
