import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { auditActions } from '@clew/contract/audit-actions'
import { expect, test } from 'vitest'

const sources = join(import.meta.dirname, '../..')
const written = readdirSync(sources, { recursive: true, encoding: 'utf8' })
  .filter((name) => name.endsWith('.ts') && !name.endsWith('.test.ts') && !name.includes('testkit'))
  .map((name) => readFileSync(join(sources, name), 'utf8'))
  .join('\n')

/** As a whole string, or put together from its beginning: `scim.user.${verb}`. */
const isWritten = (action: string): boolean =>
  written.includes(`'${action}'`) || written.includes(`\`${action.slice(0, action.lastIndexOf('.') + 1)}\${`)

test('an action that nothing writes is found', () => {
  expect(isWritten('planet.moved')).toBe(false)
})

test.each(auditActions)('somewhere %s is written', (action) => {
  expect(isWritten(action)).toBe(true)
})
