import { choice, count, duration, type Values } from '../support/params.ts'
import { type Data, type Host, type Member, type Peer, protocol, type Role } from './protocol.ts'

const params = {
  every: duration({
    meaning: 'time between two heartbeats of the active member',
    default: '1s',
    min: '1ms',
    source: 'RFC 9568: the advertisement interval is 1 s by default',
  }),
  fails: count({
    meaning: 'heartbeats in a row that a standby misses before it takes over',
    default: 3,
    min: 1,
    max: 1000,
    source: 'RFC 9568: the active member is down after three intervals and the skew time',
  }),
  fencing: choice({
    meaning:
      '`required`: a standby first switches the other members off and takes over once they have certainly stopped; `none`: it takes over at once, and two members can be active while they do not hear each other',
    words: ['none', 'required'],
    default: 'none',
  }),
  'fail-back': choice({
    meaning:
      '`automatic`: the first member becomes active again when it is back; `none`: the active member stays active',
    words: ['automatic', 'none'],
    default: 'automatic',
    source: 'RFC 9568: Preempt_Mode is true by default',
  }),
}

type HeartbeatValues = Values<typeof params>

/** Priorities of RFC 9568: 254 for the first member, and evenly spread below, so that no two standbys take over together. */
export function priorityOf(place: number, members: number): number {
  return 254 - Math.floor((253 * place) / members)
}

/** How long a member hears nothing before it takes over, ms: sooner the higher its priority. */
export function silenceMs({ every, fails }: Pick<HeartbeatValues, 'every' | 'fails'>, priority: number): number {
  return fails * every + ((256 - priority) / 256) * every
}

/**
 * A member of a group in which the active one sends heartbeats: the state machine of RFC 9568, section 6.4.
 *
 * With fencing a member becomes active only when each other one has stopped in its own lifetime, or after the active one
 * has yielded to it. Request and answer bear the numbers of its lifetime and turn: an active member yields to one request,
 * and an answer makes active once.
 */
class HeartbeatPeer implements Peer {
  role: Role = 'standby'
  private readonly values: HeartbeatValues
  private readonly host: Host
  private readonly priority: number
  /** Lifetimes before this one. */
  private life = 0
  private lifeIsKept = true
  /** How often it was active in this one. */
  private turn = 0
  /** The request to which it has yielded: that one alone is answered once more. */
  private yielded: { readonly to: Member; readonly life: unknown; readonly turn: unknown } | null = null
  private readonly stopped = new Set<Member>()

  constructor(values: HeartbeatValues, host: Host) {
    this.values = values
    this.host = host
    const members = host.members()
    this.priority = priorityOf(members.indexOf(host.self), members.length)
  }

  settle(): void {
    const { host, values } = this
    if (host.members()[0] !== host.self) {
      this.watch()
      return
    }
    this.role = 'active'
    host.claim()
    host.after(host.random.next() * values.every, 'heartbeat')
  }

  begin(persisted: readonly Data[]): void {
    this.life = persisted.reduce((last, { life }) => Math.max(last, Number(life)), 0) + 1
    this.lifeIsKept = false
    this.host.persist({ life: this.life }, () => {
      this.lifeIsKept = true
    })
    this.watch()
  }

  onTimer(timer: string): void {
    if (timer === 'heartbeat' && this.role === 'active') this.beat()
    if (timer === 'silence' && this.role !== 'active') this.takeOver()
  }

  onMessage(from: Member, message: Data): void {
    if (message.says === 'active') this.heard(from, Number(message.priority))
    if (message.says === 'yield') this.asked(from, message)
    if (message.says === 'yielded' && this.isOfThisTurn(message) && this.role !== 'active') this.activate()
  }

  /** Waits for the next heartbeat. */
  private watch(): void {
    this.role = 'standby'
    this.host.after(silenceMs(this.values, this.priority), 'silence')
  }

  private heard(from: Member, priority: number): void {
    const isLower = priority < this.priority
    if (this.role === 'active') {
      if (isLower) this.beat()
      else this.watch()
    } else if (!isLower || this.values['fail-back'] === 'none') this.watch()
    else if (this.values.fencing === 'required') this.askFor(from)
    // Without fencing it takes over when its own time is up.
  }

  /** Asks a member of lower priority to yield: it is well, and must not be switched off. */
  private askFor(active: Member): void {
    this.watch()
    if (this.lifeIsKept) this.host.send(active, { says: 'yield', life: this.life, turn: this.turn })
  }

  private isOfThisTurn({ life, turn }: Data): boolean {
    return life === this.life && turn === this.turn
  }

  private asked(from: Member, { life = 0, turn = 0 }: Data): void {
    if (this.role === 'active') {
      this.yielded = { to: from, life, turn }
      this.watch()
    }
    const { yielded } = this
    if (this.role !== 'standby' || yielded === null) return
    if (yielded.to === from && yielded.life === life && yielded.turn === turn)
      this.host.send(from, { says: 'yielded', life, turn })
  }

  private takeOver(): void {
    const { host, values } = this
    if (values.fencing === 'none') {
      this.activate()
      return
    }
    this.role = 'taking over'
    this.stopped.clear()
    const others = host.members().filter((member) => member !== host.self)
    for (const member of others) {
      host.fence(member, () => {
        this.stopped.add(member)
        if (this.role === 'taking over' && this.stopped.size === others.length) this.activate()
      })
    }
    // Switched off or not, it is not heard: try again.
    host.after(silenceMs(values, this.priority), 'silence')
  }

  private activate(): void {
    this.role = 'active'
    this.turn++
    this.yielded = null
    this.beat()
  }

  /** A heartbeat also shows the network where the common address is: RFC 9568, section 7.3. */
  private beat(): void {
    const { host, priority, values } = this
    host.claim()
    for (const member of host.members()) if (member !== host.self) host.send(member, { says: 'active', priority })
    host.after(values.every, 'heartbeat')
  }
}

export const heartbeat = protocol({
  name: 'heartbeat',
  title: 'Fail-over by heartbeats',
  summary:
    'The active member sends heartbeats. A standby that has missed `fails` of them takes the common address over, after a short time that depends on its number.',
  source: 'RFC 9568, Virtual Router Redundancy Protocol (VRRP) version 3, 2024',
  goodFor: 'a pair of balancers: calls go on a few seconds after the active one is lost',
  costs:
    'calls fail until the silence is long enough; a cut between the members looks like a crash, and without fencing both are then active',
  seenIn: ['keepalived', 'routers with VRRP', 'Pacemaker with Corosync (fencing)'],
  aliases: ['vrrp'],
  params,
  main: 'every',
  create: (values, host) => new HeartbeatPeer(values, host),
  takeoverMs: (values, members) => silenceMs(values, priorityOf(members - 1, members)),
})
