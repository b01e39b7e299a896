import { expect, test } from 'vitest'
import { boxBetween, drawMarks, firstFrame, type Mark, moved } from './marks.ts'

const size = { width: 400, height: 200 }

function drawn(...marks: Mark[]) {
  const calls: unknown[][] = []
  const note =
    (name: string) =>
    (...args: unknown[]) =>
      void calls.push([name, ...args])
  const ink = {
    fillStyle: '',
    strokeStyle: '',
    lineWidth: 0,
    lineCap: 'butt' as const,
    lineJoin: 'miter' as const,
    fillRect: note('box'),
    beginPath: note('begin'),
    moveTo: note('move'),
    lineTo: note('line'),
    stroke: note('ink'),
  }
  drawMarks(ink, marks)
  return { calls, ink }
}

test('a box covers every pixel that it touches, in an opaque colour', () => {
  const { calls, ink } = drawn({ kind: 'box', x: 10.4, y: 5.9, width: 20.2, height: 3.2 })
  expect(calls).toEqual([['box', 10, 5, 21, 5]])
  expect(ink.fillStyle).toBe('#000')
})

test('a touch that did not move is a dot', () => {
  const { calls, ink } = drawn({ kind: 'stroke', points: [{ x: 3, y: 4 }], width: 9 })
  expect(calls).toEqual([['begin'], ['move', 3, 4], ['line', 3, 4], ['ink']])
  expect([ink.lineWidth, ink.lineCap]).toEqual([9, 'round'])
})

test('a box may be drawn from any corner', () => {
  const box = { kind: 'box', x: 1, y: 2, width: 8, height: 6 }
  expect(boxBetween({ x: 9, y: 8 }, { x: 1, y: 2 })).toEqual(box)
  expect(boxBetween({ x: 1, y: 8 }, { x: 9, y: 2 })).toEqual(box)
})

test('arrow keys move the frame and stop at the edge', () => {
  let frame = firstFrame(size)
  for (let n = 0; n < 100; n++) frame = moved(frame, { key: 'ArrowRight', shiftKey: false }, size) ?? frame
  expect(frame.x + frame.width).toBe(size.width)
  expect(moved(frame, { key: 'ArrowUp', shiftKey: false }, size)?.y).toBeCloseTo(frame.y - 5)
})

test('with Shift they change its size, and it never vanishes', () => {
  let frame = firstFrame(size)
  expect(moved(frame, { key: 'ArrowDown', shiftKey: true }, size)?.height).toBeCloseTo(frame.height + 5)
  for (let n = 0; n < 100; n++) frame = moved(frame, { key: 'ArrowLeft', shiftKey: true }, size) ?? frame
  expect(frame.width).toBe(10)
})

test('other keys do nothing', () =>
  expect(moved(firstFrame(size), { key: 'a', shiftKey: false }, size)).toBeUndefined())
