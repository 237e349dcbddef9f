import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Browser, Page } from 'playwright-core'
import { build } from 'tsdown'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { hasChromium, launchChromium } from '../scripts/chromium.ts'
import { answerTo, type Question } from './worker.ts'

const read = (name: string) => readFileSync(new URL(`${name}/loadpath.yaml`, import.meta.url), 'utf8')
const short = ['run={ for: 500ms, repeat: 2, worlds: 10 }', 'objectives=[]', 'faults=[]']

/** Every distribution, back-off and fault: whatever draws a number or computes one. */
const everything = `loadpath: 1
name: everything that draws
traffic:
  visitors:
    rate: 200/s ± 10%
    arrival: bursty cv 3
    shape: { type: diurnal, period: 1s }
    requests:
      get: { to: net, key: zipf 0.9 over 100k, size: { distribution: pareto, min: 1kB, shape: 1.5, max: 1MB }, timeout: 80ms, retry: { attempts: 3 } }
      put: { to: net, key: uniform over 1k, size: { distribution: erlang, stages: 3, mean: 10kB } }
  bots: { users: 4, think: exponential 50ms, requests: { get: { to: front } } }
blocks:
  net: { type: link, to: front, latency: exponential 2ms, bandwidth: 400Mbit/s, loss: 1% }
  front: { type: load-balancer, choice: power-of-two, targets: web }
  web:
    type: service
    instances: 3
    workers: 6
    endpoints:
      any: [ { compute: { p50: 3ms, p99: 20ms } }, { parallel: [ [ { call: album.read } ], [ { wait: { distribution: hyperexponential, mean: 2ms, cv: 3 } } ] ] } ]
  album: { type: cache, of: photos, capacity: 2000, ttl: 500ms, single-flight: per-key }
  photos: { type: database, connections: 10, read: { distribution: empirical, values: [1ms, 2ms, 9ms] } }
faults:
  - { crash: web.2, at: 300ms, for: 200ms }
  - { slow: photos, factor: 3, at: 500ms }
  - { pause: web, every: exponential 200ms, for: exponential 20ms }
run: { for: 1s, repeat: 3, worlds: 10 }
`

const questions: readonly (readonly [string, Question])[] = [
  ['every kind of random, with faults and worlds', { text: everything, set: [] }],
  ['hello', { text: read('hello'), set: short }],
  ['stack overflow', { text: read('stack-overflow-2016'), set: short }],
]

describe.skipIf(!hasChromium)('in a worker of a real browser (needs chromium)', () => {
  const folder = mkdtempSync(join(tmpdir(), 'loadpath-worker-'))
  let browser: Browser
  let page: Page

  beforeAll(async () => {
    await build({
      entry: { worker: fileURLToPath(new URL('worker.ts', import.meta.url)) },
      outDir: folder,
      platform: 'browser',
      format: 'iife',
      dts: false,
      config: false,
      logLevel: 'silent',
      deps: { alwaysBundle: [/./] },
      inputOptions: { resolve: { conditionNames: ['loadpath-source', 'import', 'default'] } },
    })
    browser = await launchChromium()
    page = await browser.newPage()
  }, 60_000)

  afterAll(async () => {
    await browser?.close()
    rmSync(folder, { recursive: true })
  })

  it.each(questions)('%s gives the same bytes as in Node', { timeout: 60_000 }, async (_name, question) => {
    const code = readFileSync(join(folder, 'worker.iife.js'), 'utf8')
    const found = await page.evaluate(askWorker, { code, question })
    const here = await answerTo(question)
    expect(found.length).toBeGreaterThan(5000)
    expect(found === here).toBe(true)
  })
})

/** Runs in the page: it asks a worker made of `code`. */
function askWorker({ code, question }: { code: string; question: Question }): Promise<string> {
  interface Page {
    readonly URL: { createObjectURL(blob: unknown): string }
    readonly Blob: new (parts: readonly string[]) => unknown
    readonly Worker: new (
      url: string,
    ) => {
      onmessage: (event: { data: string }) => void
      onerror: (event: { message: string }) => void
      postMessage(question: Question): void
    }
  }
  const { URL, Blob, Worker } = globalThis as unknown as Page
  return new Promise((resolve, reject) => {
    const worker = new Worker(URL.createObjectURL(new Blob([code])))
    worker.onmessage = ({ data }) => resolve(data)
    worker.onerror = ({ message }) => reject(new Error(message))
    worker.postMessage(question)
  })
}
