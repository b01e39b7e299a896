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

test('of two toasts about the same the later one stays, with what it offers', () => {
  const action = { label: 'Undo', run: () => undefined }
  const taken = { id: 'taken', text: 'C-1042 is yours', about: 'c1', action }
  const other = { id: 'other', text: 'C-1043 is yours', about: 'c2', action }
  const resolved = { id: 'resolved', text: 'C-1042 is resolved', about: 'c1', action }
  expect([taken, other, resolved].reduce<readonly Toast[]>(withToast, [])).toEqual([other, resolved])
})
