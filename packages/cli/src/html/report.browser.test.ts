import type { Comparison } from '@loadpath/core'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { estimate, quantity } from '../print/number.ts'
import { responseOf } from '../print/percentiles.ts'
import { brokenWords, coveredLabels, linesBetween, mixedUnits, scrollsWithoutCue } from './testing-layout.ts'
import {
  designFrom,
  designsToCompare,
  failingDesign,
  faultsOf,
  hasChromium,
  hostileAbout,
  overflow,
  ReportBrowser,
  sound,
  unfold,
} from './testing-reports.ts'

let reports: ReportBrowser
let compared: Comparison

const names = ['hello', 'photo-sharing', 'overloaded', 'comparison'] as const

/** The readers of the quick tests; `report.browser.slow.ts` looks at every report in every way. */
const desk = { width: 1440, scheme: 'light' } as const
const phone = { width: 390, scheme: 'dark' } as const

describe.skipIf(!hasChromium)('reports in a browser (needs chromium)', () => {
  beforeAll(async () => {
    reports = await ReportBrowser.launch()
    await reports.simulate('hello', designFrom('hello', ['run.until=5%']))
    await reports.simulate('photo-sharing', designFrom('photo-sharing', ['run.repeat=2']))
    await reports.simulate('overloaded', designFrom('hello', ['visitors.rate=5000/s', 'run.until=5%']))
    await reports.simulate('failing', failingDesign())
    compared = await reports.compare('comparison', designsToCompare())
  }, 180_000)

  afterAll(() => reports?.close())

  describe.concurrent.each(['hello', 'comparison'])('%s', (name) => {
    test('has no faults on a desk, and fits on a phone', async () => {
      const opened = await reports.open(name, desk)
      expect(await faultsOf(opened)).toEqual(sound)
      await opened.page.setViewportSize({ width: phone.width, height: 900 })
      expect(await overflow(opened.page)).toBe(0)
      await opened.close()
    }, 120_000)
  })

  test.concurrent.each(['overloaded'])(
    '%s has enough contrast on a phone in the dark',
    async (name) => {
      const opened = await reports.open(name, phone)
      expect(await faultsOf(opened, ['color-contrast'])).toEqual(sound)
      await opened.close()
    },
    120_000,
  )

  test('each report is smaller than 400 kB', () => {
    for (const name of names) expect(reports.written.get(name)?.bytes).toBeLessThan(400_000)
  })

  test.each(['hello', 'photo-sharing'])('%s shows the numbers of its answer', async (name) => {
    const { page, answer, close } = await reports.open(name, desk)
    const [all] = answer.requests
    if (all === undefined) throw new Error('every answer has requests')
    const tail = all.percentiles.find(({ percentile }) => percentile === 99)
    if (tail === undefined) throw new Error('p99 is shown')
    expect(await tiles(page)).toMatchObject({
      offered: words(estimate(all.offeredPerSecond, 'rate')),
      throughput: words(estimate(all.throughputPerSecond, 'rate')),
      'mean response time': words(estimate(all.mean, 'duration')),
      p99: words(responseOf(tail).replace(/^insufficient data:|,/, (found) => found.replace(/[:,]/, ''))),
    })
    expect(await headings(page)).toEqual(expect.arrayContaining(['Design', 'Response time', 'Response time breakdown']))
    const verdicts = await page.getByRole('table', { name: 'Objectives' }).getByRole('row').allInnerTexts()
    expect(verdicts.slice(1)).toEqual(answer.objectives.map(({ verdict }) => expect.stringContaining(verdict)))
    await close()
  })

  test('the diagram shows every block and call, and its text alternative lists every call', async () => {
    const { page, answer, close } = await reports.open('photo-sharing', desk)
    const picture = page.getByRole('img', { name: /^Calls between blocks/ })
    const text = await picture.evaluate((one) => one.textContent ?? '')
    for (const { name } of answer.blocks) expect(text).toContain(name)
    expect(text).toContain('bottleneck')
    const label = (await picture.getAttribute('aria-label')) ?? ''
    for (const { from, to } of answer.pictures?.calls ?? []) expect(label).toContain(`${from} to ${to}`)
    const events = await page
      .getByRole('img', { name: /^Throughput over time/ })
      .evaluate((one) => one.textContent ?? '')
    for (const { label: event } of answer.pictures?.overTime?.events ?? []) expect(events).toContain(event)
    await close()
  })

  test('an overloaded design shows its backlog and no response time', async () => {
    const { page, answer, close } = await reports.open('overloaded', phone)
    expect(await headings(page)).toContain('Growing backlog')
    expect(await headings(page)).not.toContain('Response time')
    const [worst] = answer.verdict.overloads
    expect(await tiles(page)).toMatchObject({
      'backlog growth': expect.stringContaining(quantity(worst?.growsPerSecond ?? Number.NaN, 'rate')),
    })
    expect(await page.getByRole('img', { name: /^Calls in flight/ }).isVisible()).toBe(true)
    await close()
  })

  test('a comparison lists the significant differences and has every full report', async () => {
    const { page, close } = await reports.open('comparison', desk)
    expect(await page.title()).toBe('Comparison: two ways · three · drowned – Loadpath')
    const said = page.getByText('Significant differences').locator('..')
    expect(await said.innerText()).toContain('no differences, because drowned is overloaded')
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

  test.each([
    ['photo-sharing', 1440],
    ['photo-sharing', 390],
    ['failing', 390],
    ['comparison', 1440],
    ['comparison', 390],
  ] as const)('no word breaks inside in a table: %s at %i px', async (name, width) => {
    const { page, close } = await reports.open(name, { width, scheme: 'light' })
    await unfold(page)
    expect(await brokenWords(page)).toEqual([])
    await close()
  })

  test.each([
    ['photo-sharing', 1440],
    ['photo-sharing', 390],
    ['failing', 1440],
    ['failing', 390],
    ['comparison', 390],
  ] as const)('no line covers a label, and each axis has one unit: %s at %i px', async (name, width) => {
    const { page, close } = await reports.open(name, { width, scheme: 'light' })
    await unfold(page)
    expect(await coveredLabels(page)).toEqual([])
    expect(await mixedUnits(page)).toEqual([])
    await close()
  })

  test('a time without answers is drawn as unanswered, and no line runs through it', async () => {
    const { page, close } = await reports.open('failing', desk)
    const picture = page.locator('.wide > svg[aria-label^="Response time over time"]')
    expect(await picture.evaluate((one) => one.textContent)).toContain('unanswered')
    const found = await linesBetween(page, 'Response time over time', [0, 1])
    expect(found.answered).toBe(0)
    expect(found.unanswered).toBeGreaterThan(100)
    await close()
  })

  test('a wide diagram scrolls on a phone, with a cue above it', async () => {
    const { page, close } = await reports.open('failing', phone)
    const diagram = page.locator('.narrow .over[aria-label^="Calls between blocks"]')
    expect(await diagram.evaluate((box) => box.scrollWidth - box.clientWidth)).toBeGreaterThan(50)
    expect(await scrollsWithoutCue(page)).toEqual([])
    await close()
  })

  test('the table of contents leads to each section', async () => {
    const { page, close } = await reports.open('photo-sharing', phone)
    const links = page.getByRole('navigation', { name: 'Contents' }).getByRole('link')
    expect(await links.allInnerTexts()).toEqual(await headings(page))
    await links.getByText('Assumptions').click()
    expect(await page.getByRole('heading', { name: 'Assumptions' }).isVisible()).toBe(true)
    expect(await page.evaluate('window.scrollY')).toBeGreaterThan(1000)
    await close()
  })

  test('the keyboard reaches and unfolds everything', async () => {
    const { page, close } = await reports.open('hello', { width: 390, scheme: 'light' })
    const first = page.locator('figure summary').first()
    for (let i = 0; i < 40 && !(await first.evaluate((one) => one.matches(':focus'))); i++)
      await page.keyboard.press('Tab')
    await page.keyboard.press('Enter')
    expect(await page.getByRole('table', { name: 'Calls between blocks' }).isVisible()).toBe(true)
    await close()
  })

  test('the printed page is black on white and as wide as the sheet', async () => {
    const { page, close } = await reports.open('photo-sharing', { width: 690, scheme: 'dark' })
    await page.emulateMedia({ media: 'print', colorScheme: 'dark' })
    expect(await page.evaluate('getComputedStyle(document.body).color')).toBe('rgb(0, 0, 0)')
    expect(await page.locator('figure .wide').first().isVisible()).toBe(true)
    expect(await overflow(page)).toBe(0)
    const pdf = await page.pdf({ format: 'A4', preferCSSPageSize: true })
    expect(pdf.subarray(0, 5).toString()).toBe('%PDF-')
    await close()
  })
})

function headings(page: Page): Promise<readonly string[]> {
  return page.getByRole('heading', { level: 2 }).allInnerTexts()
}

/** Returns the key figures by name. */
async function tiles(page: Page): Promise<Readonly<Record<string, string>>> {
  const all = await page
    .locator('.tiles > div')
    .evaluateAll((found) =>
      found.map((one) => [one.querySelector('dt')?.textContent ?? '', one.querySelector('dd')?.textContent ?? '']),
    )
  return Object.fromEntries(all.map(([name, value]) => [name, words(value ?? '')]))
}

/** Returns the text with every kind of space as a plain one. */
function words(text: string): string {
  return text.replace(/\s+/g, ' ')
}
