import { expect, test } from 'vitest'
import { type Held, keyOf, offered, readPasted, termsOf, withHeld } from './hold-model.ts'

test('what is pasted is read as addresses and numbers of cases', () => {
  expect(readPasted('Nikos@Halcyon.example; C-1042\n#77, 78').map(keyOf)).toEqual([
    'contact nikos@halcyon.example',
    'case 1042',
    'case 77',
    'case 78',
  ])
})

test('with anything else among it, it is something that is looked for', () => {
  expect(readPasted('case 1042')).toEqual([])
  expect(readPasted('nikos')).toEqual([])
})

test('what is chosen is neither offered nor taken twice', () => {
  const rhea: Held = { kind: 'member', id: '1', name: 'Rhea', email: 'rhea@halcyon.example', hasLeft: false }
  const found = {
    members: [{ id: '1', name: 'Rhea', email: 'rhea@halcyon.example', hasLeft: false }],
    contacts: [{ address: 'rhea@halcyon.example' }],
    conversations: [{ number: 7, subject: 'Upload' }],
  }
  expect(offered(found, [rhea]).map(keyOf)).toEqual(['contact rhea@halcyon.example', 'case 7'])
  const chosen = withHeld([rhea], [rhea, { kind: 'case', number: 7 }])
  expect(termsOf(chosen)).toEqual({ memberIds: ['1'], addresses: [], conversationNumbers: [7] })
})
