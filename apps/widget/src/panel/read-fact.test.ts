import type { CaseField } from '@clew/contract/cases'
import { SetFact } from '@clew/contract/cases'
import { describe, expect, test } from 'vitest'
import { readForm } from './read-fact.ts'

const form = (fields: Record<string, string>): FormData => {
  const data = new FormData()
  for (const [name, value] of Object.entries(fields)) data.set(name, value)
  return data
}

describe('a small form', () => {
  test.each([
    ['problem', { text: ' it fails ' }, { text: 'it fails' }],
    ['steps', { text: 'open\n\n  upload ' }, { items: ['open', 'upload'] }],
    ['timestamps', { text: 'ten to ten' }, { said: 'ten to ten', zone: 'Europe/Athens' }],
    ['account', { email: 'eleni@kyma.example', plan: 'business' }, { email: 'eleni@kyma.example', plan: 'business' }],
    ['account', { email: '', plan: 'plus' }, { plan: 'plus' }],
    ['request_ids', { text: 'req_1, chatcmpl-2 req_1' }, { requestIds: ['req_1'], completionIds: ['chatcmpl-2'] }],
    ['workspace', { text: 'Kyma' }, { name: 'Kyma' }],
    ['assistant_id', { text: 'g-1' }, { id: 'g-1' }],
    ['assistant_id', { text: 'https://a.example/g-1' }, { id: 'https://a.example/g-1', url: 'https://a.example/g-1' }],
    ['policy_message', { text: 'not allowed' }, { message: 'not allowed' }],
  ] as [CaseField, Record<string, string>, unknown][])(
    'for %s becomes what the contract takes',
    (field, typed, value) => {
      const fact = readForm(field, form(typed), 'Europe/Athens')
      expect(fact).toMatchObject({ field, value })
      expect(SetFact.safeParse(fact).success).toBe(true)
    },
  )

  test('left empty gives nothing', () => {
    for (const field of ['problem', 'account', 'visuals', 'environment'] as const)
      expect(readForm(field, form({ text: '  ', email: ' ', plan: 'gold' }))).toBeUndefined()
  })

  test('filled to the brim stays within the limits of the contract', () => {
    const long = 'x'.repeat(30_000)
    for (const field of ['problem', 'steps', 'timestamps', 'workspace', 'assistant_id', 'policy_message'] as const)
      expect(SetFact.safeParse(readForm(field, form({ text: long }), 'UTC')).success, field).toBe(true)
    const ids = readForm('request_ids', form({ text: Array.from({ length: 500 }, (_, n) => `req_${n}`).join(' ') }))
    expect(SetFact.safeParse(ids).success).toBe(true)
  })
})
