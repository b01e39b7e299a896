import { expect, test } from 'vitest'
import { createPageCache } from './page-cache.ts'

test('a page is rendered once until another one takes its slot', async () => {
  const cache = createPageCache()
  let rendered = 0
  const get = (key: string, slot?: string) =>
    cache.get(
      key,
      () => {
        rendered += 1
        return key
      },
      slot,
    )
  await Promise.all([get('10:00', 'status'), get('10:00', 'status'), get('article')])
  expect(rendered).toBe(2)
  expect((await get('10:01', 'status')).body.toString()).toBe('10:01')
  await get('10:01', 'status')
  await get('article')
  expect(rendered).toBe(3)
  await get('10:00', 'status')
  expect(rendered).toBe(4)
})
