import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { designFrom, designsToCompare, faultsOf, hasChromium, ReportBrowser, sound, unfold } from './testing-reports.ts'

let reports: ReportBrowser

describe.skipIf(!hasChromium)('every report at every width and colour scheme (needs chromium)', () => {
  beforeAll(async () => {
    reports = await ReportBrowser.launch()
    await reports.simulate('hello', designFrom('hello'))
    await reports.simulate('photo-sharing', designFrom('photo-sharing'))
    await reports.simulate('stack-overflow-2016', designFrom('stack-overflow-2016', ['run.until=5%']))
    await reports.simulate('overloaded', designFrom('hello', ['visitors.rate=5000/s']))
    await reports.compare('comparison', designsToCompare())
  })

  afterAll(() => reports?.close())

  describe.each(['hello', 'photo-sharing', 'stack-overflow-2016', 'overloaded', 'comparison'])('%s', (name) => {
    test.each([
      { width: 1440, scheme: 'light' },
      { width: 1440, scheme: 'dark' },
      { width: 390, scheme: 'light' },
      { width: 390, scheme: 'dark' },
    ] as const)('has no faults at $width px, $scheme', async (reader) => {
      const opened = await reports.open(name, reader)
      expect(await faultsOf(opened)).toEqual(sound)
      await opened.close()
    })

    test('has no faults with everything unfolded', async () => {
      const opened = await reports.open(name, { width: 1440, scheme: 'light' })
      await unfold(opened.page)
      expect(await faultsOf(opened)).toEqual(sound)
      await opened.close()
    })
  })
})
