import { readFileSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { failovers, type Member } from '@loadpath/core/policies'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { UdpHost } from './udp-host.ts'

const members = [0, 1]
const heartbeat = failovers.get('heartbeat')
/** A busy machine may run a timer so late. */
const slackMs = 1500

let folder = ''
/** Members by number; one that has stopped is no longer in it. */
const hosts = new Map<Member, UdpHost>()
/** Every claim of the address: one for each heartbeat. */
const claims: { readonly by: Member; readonly atMs: number }[] = []

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'loadpath-udp-'))
})

afterEach(async () => {
  for (const member of [...hosts.keys()]) await stop(member)
  claims.length = 0
  await rm(folder, { recursive: true })
})

async function stop(member: Member): Promise<void> {
  const host = hosts.get(member)
  hosts.delete(member)
  await host?.stop()
}

async function start(member: Member, values: Readonly<Record<string, string | number>>): Promise<void> {
  const host = await UdpHost.open({
    self: member,
    members,
    file: join(folder, `${member}.jsonl`),
    portOf: (other) => hosts.get(other)?.port,
    create: (one) => heartbeat.create(values, one),
    fence: stop,
    claim: () => void claims.push({ by: member, atMs: performance.now() }),
  })
  hosts.set(member, host)
  await host.start()
}

const active = () => [...hosts].filter(([, { peer }]) => peer?.role === 'active').map(([member]) => member)

/** Waits until something is so; fails if it is not within its time. */
async function until(isSo: () => boolean, mostMs: number): Promise<void> {
  const fromMs = performance.now()
  while (!isSo()) {
    expect(performance.now() - fromMs).toBeLessThan(mostMs)
    await new Promise((resolve) => setTimeout(resolve, 2))
  }
}

describe.each(['none', 'required'])('fail-over by heartbeats over UDP, fencing %s', (fencing) => {
  const values = { every: 50, fails: 3, fencing, 'fail-back': 'automatic' }
  const boundMs = heartbeat.takeoverMs?.(values, 2) as number

  it('makes the first active, lets the second take over from it, and gives the address back', async () => {
    for (const member of members) await start(member, values)
    await until(() => active().join() === '0', boundMs + slackMs)
    // At a cold start nobody has been heard: with fencing the first one has switched the other off.
    expect(hosts.has(1)).toBe(fencing === 'none')
    if (!hosts.has(1)) await start(1, values)
    const beats = claims.length
    await until(() => claims.length > beats, boundMs + slackMs)
    await stop(0)
    const lastBeat = claims.at(-1)
    await until(() => active().join() === '1', boundMs + slackMs)
    // A timer of Node may be a millisecond early.
    const silentMs = (claims.find(({ by }) => by === 1)?.atMs ?? 0) - (lastBeat?.atMs ?? 0)
    expect(silentMs).toBeGreaterThanOrEqual(boundMs - 1)
    await start(0, values)
    await until(() => active().join() === '0' && claims.at(-1)?.by === 0, boundMs + slackMs)
    expect([...hosts.keys()].sort()).toEqual([0, 1])
    // Each life keeps its number.
    const kept = () => readFileSync(join(folder, '0.jsonl'), 'utf8')
    await until(() => kept() === '{"life":1}\n{"life":2}\n', slackMs)
  })
})
