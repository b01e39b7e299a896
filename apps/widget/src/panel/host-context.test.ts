import { expect, test } from 'vitest'
import { readContext } from './host-context.ts'

test('what the host page says is merged, each id once, and nonsense is passed over', () => {
  const given = [
    { requestIds: ['a'] },
    { requestIds: ['a', 'b', 7, '', 'x'.repeat(201)], completionIds: 'no' },
    null,
    'text',
    { completionIds: ['c'] },
  ]
  expect(readContext(given)).toEqual({ requestIds: ['a', 'b'], completionIds: ['c'] })
})

test('of a page that says too much, the latest fifty are kept', () => {
  const { requestIds } = readContext([{ requestIds: Array.from({ length: 80 }, (_, n) => `r${n}`) }])
  expect(requestIds).toHaveLength(50)
  expect(requestIds.at(-1)).toBe('r79')
})
