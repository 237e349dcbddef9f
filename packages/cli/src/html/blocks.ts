import type { Answer, BlockAnswer } from '@loadpath/core'
import { queueLength, unitOfWaits, waits } from '../print/blocks.ts'
import { estimate, inOneUnit, type Measured } from '../print/number.ts'
import { breakable } from './breakable.ts'
import { dataTable } from './data-table.ts'
import { type Content, html, type Markup, nothing } from './markup.ts'
import { type Place, section } from './place.ts'

/** Returns the load, utilization, queues and times of each block. */
export function blocks({ blocks: all, run }: Answer, place: Place): Markup {
  if (all.length === 0 || run.isUnsettled === true) return nothing
  const [inBlock, wait] = [inOneUnit(all.map(({ mean }) => mean)), unitOfWaits(all)]
  const columns: readonly { heading: string; read: (block: BlockAnswer) => Content }[] = [
    { heading: 'block', read: ({ name, type }) => html`${name} <span class="quiet">${type}</span>` },
    { heading: 'calls', read: (block) => estimate(block.arrivedPerSecond, 'rate') },
    { heading: 'utilization', read: usage },
    { heading: 'queue length', read: waiting },
    { heading: 'mean wait', read: (block) => meanWait(block, wait) },
    {
      heading: 'mean time in block',
      read: (block) => (block.mean.sufficient ? estimate(block.mean, inBlock) : '–'),
    },
    {
      heading: 'hit ratio',
      read: ({ hitRatio }) => (hitRatio === null ? '–' : estimate(hitRatio, 'share')),
    },
    { heading: 'stale', read: ({ age }) => (age === null ? '–' : estimate(age.stale, 'share')) },
  ]
  const isShown = (heading: string): boolean => {
    if (heading === 'hit ratio') return all.some(({ hitRatio }) => hitRatio !== null)
    return heading !== 'stale' || all.some(({ age }) => age !== null)
  }
  const shown = columns.filter(({ heading }) => isShown(heading))
  const content = dataTable({
    caption: 'Load, utilization, queues and times by block',
    cards: true,
    columns: shown.map(({ heading }, i) => (i === 0 ? { heading } : { heading, align: 'right' })),
    rows: all.map((block) => shown.map(({ read }) => read(block))),
  })
  return section(place, 'Blocks', [content])
}

function usage({ name: block, resources }: BlockAnswer): Content {
  if (resources.length === 0) return '–'
  return resources.map(({ name, mean, instance, utilization }) => {
    const fullest =
      instance === null ? nothing : html`<div>${block}.${instance} ${breakable(estimate(utilization, 'share'))}</div>`
    return html`<div>${name} ${breakable(estimate(mean, 'share'))}</div>${fullest}`
  })
}

function meanWait(block: BlockAnswer, unit: Measured): Content {
  const means = waits(block, unit)
  if (means.length === 0) return '–'
  return means.map((mean) => html`<div>${mean === '' ? '–' : breakable(mean)}</div>`)
}

function waiting({ queues }: BlockAnswer): Content {
  if (queues.length === 0) return '–'
  return queues.map(({ name, mean, max }) => {
    const label = queues.length > 1 ? `${name}: ` : ''
    return html`<div>${label}${breakable(queueLength(mean, max))}</div>`
  })
}
