import { readFileSync } from 'node:fs'
import { allEntries, beginningWith, explain, nearestWord } from '@loadpath/core/explain'
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
  [
    /rate-limit: \{ type: token-bucket/,
    'rate limit, rate-limits, token-bucket, quota, burst, nodelay, throttling, provisioned capacity',
  ],
  [/fail again/, 'dead letter, dead-letter queue, DLQ, redrive, maxReceiveCount, poison message'],
  [/bulkhead: 20/, 'bulkhead, bulkheads'],
  [/`pause`/, 'gc, garbage collection'],
  [/several disks/, 'raid, RAID, striping, mirroring, parity, disk array'],
  [/modulo/, 'hash'],
  [/sticky|source-hash/, 'sticky, sticky sessions, session affinity, session persistence, ip_hash'],
  [/ejection/, 'outlier detection, passive check, max_fails'],
  [/share of the choices/, 'slow-start, slow start'],
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
  [/pool: \{ connections/, 'connection timeout, HikariCP'],
  [/the origin fails/, 'stale-if-error, grace'],
  [/is removed at once/, 'purge all'],
  [/one after the other/, 'rolling deploy, rollout'],
  [/finishes what it has/, 'deregistration, draining'],
  [/exponential 30d/, 'time between failures, random failure, recurrence'],
  [/`every` and `count`/, 'nightly'],
  [/health check that/, 'flapping'],
  [/window of an objective/, 'during, before'],
  [/`availability`/, 'downtime'],
  [/too few observations/, 'withheld'],
  [/`objects` of an operation/, 'results'],
  [/zone-round-trip/, 'cross-zone, cross-AZ, zone-round-trip'],
  [/round-trip/, 'cross-region, round-trip'],
  [/crash/, 'blast radius'],
  [/slow-start/, 'failback'],
  [/nodes\.fullest/, 'fullest'],
  [/regions and zones are `places`/, 'aws'],
  [/breaker of the caller/, 'breaker-open'],
  [/`places` with `zones`/, 'region, availability zone, data centre, data center, site, AZ, rack, location'],
  [/`latency` of a `link`/, 'round-trip time, RTT, ping, network latency'],
  [/targets/, 'upstream, backend, target group, pool member, real server'],
  [/origin/, 'origin, source of truth, backing store'],
  [/targets: \{/, 'canary release, A/B test, blue-green, traffic split, weighted routing'],
  [/health-check/, 'health check, probe, readiness, liveness, rise and fall'],
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
  [/breaker: 10 of 20/, 'circuit breaker, breaker, half-open, fuse'],
  [/hedge: p95/, 'hedged request, hedge, backup request, speculative retry'],
  [/workers/, 'semaphore, concurrency limit, thread pool, worker pool, competing consumers'],
  [/in place of the answer/, 'fallback, graceful degradation, default answer'],
  [/jitter/, 'full-jitter, decorrelated jitter, back-off with jitter'],
  [/budget: 10%/, 'retry budget, retry ratio'],
  [/retries-multiply/, 'retry storm'],
  [/deadlines: obey/, 'deadline propagation, context deadline, grpc-timeout, cancellation'],
  [/shed: codel/, 'load shedding, admission control, CoDel'],
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
  [/the fault `cut`/, 'network partition, netsplit, black hole'],
  [/the fault `worsen`/, 'latency injection, loss injection, netem'],
  [/every: exponential/, 'MTBF, MTTR, failure rate, repair time'],
  [/crash: eu-west\.zone-1/, 'zone outage, data centre lost'],
  [/`slow`/, 'grey failure, brownout, fail-slow'],
  [/one after the other/, 'rolling update, release, rollout, maxUnavailable, maintenance'],
  [/well-again/, 'RTO, recovery time'],
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

/** Words that a web engineer types, and the words of the field's textbooks. */
const words = `
server, cpu, cloud, makespan, kubernetes, k8s, s3, median, 429, 503, 502, 504, 500, 404, steady state, confidence
interval, percentile, tail latency, throughput, goodput, availability, SLA, SLO, RTO, RPO, MTBF, MTTR, fan-out,
fan-in, thundering herd, cold start, hot partition, back pressure, N+1, head-of-line blocking, Little's law, Amdahl,
queueing theory, Kafka, RabbitMQ, SQS, NATS, Memcached, Varnish, nginx, HAProxy, Envoy, Cassandra, MongoDB,
DynamoDB, MySQL, Postgres, PostgreSQL, Redis, Elasticsearch, OpenSearch, MariaDB, Oracle, SQL Server, SQLite,
CockroachDB, Spanner, Aurora, RDS, EC2, ECS, EKS, Fargate, Lambda, Cloud Run, Pub/Sub, SNS, Kinesis, Pulsar,
ActiveMQ, Celery, Sidekiq, BullMQ, Resque, Istio, Linkerd, service mesh, sidecar, API gateway, gateway, ingress,
ALB, NLB, ELB, Route 53, CloudFront, Cloudflare, Fastly, Akamai, Docker, Prometheus, Grafana, k6, wrk, JMeter,
Gatling, Locust, Node.js, Java, Python, Ruby, Go, PHP, Django, Rails, Spring Boot, Express, Tomcat, gunicorn, uwsgi,
php-fpm, memory, RAM, heap, GPU, CPU, bandwidth, network, packet, MTU, p50, p95, p99, p99.9, p999, average, mean,
max, min, maximum, standard deviation, variance, histogram, quantile, outlier, error, errors, error rate, failure,
success rate, timeout, time out, retries, exponential backoff, jitter, circuit breaker, rate limiting, load
balancing, load balancer, LB, round robin, least connections, least conn, sharding, replication, read replica,
failover, leader, primary, database, DB, cache, caching, LRU, LFU, TTL, expiry, expiration, cache invalidation, CDN,
queue, message queue, MQ, topic, consumer, producer, publisher, worker, workers, thread, threads, process,
concurrency, parallelism, async, blocking, latency, response time, service time, wait time, queue time, utilization,
saturation, load, capacity, capacity planning, overload, bottleneck, scale, scalability, horizontal scaling,
vertical scaling, USL, universal scalability law, simulation, discrete event simulation, Monte Carlo, seed, random,
warm up, replication count, sample size, significance, p-value, hypothesis test, cost, price, pricing, dollar,
budget, microservice, monolith, REST, GraphQL, gRPC, HTTP, HTTPS, TLS, TCP, UDP, DNS, WebSocket, session, cookie,
user, users, client, request, requests per second, rps, qps, tps, traffic, workload, peak, burst, spike, diurnal,
ramp, flash crowd, Black Friday, DDoS, health check, heartbeat, crash, kill, restart, reboot, deploy, rollback,
canary, chaos, chaos engineering, chaos monkey, fault injection, game day, SPOF, single point of failure,
redundancy, high availability, HA, disaster recovery, DR, backup, durability, consistency, eventual consistency,
transaction, ACID, BASE, isolation, deadlock, lock, lock contention, contention, index, query, join, slow query,
connection pool, pool, PgBouncer, connection, connections, port exhaustion, ephemeral ports, file descriptors,
keepalive, Nagle, slow start, congestion, packet loss, hit rate, hit ratio, miss rate, cache miss, eviction, working
set, Zipf, power law, Pareto, 80/20, exponential, Poisson, normal, gaussian, uniform, log-normal, Erlang, M/M/1,
M/G/1, utilisation, headroom, knee, observability, tracing, trace, span, log, metrics, monitoring, alert, dashboard,
YAML, JSON, schema, units, interval, variance reduction, what-if, sensitivity, compare, diff, test, assert, CI,
GitHub Actions, import, export, Terraform, docker-compose, helm, fork-join, map-reduce, batch, batch size,
streaming, pipeline, ETL, cron, job, scheduler, dead letter queue, poison pill, idempotency, exactly once, ordering,
FIFO, LIFO, priority, fairness, starvation, noisy neighbour, multi-tenant, tenant, tail at scale, hedged requests,
stragglers, coordinated omission, metastable failure, retry storm, cascading failure, graceful degradation,
brownout, load shedding, feature flag, blue green, rolling deployment, autoscaling, HPA, replicas, nodes, pods,
cluster, zone, region, data center, edge, origin, anycast, proxy, reverse proxy, firewall, VPN, NAT, SSD, HDD, NVMe,
disk, IOPS, fsync, WAL, B-tree, LSM, bloom filter, object storage, blob, bucket, file, upload, download, image,
video, payload, serialization, compression, search, full-text search, geo, machine learning, inference,
leader-follower replication, master-slave, primary-replica, primary-secondary, primary-standby, source-replica,
multi-leader, master-master, multi-master, multi-primary, bidirectional, leaderless, quorum, N R W, Dynamo-style,
consistency level, ONE, QUORUM, ALL, sloppy quorum, consensus, Raft, Paxos, Zab, replicated log, buddy replication,
partner, neighbour copies, replication factor, RF, copies, asynchronous, semi-synchronous, synchronous, sync, lazy,
eager, write concern, acks, remote_write, remote_apply, journaled, replication tree, cascading replication, slaves
of slaves, chained, relay, replication lag, seconds behind, delay of a replica, strong, eventual, session
consistency, atomic consistency, own writes, monotonic reads, causal token, CP, AP, CA, CAP, PACELC, mode: cp, mode:
ap, mode: ca, conflict resolution, LWW, CRDT, vector clock, version vector, timestamps, anti-entropy, Merkle tree,
hinted hand-off, resync, fail-over, missed heartbeats, promotion, takeover, switchover, election of a primary,
misses, beats, active-passive, hot, warm, cold standby, passive node, standby: active-passive, active-active, both
serve, standby: active-active, address takeover, virtual IP, VIP, floating address, VRRP, keepalived, split brain,
fencing, fencing token, STONITH, epoch, two leaders, horizontal partitioning, shard key, partition key, resharding,
consistent hashing, ketama, hash ring, vnodes, federation, functional partitioning, database per service, hot shard,
hot spot, hottest, skew, imbalance, NoSQL store, storage engine, object, document, key-value, wide column, graph,
memtable, SSTable, queries, SQL, scan, write-ahead log, synchronous_commit, appendfsync, flush, RAID, striping,
mirroring, parity, array, pod, task, node, container, host, virtual machine, replica of a service, availability
zone, data centre, site, AZ, rack, location, round-trip time, RTT, ping, distances, upstream, backend, target group,
pool member, real server, source of truth, backing store, sticky sessions, session affinity, session persistence,
ip_hash, A/B test, blue-green, traffic split, weights, weighted routing, outlier detection, probe, readiness,
liveness, rise and fall, passive check, max_fails, locality, zone-aware, topology-aware, same region, connection
draining, graceful shutdown, deregistration delay, termination grace period, TLS termination, SSL offloading, DNS
routing, latency-based, geolocation, geo DNS, fail-over record, caching resolver, recursive resolver, TTL ignored,
JVM DNS cache, polling, long polling, server-sent events, presence, fan-out to clients, auto-scaling, scaling group,
minReplicas, target utilization, serverless, boot time, warm-up, provisioning, function, bulkhead, hedged request,
half-open, fuse, semaphore, concurrency limit, backup request, speculative retry, fallback, default answer, back-off
with jitter, retry budget, full-jitter, decorrelated, retry ratio, deadline propagation, context deadline,
grpc-timeout, cancellation, admission control, CoDel, rate limit, throttling, quota, token bucket, provisioned
capacity, nodelay, bounded queue, retry-after, max length, pools, HikariCP, maximum pool size, connectionTimeout,
idempotency key, deduplication, request id, exactly-once, transactional outbox, CDC, log tailing, dual write, saga,
two-phase commit, compensation, orchestration, 2PC, XA, distributed transaction, stream, event bus,
publish/subscribe, consumer group, groups, subscription, competing consumers, broadcast, visibility timeout, late or
early acknowledgement, visibility, ack deadline, lock duration, consumer timeout, manual ack, auto-ack, dead-letter
queue, DLQ, redrive, maxReceiveCount, poison message, backlog, consumer lag, queue depth, age of the oldest message,
time to drain, cron job, schedule, beat, periodic task, distributed lock, lease, mutex, leader lease, ZooKeeper
recipe, service discovery, registry, Consul, Eureka, stale members, network partition, partition, netsplit, black
hole, latency or loss injection, delay, loss, netem, mtbf, mttr, failure rate, repair time, zone outage, grey
failure, data centre lost, fail-slow, rolling update, release, rollout, maxUnavailable, maintenance, recovery time,
recovery point, data loss, threshold, promise, error budget, least privilege, network policy, security group, ACL,
block-list, blacklist, denylist, allow-list, WAF, own program in the design, at, start, stand-in, service under test
`

test('the beginning of a product is enough', () => {
  expect(beginningWith('postgres', entries).map(({ family }) => family)).toEqual(['preset', 'product'])
  expect(beginningWith('mongo', entries).map(({ word }) => word)).toEqual(['mongodb'])
  expect(beginningWith('go', entries)).toEqual([])
})

test('every word that an engineer types is found, or is not there yet', () => {
  const lost = words
    .split(/,\s/)
    .filter((word) => answer(word.trim()) === '' && beginningWith(word, entries).length === 0)
  expect(lost).toEqual([])
})

test.each([
  ['server', ['service']],
  ['cpu', []],
  ['cloud', []],
  ['google', []],
])('explain %s lists no product that only contains the word', (word, found) => {
  expect(explain(word, entries).map((one) => one.word)).toEqual(found)
})

test.each(['sawtooth', 'packet loss rate', 'restarted', 'histograms of', 'gatling gun', 'serialise'])(
  'did you mean offers nothing for %s',
  (word) => {
    const rows = glossary.map(({ words: [first = '', ...aliases] }) => ({ word: first, aliases }))
    expect(nearestWord(word, [...entries, ...rows])).toBeUndefined()
  },
)

test.each([
  ['thruoghput', 'throughput'],
  ['utilzation', 'utilization'],
  ['kuberntes', 'kubernetes'],
  ['evicton', 'eviction'],
])('did you mean corrects %s to %s', (word, right) => {
  const rows = glossary.map(({ words: [first = '', ...aliases] }) => ({ word: first, aliases }))
  expect(nearestWord(word, [...entries, ...rows])).toBe(right)
})

test('every product in which something is seen is found by its name', () => {
  const seenIn = entries.flatMap((one) => one.seenIn).map((text) => text.replace(/`[^`]*`|\([^)]*\)/g, '').trim())
  const products = seenIn.filter((name) => !name.includes(' ') || /[A-Z]/.test(name))
  expect(products.length).toBeGreaterThan(40)
  expect(products.filter((name) => explain(name, entries).length === 0)).toEqual([])
})

test('a description of where something is seen is no product', () => {
  const products = entries.filter(({ family }) => family === 'product').map(({ word }) => word)
  const fragments = products.filter((word) => /[,=]|^the |^(?:buffers|disk controllers|caches of) /.test(word))
  expect(fragments).toEqual([])
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
