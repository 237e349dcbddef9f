import { existsSync } from 'node:fs'
import { type Browser, chromium } from 'playwright-core'

/** Where Debian and its kin put Chromium; another place is named by the variable CHROMIUM. */
const executable = process.env.CHROMIUM ?? '/usr/bin/chromium'

/** Whether there is a Chromium to test with. A test that is skipped for want of it has `(needs chromium)` in its name. */
export const hasChromium = existsSync(executable)

/** Starts the browser. The caller closes it. */
export function launchChromium(): Promise<Browser> {
  return chromium.launch({ executablePath: executable, args: ['--no-sandbox'] })
}
