/** A design that uses one of everything in the toy catalogue. */
export const toyDesign = `# yaml-language-server: $schema=./loadpath.schema.json
$schema: ./loadpath.schema.json
loadpath: 1
name: photo sharing
about: People look at photos far more often than they add one.

traffic:
  visitors:
    rate: 2000/s \u00b1 20%             # an open loop
    shape: { type: spike, factor: 3, at: 60s, for: 20s }
    requests:
      view: { weight: 95, to: front, key: zipf 0.9 over 5M }
      upload: { weight: 5, to: front, size: { p50: 800KiB, p99: 6MiB } }

blocks:
  front: { type: load-balancer, targets: web }
  web:
    type: service
    instances: 8
    workers: 4
    price: $0.19/h
    endpoints:
      view:
        - compute: { p50: 2ms, p99: 9ms }
        - call: album.read
      upload:
        - compute: exponential 15ms
        - { call: album.write, timeout: 4s..6s }
        - parallel: { of: [ [ { compute: 1ms } ], { call: photos.write } ] }
        - respond
  album: { type: cache, of: photos, eviction: slru, capacity: 8GiB, like: redis }
  photos: { type: database, instances: [ { cores: 4 }, { cores: 8 } ] }

faults:
  - { crash: web.2, at: 120s, for: 30s }
  - { crash: photos.leader, at: 10s }

run: { for: 180s, repeat: 20 }

objectives:
  - view.p99 < 200ms
  - visitors.view.p99.9 < 500ms from 60s to 100s
  - availability >= 99.9%
  - album.hit-ratio > 80%
  - cost < $5000/month
  - half.web.utilization < 70%

variants:
  cold: { album.eviction: lru }
  half: { web.instances: 4 }
`
