import type { Macro } from '@clew/contract/macros'
import { describe, expect, test } from 'vitest'
import { fillMacro, findGap, findMacros, type MacroFacts, macroBody, requestIdsOf } from './macro-text.ts'

const facts: MacroFacts = {
  contactName: 'Μαρία Παππά',
  agentName: 'Iris Vale',
  conversationNumber: 1042,
  requestIds: ['req_1'],
}
const filled = (body: string, more: Partial<MacroFacts> = {}) => fillMacro(body, { ...facts, ...more })

describe('what is filled in', () => {
  test.each([
    ['Hello {{contact.name}},', 'Hello Μαρία,'],
    ['{{ agent.name }} · {{conversation.number}}', 'Iris Vale · C-1042'],
    ['of {{case.request_id}}.', 'of req_1.'],
    ['{{other.thing}}', '{{other.thing}}'],
  ])('%s is %s', (body, text) => expect(filled(body)).toBe(text))

  test.each([
    ['Hello {{contact.name}},', 'Hello,'],
    ['Hello  {{ contact.name }}\nthere', 'Hello\nthere'],
    ['{{contact.name}} hello', 'hello'],
    ['a\n{{contact.name}} b', 'a\nb'],
  ])('without a name %j is %j', (body, text) => {
    for (const contactName of [undefined, '', ' ', 'maria@halcyon.example', 'Παππά, Μαρία', '{{agent.name}}'])
      expect(filled(body, { contactName })).toBe(text)
  })

  test('of several requests all are named, and of many none', () => {
    expect(filled('{{case.request_id}}', { requestIds: ['a', 'b', 'c'] })).toBe('a, b, c')
    for (const requestIds of [[], ['a', 'b', 'c', 'd']])
      expect(filled('of {{case.request_id}}', { requestIds })).toBe('of {{case.request_id}}')
  })

  test('signs that mean something to a replacement are only signs', () => {
    expect(filled('{{agent.name}}!', { agentName: '$& $1' })).toBe('$& $1!')
  })
})

test('what could not be filled in is found where it stands', () => {
  const text = filled('{{x}} of {{ case.request_id }}', { requestIds: [] })
  const gap = findGap(text)
  expect(gap?.placeholder).toBe('case.request_id')
  expect(text.slice(gap?.start, gap?.end)).toBe('{{ case.request_id }}')
  expect(findGap('{{x}} {{contact}} {contact.name}')).toBeUndefined()
})

test('the ids of a case are those of its fact', () => {
  const at = '2026-11-24T10:00:00.000Z'
  const value = { requestIds: ['req_1'], completionIds: ['cmpl_1'] }
  expect(requestIdsOf({ facts: [{ field: 'request_ids', value, source: 'contact', at }] })).toEqual(['req_1'])
  expect(requestIdsOf({ facts: [] })).toEqual([])
})

test('the language of the conversation comes first, the other one stands in for it', () => {
  expect(macroBody({ bodies: { en: 'a', el: 'α' } }, 'el')).toEqual({ locale: 'el', body: 'α' })
  expect(macroBody({ bodies: { en: 'a' } }, 'el')).toEqual({ locale: 'en', body: 'a' })
  expect(macroBody({ bodies: { el: 'α' } }, 'en')).toEqual({ locale: 'el', body: 'α' })
})

describe('looking for one', () => {
  const macro = (name: string, body: string, tags: string[] = []) =>
    ({ name, bodies: { el: body }, tags }) as unknown as Macro
  const all = [
    macro('Λύθηκε', 'Το πρόβλημα διορθώθηκε'),
    macro('Ρωτήστε', 'πότε λύθηκε', ['χρέωση']),
    macro('HAR', 'F12'),
  ]
  const found = (words: string) => findMacros(all, words).map(({ name }) => name)
  test.each([
    ['', ['Λύθηκε', 'Ρωτήστε', 'HAR']],
    ['ΛΥΘΗΚΕ', ['Λύθηκε', 'Ρωτήστε']],
    ['προβλημα', ['Λύθηκε']],
    ['f12 har', ['HAR']],
    ['χρεωσ', ['Ρωτήστε']],
    ['har nothing', []],
  ])('%j finds %j', (words, names) => expect(found(words)).toEqual(names))
})
