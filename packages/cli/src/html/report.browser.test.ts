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
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { estimate, quantity } from '../print/number.ts'
import { responseOf } from '../print/percentiles.ts'
import { htmlComparison } from './comparison.ts'
import { htmlReport } from './report.ts'

const executablePath = process.env.CHROMIUM ?? '/usr/bin/chromium'
const options: SimulateOptions = {
  runner: async (tasks) => tasks.map((task) => replicate(task)),
  pictures: true,
  traceSlowest: true,
}

const folder = mkdtempSync(join(tmpdir(), 'loadpath-browser-'))
let browser: Browser
const written = new Map<string, { readonly file: string; readonly answer: Answer; readonly bytes: number }>()
let compared: Comparison

/** Names that a browser would run if it were let to. */
const hostileAbout = `</script><script>document.title = 'run'</script><img src=x onerror="document.title='run'">`

const twoVariants = `loadpath: 1
name: two ways
about: ${JSON.stringify(hostileAbout)}
traffic: { visitors: { rate: 200/s, requests: { page: { to: web } } } }
blocks: { web: { type: service, instances: 4, price: $0.10/h, endpoints: { page: [ { compute: exponential 10ms } ] } } }
objectives: [ p99 < 200ms ]
variants: { three: { web.instances: 3 }, drowned: { web.instances: 1 } }
run: { until: 5% }
`

function designOf(text: string, more: { set?: readonly string[]; variant?: string } = {}): Design {
  const { design, problems } = readDesign(text, catalogue, more)
  if (design === undefined) throw new Error(problems.map(({ message }) => message).join('; '))
  return design
}

function designFrom(name: string, set: readonly string[] = []): Design {
  const file = new URL(`../../../../designs/${name}/loadpath.yaml`, import.meta.url)
  return designOf(readFileSync(file, 'utf8'), { set })
}

function write(name: string, answer: Answer, page: string): void {
  const file = join(folder, `${name}.html`)
  writeFileSync(file, page)
  written.set(name, { file, answer, bytes: Buffer.byteLength(page) })
}

/** Those in which every kind of fold is found: unfolding costs the check of rules a long time. */
const unfolded = new Set(['photo-sharing', 'comparison'])
const names = ['hello', 'photo-sharing', 'stack-overflow-2016', 'overloaded', 'comparison'] as const

