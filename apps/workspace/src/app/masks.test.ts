import { createT } from '@clew/i18n'
import { catalogue } from '@clew/i18n/generated/workspace.el'
import { expect, test } from 'vitest'
import { aroundMasks, inWords } from './masks.ts'

test('what was hidden stands between the words', () => {
  expect(aroundMasks('Mine is [secret:password], the key [secret:api_key]')).toEqual([
    { words: 'Mine is ', hidden: 'password' },
    { words: ', the key ', hidden: 'api_key' },
    { words: '' },
  ])
})

test('what only looks like it stays as it was written', () => {
  for (const body of ['[secret:constructor]', '[secret:]', 'secret:password', 'nothing'])
    expect(aroundMasks(body)).toEqual([{ words: body }])
})

test('in words it is told in the language of who reads', () => {
  expect(inWords(createT('el', catalogue), 'My password is [secret:password].')).toBe(
    'My password is (κωδικός πρόσβασης, κρυμμένος).',
  )
})
