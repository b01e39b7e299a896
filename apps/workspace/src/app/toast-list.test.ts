import { expect, test } from 'vitest'
import { type Toast, withToast } from './toast-list.ts'

const plain = (id: string): Toast => ({ id, text: id })
const undoable = (id: string): Toast => ({ ...plain(id), action: { label: 'Undo', run: () => undefined } })
const shown = (toasts: readonly Toast[]) => toasts.reduce<readonly Toast[]>(withToast, []).map(({ id }) => id)

test('the oldest toast makes room for the fourth', () => {
  expect(shown(['a', 'b', 'c', 'd'].map(plain))).toEqual(['b', 'c', 'd'])
})

test('what can be undone stays, however much comes after it', () => {
  const after = ['f', 'g', 'h', 'i'].map(plain)
  expect(shown([...['a', 'b', 'c', 'd', 'e'].map(undoable), ...after]).join('')).toBe('abcdeghi')
})
