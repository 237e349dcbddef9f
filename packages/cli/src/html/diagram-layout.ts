import { Graph, layout } from '@dagrejs/dagre'
import { textWidth } from './chart/labels.ts'
import type { Point } from './chart/paths.ts'

export interface Box {
  readonly name: string
  readonly width: number
  readonly height: number
}

export interface PlacedBox extends Box {
  readonly x: number
  readonly y: number
}

export interface Arrow {
  readonly from: string
  readonly to: string
  readonly rate: number
  readonly label: string
}

export interface PlacedArrow extends Arrow {
  readonly points: readonly Point[]
  /** Centre of its label. */
  readonly at: Point
}

export interface Layout {
  readonly width: number
  readonly height: number
  readonly nodes: readonly PlacedBox[]
  readonly edges: readonly PlacedArrow[]
}

const labelHeight = 18
const margin = 6

/** Lays out a design from left to right if it fits the width, else from top to bottom, centred. */
export function layOut(boxes: readonly Box[], arrows: readonly Arrow[], width: number): Layout {
  const across = layOutTowards('LR', boxes, arrows)
  const down = across.width <= width ? across : layOutTowards('TB', boxes, arrows)
  const chosen = down.width <= width || down.width < across.width ? down : across
  return centred(chosen, width)
}

function layOutTowards(rankdir: 'LR' | 'TB', boxes: readonly Box[], arrows: readonly Arrow[]): Layout {
  const graph = new Graph({ multigraph: true })
  const isAcross = rankdir === 'LR'
  graph.setGraph({
    rankdir,
    nodesep: isAcross ? 28 : 20,
    ranksep: isAcross ? 26 : 22,
    edgesep: 16,
    marginx: margin,
    marginy: margin,
  })
  for (const { name, width, height } of boxes) graph.setNode(name, { width, height })
  arrows.forEach(({ from, to, label }, i) => {
    graph.setEdge(from, to, { width: textWidth(label, 12) + 8, height: labelHeight, labelpos: 'c' }, String(i))
  })
  layout(graph)
  const nodes = boxes.map((box) => {
    const { x, y } = graph.node(box.name) as Point
    return { ...box, x, y }
  })
  const edges = arrows.map((arrow, i) => {
    const found = graph.edge(arrow.from, arrow.to, String(i)) as { points: Point[]; x: number; y: number }
    return { ...arrow, points: found.points.map(({ x, y }) => ({ x, y })), at: { x: found.x, y: found.y } }
  })
  const size = graph.graph() as { width: number; height: number }
  return { width: size.width, height: size.height, nodes, edges }
}

function centred(found: Layout, width: number): Layout {
  const shift = (width - found.width) / 2
  if (shift <= 0) return found
  const move = <T extends Point>(point: T): T => ({ ...point, x: point.x + shift })
  return {
    width,
    height: found.height,
    nodes: found.nodes.map(move),
    edges: found.edges.map((edge) => ({ ...edge, points: edge.points.map(move), at: move(edge.at) })),
  }
}
