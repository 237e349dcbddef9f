import type { Answer, BlockAnswer } from '@loadpath/core'
import { linesOf, waits } from '../print/blocks.ts'
import { count, estimate } from '../print/number.ts'
import { dataTable } from './data-table.ts'
import { type Content, html, type Markup, nothing } from './markup.ts'
import { type Place, section } from './place.ts'

/** What each block had to do, how busy it was and how long its lines were. */
export function blocks({ blocks: all, run }: Answer, place: Place): Markup {
  if (all.length === 0 || run.isUnsettled === true) return nothing
  const columns: readonly { heading: string; read: (block: BlockAnswer) => Content }[] = [
    { heading: 'block', read: ({ name, type }) => html`${name} <span class="quiet">${type}</span>` },
    { heading: 'calls', read: (block) => estimate(block.arrivedPerSecond, 'rate') },
    { heading: 'in use', read: usage },
    { heading: 'in line', read: waiting },
    { heading: 'mean wait', read: (block) => waits(block).map((wait) => html`<div>${wait === '' ? '–' : wait}</div>`) },
    { heading: 'mean time', read: (block) => (block.mean.sufficient ? estimate(block.mean, 'duration') : '–') },
    {
      heading: 'found in cache',
      read: ({ hitRatio }) => (hitRatio === null ? '–' : estimate(hitRatio, 'share')),
    },
    { heading: 'stale', read: ({ age }) => (age === null ? '–' : estimate(age.stale, 'share')) },
  ]
  const isSaid = (heading: string): boolean => {
    if (heading === 'found in cache') return all.some(({ hitRatio }) => hitRatio !== null)
    return heading !== 'stale' || all.some(({ age }) => age !== null)
  }
  const shown = columns.filter(({ heading }) => isSaid(heading))
  const content = dataTable({
    caption: 'Blocks',
    cards: true,
    columns: shown.map(({ heading }, i) => (i === 0 ? { heading } : { heading, align: 'right' })),
    rows: all.map((block) => shown.map(({ read }) => read(block))),
  })
  return section(place, 'Each block', [content])
}

function usage({ name: block, resources }: BlockAnswer): Content {
  if (resources.length === 0) return '–'
  return resources.map(({ name, mean, instance, utilization }) => {
    const fullest =
      instance === null ? nothing : html`<div>${block}.${instance} ${estimate(utilization, 'share')}</div>`
    return html`<div>${name} ${estimate(mean, 'share')}</div>${fullest}`
  })
}

function waiting(block: BlockAnswer): Content {
  const queues = linesOf(block)
  if (queues.length === 0) return '–'
  return queues.map(({ name, mean, max }) => {
    const label = queues.length > 1 || block.queues.length > 1 ? `${name}: ` : ''
    return html`<div>${label}${max === 0 ? 'none' : `${estimate(mean, 'factor')}, at most ${count(max)}`}</div>`
  })
}
