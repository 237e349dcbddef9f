import { createSocket, type Socket } from 'node:dgram'
import { once } from 'node:events'
import { open, readFile } from 'node:fs/promises'
import type { AddressInfo } from 'node:net'
import { performance } from 'node:perf_hooks'
import type { Data, Member, Peer, ProtocolHost } from '@loadpath/core/policies'

/** A message on the wire is JSON of at most one datagram. */
const largestMessage = 1200

export interface UdpHostOptions {
  readonly self: Member
  readonly members: readonly Member[]
  /** Where its records are kept: one JSON object a line. */
  readonly file: string
  /** The port of a member on the loopback interface; undefined while it has none. */
  portOf(member: Member): number | undefined
  create(host: ProtocolHost): Peer
  /** Switches another member off, and is done once it has certainly stopped. */
  fence(member: Member): Promise<void>
  claim(): void
}

/** The records that earlier lives have kept. A last line that was cut off by a crash was never confirmed. */
async function recordsIn(file: string): Promise<readonly Data[]> {
  const text = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return ''
    throw error
  })
  const lines = text.split('\n')
  return lines.slice(0, -1).map((line) => JSON.parse(line) as Data)
}

/** What a datagram holds; undefined for anything that is no message of a member. */
function readMessage(bytes: Buffer): { readonly from: Member; readonly message: Data } | undefined {
  try {
    const read: unknown = JSON.parse(bytes.toString())
    if (typeof read !== 'object' || read === null) return undefined
    const { from, message } = read as { from?: unknown; message?: unknown }
    if (typeof from !== 'number' || typeof message !== 'object' || message === null) return undefined
    return { from, message: message as Data }
  } catch {
    return undefined
  }
}

/** Runs a member of a protocol in real time, over UDP on the loopback interface. */
export class UdpHost implements ProtocolHost {
  readonly self: Member
  readonly random = { next: () => Math.random() || Number.MIN_VALUE }
  peer: Peer | null = null
  private readonly options: UdpHostOptions
  private readonly socket: Socket
  private readonly timers = new Map<string, NodeJS.Timeout>()
  private stopped = false

  private constructor(options: UdpHostOptions, socket: Socket) {
    this.options = options
    this.self = options.self
    this.socket = socket
    socket.on('message', (bytes) => {
      const read = readMessage(bytes)
      if (read !== undefined && options.members.includes(read.from)) this.peer?.onMessage(read.from, read.message)
    })
  }

  /** Opens a socket on a port that the system chooses. */
  static async open(options: UdpHostOptions): Promise<UdpHost> {
    const socket = createSocket('udp4')
    socket.bind(0, '127.0.0.1')
    await once(socket, 'listening')
    return new UdpHost(options, socket)
  }

  get port(): number {
    return (this.socket.address() as AddressInfo).port
  }

  /** Starts the process of the protocol with what its earlier lives have kept. */
  async start(): Promise<void> {
    const kept = await recordsIn(this.options.file)
    this.peer = this.options.create(this)
    this.peer.begin(kept)
  }

  /** Ends it as a crash does: nothing that was under way happens any more. */
  async stop(): Promise<void> {
    if (this.stopped) return
    this.stopped = true
    this.peer = null
    for (const timer of this.timers.values()) clearTimeout(timer)
    this.timers.clear()
    const closed = once(this.socket, 'close')
    this.socket.close()
    await closed
  }

  members(): readonly Member[] {
    return this.options.members
  }

  nowMs(): number {
    return performance.now()
  }

  send(to: Member, message: Data): void {
    const port = this.options.portOf(to)
    const bytes = Buffer.from(JSON.stringify({ from: this.self, message }))
    if (bytes.length > largestMessage) throw new RangeError(`a message of ${bytes.length} bytes is too large`)
    // What cannot be sent is lost, as on any network.
    if (port !== undefined && !this.stopped) this.socket.send(bytes, port, '127.0.0.1', () => {})
  }

  after(delayMs: number, timer: string): void {
    clearTimeout(this.timers.get(timer))
    this.timers.set(
      timer,
      setTimeout(() => this.peer?.onTimer(timer), delayMs),
    )
  }

  persist(record: Data, persisted: () => void): void {
    void this.append(record).then(() => {
      if (!this.stopped) persisted()
    })
  }

  private async append(record: Data): Promise<void> {
    const file = await open(this.options.file, 'a')
    try {
      await file.write(`${JSON.stringify(record)}\n`)
      await file.sync()
    } finally {
      await file.close()
    }
  }

  fence(member: Member, fenced: () => void): void {
    void this.options.fence(member).then(() => {
      if (!this.stopped) fenced()
    })
  }

  claim(): void {
    this.options.claim()
  }
}
