import type { SanitisingPolicy } from '@clew/contract/captures'
import { expect, test } from 'vitest'
import { policyFor } from './cleaning-rule.ts'

const operators: SanitisingPolicy = { policy: 'standard', keepBodiesOf: ['api.example'], rules: [] }
const strict: SanitisingPolicy = { ...operators, policy: 'strict' }
const rule = (
  isSomebody: boolean,
  theirs: () => Promise<SanitisingPolicy>,
  own: SanitisingPolicy | undefined = operators,
) => policyFor({ operators: () => own, isSomebody: async () => isSomebody, theirs })

test('a stranger goes by the operator, and nothing is asked', async () => {
  const asked = () => Promise.reject(new Error('was asked'))
  expect(await rule(false, asked)).toEqual(operators)
})

test('whoever is known goes by what their organisation demands', async () => {
  expect(await rule(true, async () => strict)).toEqual(strict)
  expect(await rule(true, async () => operators)).toEqual(operators)
})

test('where it cannot be asked, all is cleaned strictly', async () => {
  const away = () => Promise.reject(new Error('offline'))
  expect(await rule(true, away)).toEqual(strict)
  expect(await policyFor({ operators: () => undefined, isSomebody: async () => true, theirs: away })).toEqual({
    policy: 'strict',
    keepBodiesOf: [],
    rules: [],
  })
})
