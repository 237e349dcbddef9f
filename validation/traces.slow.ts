import { spawnSync } from 'node:child_process'
import { describe, expect, it } from 'vitest'
import { inventoryOf, lruHits, otherTraces, requestsOf, traceFile } from './testing-recorded.ts'

describe.skipIf(otherTraces === undefined)('long public traces (needs LOADPATH_TRACES)', () => {
  /** C02: README of an independent LRU in C++; C17: FAST 2003, table III. */
  it('P3 hits with LRU exactly as published', () => {
    const { collector } = requestsOf('arc/P3.lis.zst')
    const { requests, distinct } = inventoryOf(collector)
    expect([requests, distinct]).toEqual([3_912_296, 762_543])
    expect(lruHits(collector, [1024, 2048, 4096])).toEqual({ 1024: 41_051, 2048: 45_052, 4096: 51_596 })
  })

  it('P2, of 12.7 million requests, is read within 400 MB', () => {
    const program = ['--max-old-space-size=200', 'packages/cli/bin/loadpath.js', 'trace', traceFile('arc/P2.lis.zst')]
    const script = `process.on('exit', () => console.error('peak', process.resourceUsage().maxRSS))`
    const preload = `data:text/javascript,${encodeURIComponent(script)}`
    const { stdout, stderr, status } = spawnSync(process.execPath, ['--import', preload, ...program, '--json'], {
      encoding: 'utf8',
      maxBuffer: 1e8,
    })
    expect(status).toBe(0)
    const { inventory } = JSON.parse(stdout) as { inventory: { requests: number; distinct: number } }
    expect([inventory.requests, inventory.distinct]).toEqual([12_729_495, 913_347])
    expect(Number(/peak (\d+)/.exec(stderr)?.[1])).toBeLessThan(400_000)
  })
})
