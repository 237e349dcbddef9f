import { readFileSync } from 'node:fs'
import { allEntries, explain } from '@loadpath/core/explain'
import { expect, test } from 'vitest'
import { inGlossary, readGlossary } from '../glossary.ts'
import { printEntry, printGlossaryWord } from '../print/explanation.ts'
import { plain } from '../print/page.ts'
import { callProblems } from '../problem-kinds.ts'

const page = { width: 10_000, colours: plain }
const glossary = readGlossary(readFileSync(new URL('../../../../GLOSSARY.md', import.meta.url), 'utf8'))
const entries = allEntries(callProblems)

function answer(word: string): string {
  const found = explain(word, entries).map((one) => printEntry(one, page))
  return [...found, ...inGlossary(word, glossary).map((one) => printGlossaryWord(one, page))].join('\n')
}

/** What must be in the answer, and the words of the field that must lead to it. */
const rows: readonly (readonly [RegExp, string])[] = [
  [/like: redis/, 'redis, Redis, REDIS'],
  [/like: memcached/, 'memcached, Memcached'],
  [/like: postgresql/, 'postgresql, PostgreSQL'],
  [/like: nginx/, 'nginx'],
  [/redis[\s\S]*postgresql/, 'like, preset, presets'],
  [/single-flight/, 'stampede, thundering herd, cache stampede, dog-pile'],
  [/fullest/, 'hot key, hot keys, hot-key, hot shard, hot partition, hot spot, skew, imbalance'],
  [/tail/, 'knee, tail, tail latency'],
  [/percentile/, 'p99, p99.9, percentile'],
  [/calls a second/, 'rate limit, rate-limits, token-bucket, quota, burst, nodelay, throttling, provisioned capacity'],
  [/fail again/, 'dead letter, dead-letter queue, DLQ, redrive, maxReceiveCount, poison message'],
  [/bounds its calls/, 'bulkhead, bulkheads'],
  [/`pause`/, 'gc, garbage collection'],
  [/several disks/, 'raid, RAID, striping, mirroring, parity, disk array'],
  [/modulo/, 'hash'],
  [/same instance/, 'sticky, sticky sessions, session affinity, session persistence, ip_hash'],
  [/new instance first/, 'slow-start, slow start'],
  [/delivered again/, 'visibility-timeout, visibility timeout, ack deadline, lock duration, manual ack, auto-ack'],
  [
    /split by key/,
    'partition, partitions, sharding, shard, horizontal partitioning, shard key, partition key, resharding',
  ],
  [/throughput × mean time/, "little's law"],
  [/service time \/ capacity/, 'utilization law, utilisation law'],
  [/whatever the answers/, 'coordinated omission'],
  [/others follow it/, 'leader-follower, master-slave, primary-replica, primary-secondary, read replica, replication'],
  [/copies take writes/, 'multi-leader, master-master, multi-master, multi-primary'],
  [/several of the copies/, 'leaderless, quorum, N R W, Dynamo-style, consistency level, QUORUM, sloppy quorum'],
  [/by majority/, 'consensus, Raft, Paxos, Zab, replicated log'],
  [/of its neighbours/, 'buddy replication, neighbour copies'],
  [
    /how many copies/,
    'replication factor, RF, copies, async, sync, write concern, acks, remote_write, remote_apply, journaled',
  ],
  [/follow followers/, 'replication tree, cascading replication, chained replication'],
  [/behind its leader/, 'replication lag, seconds behind'],
  [
    /a read may return/,
    'strong consistency, eventual consistency, session consistency, BASE, causal token, linearizability',
  ],
  [/staleness/, 'own writes, monotonic reads, read-your-writes, stale read'],
  [/reach each other/, 'CAP, PACELC, CP, AP, CA'],
  [/did not see each other/, 'conflict resolution, LWW, CRDT, vector clock, version vector, last write wins'],
  [/repair differences/, 'anti-entropy, read repair, Merkle tree, hinted hand-off, resync'],
  [/takes over from/, 'fail-over, failover, missed heartbeats, promotion, takeover, switchover, election of a primary'],
  [
    /takes over/,
    'active-passive, hot standby, standby, passive node, virtual IP, VIP, floating address, VRRP, keepalived',
  ],
  [/several sites/, 'active-active'],
  [/act as leader/, 'split brain, fencing, fencing token, STONITH, epoch, two leaders'],
  [/ring/, 'consistent hashing, ketama, hash ring, vnodes'],
  [/for each function/, 'federation, functional partitioning, database per service'],
  [/keeps its data/, 'NoSQL, storage engine, memtable, SSTable, bloom filter, wide column, LSM'],
  [/tables and indexes/, 'query, index, SQL query, join, slow query'],
  [/flush/, 'write-ahead log, WAL, fsync, group commit, synchronous_commit, appendfsync'],
  [/instance/, 'pod, task, server, node, container, host, virtual machine'],
  [/how far apart/, 'region, availability zone, data centre, data center, site, AZ, rack, location'],
  [/`latency` of a `link`/, 'round-trip time, RTT, ping, network latency'],
  [/targets/, 'upstream, backend, target group, pool member, real server'],
  [/origin/, 'origin, source of truth, backing store'],
  [/weights/, 'canary release, A/B test, blue-green, traffic split, weighted routing'],
  [
    /health-check/,
    'health check, probe, readiness, liveness, rise and fall, outlier detection, passive check, max_fails',
  ],
  [/what is near/, 'locality, zone-aware, topology-aware, same region'],
  [/finishes what it has/, 'connection draining, drain, graceful shutdown, deregistration delay'],
  [/handshakes/, 'TLS, TLS termination, SSL offloading, HTTPS'],
  [
    /addresses/,
    'DNS, DNS routing, latency-based routing, geo DNS, caching resolver, recursive resolver, JVM DNS cache',
  ],
  [/ask again and again/, 'polling, WebSocket, long polling, server-sent events, presence'],
  [/come and go/, 'auto-scaling, autoscaling, HPA, scaling group, minReplicas, target utilization'],
  [/until a new instance/, 'cold start, serverless, start-up, boot time, provisioning, Lambda'],
  [/stops calling/, 'circuit breaker, breaker, half-open, fuse'],
  [/if the first is slow/, 'hedged request, hedge, backup request, speculative retry'],
  [/workers/, 'semaphore, concurrency limit, thread pool, worker pool, competing consumers'],
  [/if a call fails/, 'fallback, graceful degradation, default answer'],
  [/jitter/, 'full-jitter, decorrelated jitter, back-off with jitter'],
  [/share of retries/, 'retry budget, retry ratio'],
  [/retries-multiply/, 'retry storm'],
  [/still waits/, 'deadline propagation, context deadline, grpc-timeout, cancellation'],
  [/before it is overloaded/, 'load shedding, admission control, CoDel'],
  [/overflow/, 'back pressure, backpressure, bounded queue, 503, max length, overflow'],
  [/when to try again/, 'retry-after'],
  [/connections/, 'connection pool, pool, pools, HikariCP, maximum pool size, PgBouncer, connection timeout'],
  [/no further effect/, 'idempotency key, deduplication, request id, exactly-once'],
  [/if the write commits/, 'transactional outbox, CDC, log tailing, dual write'],
  [/over several stores/, 'saga, two-phase commit, compensation, orchestration, 2PC, XA, distributed transaction'],
  [/kept after/, 'topic, stream, log, event bus, Kafka'],
  [/publish/, 'publish/subscribe, pub/sub'],
  [/every message/, 'consumer group, subscription, broadcast'],
  [/queue-length/, 'backlog, consumer lag, queue depth'],
  [/`every` and `count`/, 'cron job, schedule, periodic task, scheduled task'],
  [/at the same time/, 'distributed lock, lease, mutex, leader lease, ZooKeeper recipe'],
  [/learn of instances/, 'service discovery, Consul, Eureka, stale members'],
  [/cannot reach/, 'network partition, netsplit, black hole'],
  [/fault of the network/, 'latency injection, loss injection, netem'],
  [/at random/, 'MTBF, MTTR, failure rate, repair time'],
  [/all of a place/, 'zone outage, data centre lost'],
  [/`slow`/, 'grey failure, brownout, fail-slow'],
  [/one after the other/, 'rolling update, release, rollout, maxUnavailable, maintenance'],
  [/well again/, 'RTO, recovery time'],
  [/acknowledged-lost/, 'RPO, recovery point, data loss'],
  [/objective/, 'SLO, SLA, threshold, promise'],
  [/availability/, 'error budget'],
  [/may call/, 'least privilege, network policy, security group, firewall, ACL'],
  [/turned away/, 'block-list, blacklist, denylist, allow-list, WAF'],
  [/in place of a block/, 'own program in the design, service under test'],
]

const cases = rows.flatMap(([said, words]) => words.split(', ').map((word) => [word, said] as const))

test.each(cases)('explain %s leads to %s', (word, said) => {
  expect(answer(word)).toMatch(said)
})

test('every product in which something is seen is found by its name', () => {
  const products = entries.flatMap(({ seenIn }) => seenIn).map((text) => text.replace(/`[^`]*`|\([^)]*\)/g, '').trim())
  expect(products.length).toBeGreaterThan(40)
  expect(products.filter((name) => explain(name, entries).length === 0)).toEqual([])
})

test('every word of the glossary leads to its row', () => {
  const lost = glossary.flatMap((row) => row.words.filter((word) => !inGlossary(word, glossary).includes(row)))
  expect(lost).toEqual([])
})

test('every entry that a row of the glossary names in a design exists', () => {
  const names = glossary
    .filter(({ kind }) => kind !== 'word')
    .flatMap(({ says, nearest = '' }) =>
      [...`${says} ${nearest}`.matchAll(/`([a-z][a-z0-9-]*)`/g)].map(([, name]) => name ?? ''),
    )
  expect([...new Set(names)].filter((name) => explain(name, entries).length === 0)).toEqual([])
})
