import { describe, expect, test } from 'vitest'
import { unknownPlaceholder } from './macro-placeholders.ts'
import { ChangeMacro, CreateMacro } from './macros.ts'

describe('a placeholder that nothing fills in', () => {
  test.each([
    ['Hello {{contact.name}}, {{ agent.name }}', undefined],
    ['{single} braces and {"json": {"a": 1}}', undefined],
    ['Hello {{name}}', '{{name}}'],
    ['{{contact.name}} {{Contact.Name}}', '{{Contact.Name}}'],
    ['{{contact.name} and on', '{{contact.name}'],
    ['{{', '{{'],
    ['{{\ncontact.name}}', '{{'],
  ])('in %j is %j', (body, found) => expect(unknownPlaceholder(body)).toBe(found))
})

describe('a macro', () => {
  test('has a name of one line, at least one text, and each tag once', () => {
    const macro = CreateMacro.parse({ name: ' Ask \n for it ', bodies: { en: ' a ', el: ' ' }, tags: ['A', 'a', 'β'] })
    expect(macro).toEqual({ name: 'Ask for it', bodies: { en: 'a' }, tags: ['a', 'β'], resolves: false })
  })

  test.each([
    { name: '', bodies: { en: 'a' } },
    { name: 'x'.repeat(81), bodies: { en: 'a' } },
    { name: 'x', bodies: {} },
    { name: 'x', bodies: { en: ' ' } },
    { name: 'x', bodies: { en: 'a'.repeat(10_001) } },
    { name: 'x', bodies: { en: 'a', fr: 'b' } },
    { name: 'x', bodies: { en: 'a' }, tags: ['two words'] },
    { name: 'x', bodies: { en: 'a' }, tags: Array.from({ length: 11 }, (_, i) => `t${i}`) },
  ])('is not %j', (input) => expect(CreateMacro.safeParse(input).success).toBe(false))

  test('is changed from a version that was seen, and only where something is given', () => {
    expect(ChangeMacro.parse({ version: 2 })).toEqual({ version: 2 })
    expect(ChangeMacro.safeParse({ name: 'x' }).success).toBe(false)
  })
})
