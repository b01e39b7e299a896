import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { flowJsonSchema } from './json-schema.ts'

test('the schema beside the package is current', () => {
  const written: unknown = JSON.parse(readFileSync(new URL('../flow.schema.json', import.meta.url), 'utf8'))
  expect(written, 'run "node scripts/generate-flow-schema.mjs"').toEqual(flowJsonSchema())
})
