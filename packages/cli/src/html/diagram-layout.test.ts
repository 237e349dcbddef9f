import { expect, test } from 'vitest'
import { type Box, layOut } from './diagram-layout.ts'

const box = (name: string): Box => ({ name, width: 100, height: 50 })
const arrow = (from: string, to: string) => ({ from, to, rate: 1, label: '1/s' })
const names = ['a', 'b', 'c']
const chain = [arrow('a', 'b'), arrow('b', 'c')]

test('a chain runs across if it fits the width, else down', () => {
  const wide = layOut(names.map(box), chain, 900)
  expect(wide.nodes.map(({ x }) => x)).toEqual(wide.nodes.map(({ x }) => x).toSorted((a, b) => a - b))
  expect(new Set(wide.nodes.map(({ y }) => y)).size).toBe(1)
  const narrow = layOut(names.map(box), chain, 350)
  expect(narrow.width).toBe(350)
  expect(new Set(narrow.nodes.map(({ x }) => x)).size).toBe(1)
})

test('blocks of a call cycle do not overlap', () => {
  const many = ['front', 'a', 'b', 'c', 'd', 'e']
  const arrows = [...many.slice(1).map((to) => arrow('front', to)), arrow('e', 'front')]
  const { nodes, width, height } = layOut(many.map(box), arrows, 350)
  for (const one of nodes) {
    expect(one.x - 50 >= 0 && one.x + 50 <= width && one.y - 25 >= 0 && one.y + 25 <= height).toBe(true)
    for (const other of nodes) {
      const isApart = Math.abs(one.x - other.x) >= 100 || Math.abs(one.y - other.y) >= 50
      expect(one === other || isApart).toBe(true)
    }
  }
})
