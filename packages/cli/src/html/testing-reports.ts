import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { AxeBuilder } from '@axe-core/playwright'
import {
  type Answer,
  type Comparison,
  catalogue,
  compare,
  type Design,
  readDesign,
  replicate,
  type SimulateOptions,
  simulate,
} from '@loadpath/core'
import { type Browser, chromium, type Page } from 'playwright-core'
import { htmlComparison } from './comparison.ts'
import { htmlReport } from './report.ts'

const executablePath = process.env.CHROMIUM ?? '/usr/bin/chromium'
export const hasChromium = existsSync(executablePath)

const options: SimulateOptions = {
  runner: async (tasks) => tasks.map((task) => replicate(task)),
  pictures: true,
  traceSlowest: true,
}

/** A report in a file. */
export interface Written {
  readonly file: string
  readonly answer: Answer
  readonly bytes: number
}

/** An open page, with its console messages and requests. */
export interface Opened {
  readonly page: Page
  readonly heard: readonly string[]
  readonly answer: Answer
  close(): Promise<void>
}

/** Screen and colour scheme of a reader. */
export interface Reader {
  readonly width: number
  readonly scheme: 'light' | 'dark'
}

/** A browser and the reports to open in it. */
export class ReportBrowser {
  readonly written = new Map<string, Written>()
  private readonly browser: Browser
  private readonly folder = mkdtempSync(join(tmpdir(), 'loadpath-browser-'))

  private constructor(browser: Browser) {
    this.browser = browser
  }

  static async launch(): Promise<ReportBrowser> {
    return new ReportBrowser(await chromium.launch({ executablePath, args: ['--no-sandbox'] }))
  }

  async simulate(name: string, design: Design): Promise<void> {
    const answer = await simulate(design, options)
    this.write(name, answer, htmlReport(answer))
  }

  async compare(name: string, designs: readonly Design[]): Promise<Comparison> {
    const compared = await compare(designs, options)
    this.write(name, compared.designs[0] as Answer, htmlComparison(compared))
    return compared
  }

  private write(name: string, answer: Answer, page: string): void {
    const file = join(this.folder, `${name}.html`)
    writeFileSync(file, page)
    this.written.set(name, { file, answer, bytes: Buffer.byteLength(page) })
  }

  async open(name: string, { width, scheme }: Reader): Promise<Opened> {
    const one = this.written.get(name)
    if (one === undefined) throw new Error(`${name} was not written`)
    const context = await this.browser.newContext({ viewport: { width, height: 900 }, colorScheme: scheme })
    const page = await context.newPage()
    const address = pathToFileURL(one.file).href
    const heard: string[] = []
    page.on('console', (message) => heard.push(message.text()))
    page.on('pageerror', (error) => heard.push(error.message))
    page.on('request', (request) => {
      if (request.url() !== address) heard.push(request.url())
    })
    await page.goto(address)
    return { page, heard, answer: one.answer, close: () => context.close() }
  }

  async close(): Promise<void> {
    await this.browser.close()
    rmSync(this.folder, { recursive: true, force: true })
  }
}

export function designOf(text: string, more: { set?: readonly string[]; variant?: string } = {}): Design {
  const { design, problems } = readDesign(text, catalogue, more)
  if (design === undefined) throw new Error(problems.map(({ message }) => message).join('; '))
  return design
}

export function designFrom(name: string, set: readonly string[] = []): Design {
  const file = new URL(`../../../../designs/${name}/loadpath.yaml`, import.meta.url)
  return designOf(readFileSync(file, 'utf8'), { set })
}

/** Markup that a browser would run if the page did not escape it. */
export const hostileAbout = `</script><script>document.title = 'run'</script><img src=x onerror="document.title='run'">`

const twoVariants = `loadpath: 1
name: two ways
about: ${JSON.stringify(hostileAbout)}
traffic: { visitors: { rate: 200/s, requests: { page: { to: web } } } }
blocks: { web: { type: service, instances: 4, price: $0.10/h, endpoints: { page: [ { compute: exponential 10ms } ] } } }
objectives: [ p99 < 200ms ]
variants: { three: { web.instances: 3 }, drowned: { web.instances: 1 } }
run: { until: 5% }
`

const failingFan = `loadpath: 1
name: six stores behind one service
traffic: { visitors: { rate: 200/s, requests: { page: { to: web } } } }
blocks:
  web: { type: service, cores: 4, endpoints: { page: [ { compute: exponential 5ms }, { call: accounts.read }, { call: basket.read }, { call: catalogue.read }, { call: prices.read }, { call: reviews.read }, { call: stock.read } ] } }
  accounts: { type: database, read: 1ms }
  basket: { type: database, read: 1ms }
  catalogue: { type: database, read: 1ms }
  prices: { type: database, read: 1ms }
  reviews: { type: database, read: 1ms }
  stock: { type: database, read: 1ms }
faults: [ { crash: web, at: 10s, for: 10s } ]
objectives: [ p99 < 200ms ]
run: { for: 40s, repeat: 10 }
`

/** Returns a design with a wide diagram that answers nothing from 10 s to 20 s. */
export function failingDesign(): Design {
  return designOf(failingFan)
}

/** Returns a design, a variant that carries the load, and one that is overloaded. */
export function designsToCompare(): readonly Design[] {
  return [designOf(twoVariants), ...['three', 'drowned'].map((variant) => designOf(twoVariants, { variant }))]
}

/** The faults of a page without any. */
export const sound = { heard: [], violations: [], overflow: 0 }

/** Returns the faults of a page by all rules or by those named; equals `sound` if there are none. */
export async function faultsOf({ page, heard }: Opened, rules?: readonly string[]) {
  const axe = new AxeBuilder({ page })
  const { violations } = await (rules === undefined ? axe : axe.withRules([...rules])).analyze()
  return {
    heard,
    violations: violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`),
    overflow: await overflow(page),
  }
}

export function overflow(page: Page): Promise<number> {
  return page.evaluate<number>('document.documentElement.scrollWidth - document.documentElement.clientWidth')
}

export async function unfold(page: Page): Promise<void> {
  await page.evaluate("for (const one of document.querySelectorAll('details')) one.open = true")
}
