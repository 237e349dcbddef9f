import type { Page } from 'playwright-core'

/** Returns the words that break inside, in all tables that are visible. */
export function brokenWords(page: Page): Promise<readonly string[]> {
  return page.evaluate<string[]>(`(() => {
    const broken = []
    for (const table of document.querySelectorAll('table')) {
      const walker = document.createTreeWalker(table, NodeFilter.SHOW_TEXT)
      for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
        for (const { 0: word, index } of node.data.matchAll(/[\\p{L}\\p{N}]+/gu)) {
          const range = document.createRange()
          range.setStart(node, index)
          range.setEnd(node, index + word.length)
          const lines = new Set([...range.getClientRects()].map(({ top }) => Math.round(top)))
          if (lines.size > 1) broken.push(word)
        }
      }
    }
    return broken
  })()`)
}

/** Returns the pictures that scroll sideways without a visible cue above them. */
export function scrollsWithoutCue(page: Page): Promise<readonly string[]> {
  return page.evaluate<string[]>(`[...document.querySelectorAll('.over')]
    .filter((box) => box.scrollWidth > box.clientWidth + 1)
    .filter((box) => {
      const cue = box.previousElementSibling
      return cue === null || cue.getClientRects().length === 0 || !cue.textContent.includes('Scroll sideways')
    })
    .map((box) => box.getAttribute('aria-label'))`)
}
