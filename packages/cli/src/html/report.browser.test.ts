import type { Comparison } from '@loadpath/core'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { estimate, quantity } from '../print/number.ts'
import { responseOf } from '../print/percentiles.ts'
import {
  designFrom,
  designsToCompare,
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
    compared = await reports.compare('comparison', designsToCompare())
  }, 180_000)

  afterAll(() => reports?.close())

  describe.concurrent.each(['hello', 'comparison'])('%s', (name) => {
    test('is sound on a desk, and fits on a phone', async () => {
      const opened = await reports.open(name, desk)
      expect(await faultsOf(opened)).toEqual(sound)
      await opened.page.setViewportSize({ width: phone.width, height: 900 })
      expect(await overflow(opened.page)).toBe(0)
      await opened.close()
    }, 120_000)
  })

  test.concurrent.each(['overloaded'])(
    '%s can be read on a phone in the dark',
    async (name) => {
      const opened = await reports.open(name, phone)
      expect(await faultsOf(opened, ['color-contrast'])).toEqual(sound)
      await opened.close()
    },
    120_000,
  )

  test('is small enough to be sent by mail', () => {
    for (const name of names) expect(reports.written.get(name)?.bytes).toBeLessThan(400_000)
  })

  test.each(['hello', 'photo-sharing'])('%s says the numbers of its answer', async (name) => {
    const { page, answer, close } = await reports.open(name, desk)
    const [all] = answer.requests
    if (all === undefined) throw new Error('every answer has requests')
    const tail = all.percentiles.find(({ percentile }) => percentile === 99)
    if (tail === undefined) throw new Error('p99 is shown')
    expect(await tiles(page)).toMatchObject({
      offered: words(estimate(all.offeredPerSecond, 'rate')),
      answered: words(estimate(all.throughputPerSecond, 'rate')),
      'mean response': words(estimate(all.mean, 'duration')),
      '99 in 100 within': words(responseOf(tail).replace(/^not enough:|,/, (found) => found.replace(/[:,]/, ''))),
    })
    expect(await headings(page)).toEqual(
      expect.arrayContaining(['The design', 'How long it takes', 'Where the time goes']),
    )
    const verdicts = await page.getByRole('table', { name: 'Objectives' }).getByRole('row').allInnerTexts()
    expect(verdicts.slice(1)).toEqual(answer.objectives.map(({ verdict }) => expect.stringContaining(verdict)))
    await close()
  })

  test('every block and call of a design is on its picture, and in words beside it', async () => {
    const { page, answer, close } = await reports.open('photo-sharing', desk)
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
    const { page, answer, close } = await reports.open('overloaded', phone)
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
    const { page, close } = await reports.open('comparison', desk)
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
    const { page, close } = await reports.open('hello', { width: 390, scheme: 'light' })
    const first = page.locator('figure summary').first()
    for (let i = 0; i < 40 && !(await first.evaluate((one) => one.matches(':focus'))); i++)
      await page.keyboard.press('Tab')
    await page.keyboard.press('Enter')
    expect(await page.getByRole('table', { name: 'Calls per second' }).isVisible()).toBe(true)
    await close()
  })

  test('on paper it is black on white, and uses the width of the sheet', async () => {
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
