import type { Answer, RequestAnswer } from '@loadpath/core'
import { phaseSaid } from '../print/bottleneck.ts'
import { briefly, count, estimate, inOneUnit, money, quantity } from '../print/number.ts'
import { responseOf, tailOf, unitOfTails } from '../print/percentiles.ts'
import { meanOf } from '../print/requests.ts'
import { isHopeless } from '../print/verdict.ts'
import { dataTable } from './data-table.ts'
import { type Content, html, type Markup, nothing } from './markup.ts'
import { type Place, section } from './place.ts'

/** Returns the key figures, each with its interval. */
export function numbers(answer: Answer, place: Place): Markup {
  const [all, ...kinds] = answer.requests
  if (all === undefined) return nothing
  const tiles = [
    ...answer.users.map(({ source, users }) => tile(`users of ${source}`, count(users))),
    tile('offered', estimate(all.offeredPerSecond, 'rate')),
    ...(isHopeless(answer) ? backlog(answer) : served(all)),
    ...bottleneckTile(answer),
    ...(answer.cost.parts.length === 0 ? [] : [tile('cost', money(answer.cost.perMonth), 'a month')]),
  ]
  const content = [html`<dl class="tiles">${tiles}</dl>`, kinds.length > 1 ? kindTable(kinds) : nothing]
  return section(place, 'Key figures', content)
}

/** Returns throughput limits instead of response times: few requests in a growing backlog are answered before the end. */
function backlog({ verdict }: Answer): readonly Markup[] {
  const [worst] = verdict.overloads.toSorted((a, b) => b.growsPerSecond - a.growsPerSecond)
  if (worst === undefined) return []
  return [
    tile('maximum throughput', quantity(worst.carriesPerSecond, 'rate'), `by ${worst.block}`),
    tile('backlog growth', quantity(worst.growsPerSecond, 'rate'), `at ${worst.block}`),
  ]
}

function served(all: RequestAnswer): readonly Markup[] {
  const tail = all.percentiles.find(({ percentile }) => percentile === 99)
  return [
    tile('throughput', estimate(all.throughputPerSecond, 'rate')),
    tile('availability', estimate(all.availability, 'share'), 'answered in time'),
    meanTile(all),
    ...(all.done === undefined ? [] : [tile('done', estimate(all.done.mean, 'duration'), 'with all that is set off')]),
    ...(tail === undefined ? [] : [tile('p99', responseOf(tail))]),
  ]
}

function meanTile(all: RequestAnswer): Markup {
  const [mean = '', whose = ''] = meanOf(all).split(/, (?=over the )/)
  return tile('mean response time', mean, whose)
}

function bottleneckTile({ bottleneck }: Answer): readonly Markup[] {
  if (bottleneck === null) return []
  const { block, instance, resource, utilization, saturationLoad, isWithBacklog = false } = bottleneck
  const name = instance === null ? block : `${block}.${instance}`
  const load = `${quantity(saturationLoad, 'factor')} times this load${isWithBacklog ? ' without the backlog' : ''}`
  const saturates = utilization < 0.99 || isWithBacklog ? `saturates at ${load}` : ''
  const when = saturationLoad < 0.99 ? `carries at most ${load}` : saturates
  return [
    tile(
      'bottleneck',
      name,
      `${resource} at ${quantity(utilization, 'share')} utilization${phaseSaid(bottleneck)}`,
      when,
    ),
  ]
}

function tile(name: string, value: string, ...more: readonly string[]): Markup {
  const lines = more.filter((line) => line !== '').map((line) => html`<dd class="more">${line}</dd>`)
  return html`<div><dt>${name}</dt><dd>${withInterval(value)}</dd>${lines}</div>
`
}

/** Returns a number in large type and its interval in small type. */
export function withInterval(text: string): Content {
  const [, number, rest] =
    /^(insufficient data|(?:at least|at most|between) [^:]*):(\s.*)$/su.exec(text) ??
    /^(.*?),?(\s(?:±|\(|near the knee).*)$/su.exec(text) ??
    []
  if (number === undefined) return html`<span class="value">${text}</span>`
  return html`<span class="value">${number}</span><span class="interval">${rest}</span>`
}

function kindTable(kinds: readonly RequestAnswer[]): Markup {
  const hasTimes = kinds.some(({ percentiles }) => percentiles.length > 0)
  const setOff = kinds.some(({ done }) => done !== undefined) ? ['done'] : []
  const mean = inOneUnit(kinds.map((kind) => kind.mean))
  const done = inOneUnit(kinds.map((kind) => kind.done?.mean))
  const tail = unitOfTails(kinds)
  return dataTable({
    caption: 'Requests by kind',
    cards: true,
    columns: ['kind', 'throughput', 'availability', ...(hasTimes ? ['mean response time', 'p99'] : []), ...setOff].map(
      (heading, i) => (i === 0 ? { heading } : { heading, align: 'right' }),
    ),
    rows: kinds.map((kind) => [
      kind.name,
      estimate(kind.throughputPerSecond, 'rate'),
      briefly(kind.availability, 'share'),
      ...(hasTimes ? [estimate(kind.mean, mean), tailOf(kind, tail)] : []),
      ...setOff.map(() => (kind.done === undefined ? '' : estimate(kind.done.mean, done))),
    ]),
  })
}
