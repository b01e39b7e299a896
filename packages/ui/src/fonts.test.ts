import { readFileSync, statSync } from 'node:fs'
import { createRequire } from 'node:module'
import path from 'node:path'
import { expect, test } from 'vitest'
import { fontFiles } from './fonts.ts'

const require = createRequire(import.meta.url)
const css = readFileSync(path.join(import.meta.dirname, 'fonts.css'), 'utf8')

test('the style sheet asks for exactly the listed files', () => {
  const asked = [...css.matchAll(/url\('\.\/fonts\/([^']+)'\)/g)].map(([, file]) => file)
  expect(new Set(asked)).toEqual(new Set(fontFiles.map(({ file }) => file)))
  expect(asked).toHaveLength(fontFiles.length)
})

test('each file is there, and a reader of one script fetches no more than 130 kB of them', () => {
  const bytes = { latin: 0, greek: 0 }
  for (const { from, script } of fontFiles) bytes[script] += statSync(require.resolve(from)).size
  expect(bytes.latin).toBeGreaterThan(0)
  expect(bytes.latin).toBeLessThan(130_000)
  expect(bytes.greek).toBeLessThan(45_000)
})
