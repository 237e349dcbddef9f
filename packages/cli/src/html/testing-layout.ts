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

/** Returns the labels of visible pictures that a line covers, or that cover a line of data. */
export function coveredLabels(page: Page): Promise<readonly string[]> {
  return page.evaluate<string[]>(`(() => {
    const covered = []
    for (const picture of document.querySelectorAll('svg.picture')) {
      if (picture.getClientRects().length === 0) continue
      const strokes = [...picture.querySelectorAll('line, path')]
        .filter((one) => getComputedStyle(one).stroke !== 'none' && one.getTotalLength() > 0)
        .map((one) => ({ one, points: pointsOf(one) }))
      for (const text of picture.querySelectorAll('text')) {
        const { left, right, top, bottom } = text.getBoundingClientRect()
        const isInside = ({ x, y }) => x > left + 1 && x < right - 1 && y > top + 3 && y < bottom - 3
        const over = strokes.filter(({ one, points }) => {
          const isAbove = (text.compareDocumentPosition(one) & Node.DOCUMENT_POSITION_FOLLOWING) !== 0
          return (isAbove || one.classList.contains('line')) && points.some(isInside)
        })
        if (over.length > 0) covered.push(text.textContent + ' in ' + picture.getAttribute('aria-label').slice(0, 40))
      }
    }
    return covered
    function pointsOf(one) {
      const toScreen = one.getScreenCTM()
      const length = one.getTotalLength()
      const steps = Math.ceil(length / 3)
      return Array.from({ length: steps + 1 }, (_, i) => {
        return one.getPointAtLength(steps === 0 ? 0 : (length * i) / steps).matrixTransform(toScreen)
      })
    }
  })()`)
}

/** Returns the axes whose labels have more than one unit of time. */
export function mixedUnits(page: Page): Promise<readonly string[]> {
  return page.evaluate<string[]>(`[...document.querySelectorAll('svg.picture .axis')]
    .map((axis) => [...axis.querySelectorAll('text')].map((text) => text.textContent))
    .filter((labels) => new Set(labels.flatMap((label) => label.match(/[µm]?s$|min$|h$/u) ?? [])).size > 1)
    .map((labels) => labels.join(', '))`)
}

/** Returns how many points of answered lines a picture has between two events, and the length of its unanswered lines. */
export function linesBetween(page: Page, label: string, events: readonly [number, number]) {
  return page.evaluate<{ answered: number; unanswered: number }>(`(() => {
    const picture = document.querySelector('.wide > svg[aria-label^="${label}"]')
    const marks = [...picture.querySelectorAll('.events line')].map((line) => Number(line.getAttribute('x1'))).sort((a, b) => a - b)
    const [from, to] = [marks[${events[0]}] + 12, marks[${events[1]}] - 12]
    const isBetween = (x) => x > from && x < to
    const lengthOf = (path) => path.getTotalLength()
    const answered = [...picture.querySelectorAll('path.line:not(.never)')].flatMap((path) =>
      Array.from({ length: Math.ceil(lengthOf(path)) }, (_, i) => path.getPointAtLength(i).x).filter(isBetween),
    )
    const never = [...picture.querySelectorAll('path.never')]
    return { answered: answered.length, unanswered: never.reduce((sum, path) => sum + lengthOf(path), 0) }
  })()`)
}
