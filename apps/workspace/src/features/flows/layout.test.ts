import { growth } from '@clew/testkit/growth'
import { expect, test } from 'vitest'
import { type Box, type Layout, type Line, layOut, neighbour, pathOf } from './layout.ts'

const box = (id: string, height = 80): Box => ({ id, width: 240, height })
const boxes = (...ids: string[]): Box[] => ids.map((id) => box(id))
const lines = (...pairs: string[]): Line[] =>
  pairs.map((pair) => {
    const [from = '', to = ''] = pair.split('>')
    return { from, to, label: pair }
  })
const at = (layout: Layout, id: string) => layout.cards.find((card) => card.id === id) as Layout['cards'][number]
const line = (layout: Layout, from: string, to: string) =>
  layout.lines.find((each) => each.from === from && each.to === to) as Layout['lines'][number]

function overlaps({ cards }: Layout): string[] {
  return cards.flatMap((a, index) =>
    cards
      .slice(index + 1)
      .filter((b) => a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height)
      .map((b) => `${a.id} on ${b.id}`),
  )
}

test('a chain stands in one column, each card below the one before', () => {
  const layout = layOut(boxes('a', 'b', 'c'), lines('a>b', 'b>c'))
  expect(layout.cards.map(({ layer }) => layer)).toEqual([0, 1, 2])
  expect(new Set(layout.cards.map(({ x }) => x)).size).toBe(1)
  expect(at(layout, 'b').y).toBeGreaterThan(at(layout, 'a').y + 80)
})

test('two branches stand side by side, and the card that both lead to is below both, in the middle', () => {
  const layout = layOut(boxes('a', 'b', 'c', 'd'), lines('a>b', 'a>c', 'b>d', 'c>d'))
  expect(at(layout, 'b').layer).toBe(at(layout, 'c').layer)
  expect(at(layout, 'd').layer).toBe(2)
  expect(at(layout, 'd').x).toBe((at(layout, 'b').x + at(layout, 'c').x) / 2)
  expect(overlaps(layout)).toEqual([])
})

test('a card is below everything that leads to it, by however long a way', () => {
  const layout = layOut(boxes('a', 'b', 'c', 'd'), lines('a>d', 'a>b', 'b>c', 'c>d'))
  expect(at(layout, 'd').layer).toBe(3)
  // The short way passes the cards between.
  const { points } = line(layout, 'a', 'd')
  expect(points.length).toBeGreaterThan(2)
  for (const id of ['b', 'c']) {
    const card = at(layout, id)
    for (const { x, y } of points)
      expect(x > card.x && x < card.x + card.width && y > card.y && y < card.y + card.height, id).toBe(false)
  }
})

test('a way back is drawn around the side and moves nothing', () => {
  const straight = layOut(boxes('a', 'b'), lines('a>b'))
  const layout = layOut(boxes('a', 'b'), lines('a>b', 'b>a', 'b>b'))
  expect(layout.cards.map(({ layer }) => layer)).toEqual(straight.cards.map(({ layer }) => layer))
  expect(line(layout, 'b', 'a').isBack).toBe(true)
  expect(line(layout, 'b', 'b').isBack).toBe(true)
  const right = at(layout, 'b').x + 240
  expect(Math.max(...line(layout, 'b', 'a').points.map(({ x }) => x))).toBeGreaterThan(right)
  expect(layout.width).toBeGreaterThan(right)
  expect(pathOf(line(layout, 'a', 'b'))).toMatch(/^M[\d.]+ [\d.]+/)
})

test('a card that nothing leads to stands beside the first', () => {
  const layout = layOut(boxes('a', 'b', 'lost'), lines('a>b'))
  expect(at(layout, 'lost').layer).toBe(0)
  expect(overlaps(layout)).toEqual([])
})

test('one card, and a line to a card that is not there, are no trouble', () => {
  expect(layOut(boxes('a'), []).cards).toHaveLength(1)
})

test('crossings are avoided where they can be', () => {
  const layout = layOut(boxes('a', 'b', 'c', 'x', 'y'), lines('a>b', 'a>c', 'b>y', 'c>x'))
  const left = (id: string) => at(layout, id).x
  expect(left('b') < left('c')).toBe(left('y') < left('x'))
})

/** Cards with branches, jumps and ways back. */
function tangle(length: number): { cards: Box[]; many: Line[] } {
  const ids = Array.from({ length }, (_each, index) => `s${index}`)
  const cards = ids.map((id, index) => box(id, 60 + ((index * 37) % 90)))
  const many = ids.flatMap((from, index) =>
    [index + 1, index + 2 + (index % 5), index % 7 === 0 ? index - 6 : length].flatMap((to) =>
      ids[to] === undefined ? [] : [{ from, to: ids[to], label: `${index}-${to}` }],
    ),
  )
  return { cards, many }
}

test('the time for a tangle grows with the number of its cards', async () => {
  expect(await growth(({ cards, many }) => layOut(cards, many), tangle, { from: 60, factor: 4 })).toBeLessThan(8)
})

test('sixty cards with branches, jumps and ways back do not overlap, and always come out the same', () => {
  const { cards, many } = tangle(60)
  const layout = layOut(cards, many)
  expect(overlaps(layout)).toEqual([])
  expect(layOut(cards, many)).toEqual(layout)
  for (const { points } of layout.lines)
    for (const { x, y } of points) {
      expect(x).toBeGreaterThanOrEqual(0)
      expect(x).toBeLessThanOrEqual(layout.width)
      expect(y).toBeLessThanOrEqual(layout.height)
    }
})

test('the labels of one card stand one below the other', () => {
  const layout = layOut(boxes('a', 'b', 'c', 'd'), lines('a>b', 'a>c', 'a>d'))
  const tops = layout.lines.map(({ labelAt }) => labelAt.y)
  expect(new Set(tops).size).toBe(3)
  for (const y of tops) {
    expect(y).toBeGreaterThan(at(layout, 'a').y + 80)
    expect(y + 20).toBeLessThan(at(layout, 'b').y)
  }
})

test('arrow keys lead along the lines, and from side to side', () => {
  const layout = layOut(boxes('a', 'b', 'c', 'd'), lines('a>b', 'a>c', 'b>d', 'c>d', 'd>a'))
  expect(neighbour(layout, 'a', 'up')).toBeUndefined()
  expect(['b', 'c']).toContain(neighbour(layout, 'a', 'down'))
  expect(neighbour(layout, 'b', 'down')).toBe('d')
  expect(['b', 'c']).toContain(neighbour(layout, 'd', 'up'))
  // Where there is no way down, the way back is a way too.
  expect(neighbour(layout, 'd', 'down')).toBe('a')
  const [left, right] = at(layout, 'b').x < at(layout, 'c').x ? ['b', 'c'] : ['c', 'b']
  expect(neighbour(layout, left, 'right')).toBe(right)
  expect(neighbour(layout, right, 'left')).toBe(left)
  expect(neighbour(layout, left, 'left')).toBeUndefined()
})
