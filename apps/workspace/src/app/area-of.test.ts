import { expect, test } from 'vitest'
import { areaOf } from './area-of.ts'

test.each([
  ['/', 'inbox'],
  ['/c/0198/har/0199', 'inbox'],
  ['/status', 'status'],
  ['/flows', 'flows'],
  ['/flows/upload-failures', 'flows'],
  ['/assistant/gaps', 'assistant'],
  ['/settings/brand', 'office'],
  ['/console/audit/streams', 'office'],
])('%s lies in %s', (path, area) => expect(areaOf(path)).toBe(area))

test.each(['/nowhere', '/statuses', '/status/old', '/cases/1', '/x/flows'])('%s lies in no area', (path) =>
  expect(areaOf(path)).toBeUndefined(),
)
