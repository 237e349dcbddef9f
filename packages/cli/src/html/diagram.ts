import type { Answer, BlockAnswer } from '@loadpath/core'
import { bottleneckSaid } from '../print/bottleneck.ts'
import { estimate, known, quantity, range } from '../print/number.ts'
import { type Busiest, busiestPhase } from './busiest-phase.ts'
import { dataTable } from './data-table.ts'
import { layOut } from './diagram-layout.ts'
import { drawEdge, drawNode, drawRate, loadLegend, type Node, nodeSize } from './diagram-parts.ts'
import { figure, type Picture } from './figure.ts'
import { html, type Markup, nothing } from './markup.ts'
import { below, type Place, section } from './place.ts'

const useMeans =
  'The bar and the colour of a block show the mean utilization of its fullest resource, in its fullest instance.'
const usePhases =
  'The bar and the colour of a block show the utilization of its fullest resource in its busiest phase, which is in brackets; without brackets, the mean of the run in the fullest instance.'

/** Draws the blocks with their call rates and utilization, and marks the bottleneck. */
export function diagram(answer: Answer, place: Place): Markup {
  const calls = answer.pictures?.calls ?? []
  if (calls.length === 0) return nothing
  const nodes = nodesOf(answer)
  const hasPhases = answer.run.kind === 'terminating'
  const content = figure(below(place), {
    title: 'Calls between blocks',
    summary: `${calls.map(({ from, to, perSecond }) => `${from} to ${to}${perSecond.sufficient ? ` ${quantity(perSecond.point, 'rate')}` : ''}`).join(', ')}.${tightSaid(answer)}`,
    key: loadLegend(hasPhases),
    draw: (width) => draw(nodes, calls, width),
    note: `Arrows show counted calls, retries included; a thicker arrow carries more. ${hasPhases ? usePhases : useMeans}`,
    table: dataTable({
      caption: 'Calls between blocks',
      columns: [{ heading: 'from' }, { heading: 'to' }, { heading: 'calls', align: 'right' }],
      rows: calls.map(({ from, to, perSecond }) => [from, to, estimate(perSecond, 'rate')]),
    }),
  })
  return section(place, 'Design', [content], leadOf(answer))
}

function leadOf({ bottleneck, verdict }: Answer): string | null {
  if (verdict.overloads.length > 0) return 'Overloaded blocks receive more calls than they can serve.'
  if (bottleneck === null) return null
  return bottleneckSaid(bottleneck)
}

function tightSaid({ bottleneck, verdict }: Answer): string {
  const overloaded = verdict.overloads.map(({ block }) => ` ${block} is overloaded.`).join('')
  return `${bottleneck === null ? '' : ` The bottleneck is ${bottleneck.block}.`}${overloaded}`
}

function nodesOf(answer: Answer): readonly Node[] {
  const sources = [...new Set(answer.pictures?.calls.map(({ from }) => from))].filter(
    (name) => !answer.blocks.some((block) => block.name === name),
  )
  return [...sources.map((name) => sourceNode(name, answer)), ...answer.blocks.map((block) => blockNode(block, answer))]
}

function sourceNode(name: string, { requests, users }: Answer): Node {
  const kinds = requests.filter((kind) => kind.name.startsWith(`${name}.`)).length
  const own = users.find(({ source }) => source === name)
  const about = own === undefined ? (kinds > 1 ? `${kinds} kinds of request` : 'traffic') : `${own.users} users`
  return { name, about, use: null, marks: [], isSource: true }
}

function blockNode(block: BlockAnswer, answer: Answer): Node {
  const { name, type, mean } = block
  const { bottleneck, verdict } = answer
  const busiest = busiestPhase(answer, block)
  const overload = verdict.overloads.find((one) => one.block === name)
  const marks = [
    ...(overload === undefined
      ? []
      : [{ text: `overloaded, +${quantity(overload.growsPerSecond, 'rate')}`, mood: 'bad' as const }]),
    ...(overload === undefined && bottleneck?.block === name ? [{ text: 'bottleneck', mood: 'accent' as const }] : []),
  ]
  const took = mean.sufficient && verdict.outcome !== 'overloaded' ? `, ${quantity(mean.point, 'duration')}` : ''
  return { name, about: `${type}${took}`, use: busiest && useSaid(busiest), marks, isSource: false }
}

function useSaid({ resource, share, phase }: Busiest): Node['use'] {
  const when = phase === undefined ? '' : ` (${range(phase.fromMs, phase.toMs, 'duration')})`
  return { share, text: `${resource} ${quantity(share, 'share')}${when}` }
}

function draw(nodes: readonly Node[], calls: NonNullable<Answer['pictures']>['calls'], width: number): Picture {
  const edges = calls.map(({ from, to, perSecond }) => {
    const rate = perSecond.sufficient ? perSecond.point : 0
    return { from, to, rate, label: known(Number(rate.toPrecision(3)), 'rate') }
  })
  const most = Math.max(...edges.map(({ rate }) => rate))
  const placed = layOut(
    nodes.map((node) => ({ name: node.name, ...nodeSize(node) })),
    edges,
    width,
  )
  const lines = [...placed.edges.map((edge) => drawEdge(edge, edge.rate / most)), ...placed.edges.map(drawRate)]
  const boxes = placed.nodes.map((box) => {
    const node = nodes.find(({ name }) => name === box.name)
    return node === undefined ? nothing : drawNode(node, box)
  })
  return { width: placed.width, height: placed.height, content: html`${lines}${boxes}` }
}