describe.skipIf(!existsSync(executablePath))('reports in a browser (needs chromium)', () => {
  beforeAll(async () => {
    const designs: Readonly<Record<string, Design>> = {
      hello: designFrom('hello'),
      'photo-sharing': designFrom('photo-sharing'),
      'stack-overflow-2016': designFrom('stack-overflow-2016', ['run.until=5%']),
      overloaded: designFrom('hello', ['visitors.rate=5000/s']),
    }
    for (const [name, design] of Object.entries(designs)) {
      const answer = await simulate(design, options)
      write(name, answer, htmlReport(answer))
    }
    const variants = ['three', 'drowned'].map((variant) => designOf(twoVariants, { variant }))
    compared = await compare([designOf(twoVariants), ...variants], options)
    write('comparison', compared.designs[0] as Answer, htmlComparison(compared))
    browser = await chromium.launch({ executablePath, args: ['--no-sandbox'] })
  }, 180_000)

  afterAll(async () => {
    await browser?.close()
    rmSync(folder, { recursive: true, force: true })
  })

  describe.each(names)('%s', (name) => {
    test.each([
      [1440, 'light'],
      [390, 'dark'],
    ] as const)(
      'is sound at %d px, %s',
      async (width, colorScheme) => {
        const { page, heard, close } = await open(name, width, colorScheme)
        expect(await overflow(page)).toBe(0)
        if (unfolded.has(name) && width === 1440) await unfold(page)
        const violations = await violationsOf(new AxeBuilder({ page }))
        expect({ heard, violations, overflow: await overflow(page) }).toEqual({
          heard: [],
          violations: [],
          overflow: 0,
        })
        await close()
      },
      120_000,
    )

    test.each([
      [1440, 'dark'],
      [390, 'light'],
    ] as const)(
      'can be read at %d px, %s',
      async (width, colorScheme) => {
        const { page, heard, close } = await open(name, width, colorScheme)
        const violations = await violationsOf(new AxeBuilder({ page }).withRules(['color-contrast']))
        expect({ heard, violations, overflow: await overflow(page) }).toEqual({
          heard: [],
          violations: [],
          overflow: 0,
        })
        await close()
      },
      120_000,
    )
  })

  test('is small enough to be sent by mail', () => {
    for (const name of names) expect(written.get(name)?.bytes).toBeLessThan(400_000)
  })

  test.each(['hello', 'photo-sharing', 'stack-overflow-2016'] as const)(
    '%s says the numbers of its answer',
    async (name) => {
      const { page, answer, close } = await open(name, 1440, 'light')
      const [all] = answer.requests
      if (all === undefined) throw new Error('every answer has requests')
      const tail = all.percentiles.find(({ percentile }) => percentile === 99)
      if (tail === undefined) throw new Error('p99 is shown')
      expect(await tiles(page)).toMatchObject({
        offered: words(estimate(all.offeredPerSecond, 'rate')),
        answered: words(estimate(all.answeredPerSecond, 'rate')),
        'mean response': words(estimate(all.mean, 'duration')),
        '99 in 100 within': words(responseOf(tail).replace(',', '')),
      })
      expect(await headings(page)).toEqual(
        expect.arrayContaining(['The design', 'How long it takes', 'Where the time goes']),
      )
      const verdicts = await page.getByRole('table', { name: 'Objectives' }).getByRole('row').allInnerTexts()
      expect(verdicts.slice(1)).toEqual(answer.objectives.map(({ verdict }) => expect.stringContaining(verdict)))
      await close()
    },
  )

  test('every block and call of a design is on its picture, and in words beside it', async () => {
    const { page, answer, close } = await open('photo-sharing', 1440, 'light')
    const picture = page.getByRole('img', { name: /^Who calls whom/ })
    const text = await picture.evaluate((one) => one.textContent ?? '')
    for (const { name } of answer.blocks) expect(text).toContain(name)
    expect(text).toContain('bottleneck')
    const label = (await picture.getAttribute('aria-label')) ?? ''
    for (const { from, to } of answer.pictures?.calls ?? []) expect(label).toContain(`${from} to ${to}`)
    const events = await page
      .getByRole('img', { name: /^Requests per second/ })
      .evaluate((one) => one.textContent ?? '')
    for (const { label: event } of answer.pictures?.overTime?.events ?? []) expect(events).toContain(event)
    await close()
  })

  test('an overloaded design shows its backlog, and no response time', async () => {
    const { page, answer, close } = await open('overloaded', 390, 'dark')
    expect(await headings(page)).toContain('The growing backlog')
    expect(await headings(page)).not.toContain('How long it takes')
    const [worst] = answer.verdict.overloads
    expect(await tiles(page)).toMatchObject({
      'backlog grows': expect.stringContaining(quantity(worst?.growsPerSecond ?? Number.NaN, 'rate')),
    })
    expect(await page.getByRole('img', { name: /^Calls inside, waiting or in work/ }).isVisible()).toBe(true)
    await close()
  })

  test('a comparison says which differences are certain, and holds every design in full', async () => {
    const { page, close } = await open('comparison', 1440, 'light')
    expect(await page.title()).toBe('Comparison: two ways · three · drowned – Loadpath')
    const said = page.getByText('What is certain').locator('..')
    expect(await said.innerText()).toContain('no difference can be given, as drowned does not carry the load')
    await unfold(page)
    const [difference] = compared.differences
    const rows = await page.getByRole('table', { name: 'three against two ways' }).getByRole('row').allInnerTexts()
    expect(rows.slice(1)).toEqual(
      difference?.measures.map(({ measure, verdict }) =>
        expect.stringMatching(new RegExp(`^${measure}.*${verdict}$`, 's')),
      ),
    )
    expect(await page.getByRole('heading', { name: 'Assumptions' }).count()).toBe(3)
    expect(await page.getByText(hostileAbout).first().isVisible()).toBe(true)
    await close()
  })

  test('everything can be reached and unfolded by keyboard', async () => {
    const { page, close } = await open('hello', 390, 'light')
    const first = page.locator('figure summary').first()
    for (let i = 0; i < 40 && !(await first.evaluate((one) => one.matches(':focus'))); i++)
      await page.keyboard.press('Tab')
    await page.keyboard.press('Enter')
    expect(await page.getByRole('table', { name: 'Calls per second' }).isVisible()).toBe(true)
    await close()
  })

  test('on paper it is black on white, and uses the width of the sheet', async () => {
    const { page, close } = await open('photo-sharing', 690, 'dark')
    await page.emulateMedia({ media: 'print', colorScheme: 'dark' })
    expect(await page.evaluate('getComputedStyle(document.body).color')).toBe('rgb(0, 0, 0)')
    expect(await page.locator('figure .wide').first().isVisible()).toBe(true)
    expect(await overflow(page)).toBe(0)
    const pdf = await page.pdf({ format: 'A4', preferCSSPageSize: true })
    expect(pdf.subarray(0, 5).toString()).toBe('%PDF-')
    await close()
  })
})

/** A page, and everything on it that a quiet page would not say or ask for. */
async function open(name: (typeof names)[number], width: number, colorScheme: 'light' | 'dark') {
  const one = written.get(name)
  if (one === undefined) throw new Error(`${name} was not written`)
  const context = await browser.newContext({ viewport: { width, height: 900 }, colorScheme })
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

/** What axe finds wrong, with the first place where. */
async function violationsOf(axe: AxeBuilder): Promise<readonly string[]> {
  const { violations } = await axe.analyze()
  return violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`)
}

function overflow(page: Page): Promise<number> {
  return page.evaluate<number>('document.documentElement.scrollWidth - document.documentElement.clientWidth')
}

async function unfold(page: Page): Promise<void> {
  await page.evaluate("for (const one of document.querySelectorAll('details')) one.open = true")
}

function headings(page: Page): Promise<readonly string[]> {
  return page.getByRole('heading', { level: 2 }).allInnerTexts()
}

/** What the numbers that matter say, by name. */
async function tiles(page: Page): Promise<Readonly<Record<string, string>>> {
  const all = await page
    .locator('.tiles > div')
    .evaluateAll((found) =>
      found.map((one) => [one.querySelector('dt')?.textContent ?? '', one.querySelector('dd')?.textContent ?? '']),
    )
  return Object.fromEntries(all.map(([name, value]) => [name, words(value ?? '')]))
}

/** As one hears it: without the difference between kinds of space. */
function words(text: string): string {
  return text.replace(/\s+/g, ' ')
}
