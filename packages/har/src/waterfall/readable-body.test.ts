import { describe, expect, test } from 'vitest'
import { splitAtPlaceholders } from './placeholders.ts'
import { readableBody } from './readable-body.ts'

const read = (mime: string, text: string, encoding = '') => readableBody({ mime, text, encoding })

describe('a body', () => {
  test('of JSON has one value to a line, whatever its type says', () => {
    expect(read('application/json', '{"a":[1]}')).toEqual({ type: 'json', text: '{\n  "a": [\n    1\n  ]\n}' })
    expect(read('text/plain', ' {"a":1}')).toMatchObject({ type: 'json' })
  })
  test('of broken JSON is shown as it is', () =>
    expect(read('application/json', '{"a":')).toEqual({ type: 'text', text: '{"a":' }))
  test('of a form has one field to a line, also where it cannot be decoded', () => {
    expect(read('application/x-www-form-urlencoded', 'name=a+b&x=%zz')).toEqual({
      type: 'form',
      text: 'name = a b\nx=%zz',
    })
  })
  test('in base64 is decoded when it is text, and counted when it is not', () => {
    expect(read('application/json', btoa('{"a":1}'), 'base64')).toMatchObject({ type: 'json' })
    expect(read('image/png', 'AAAA', 'base64')).toEqual({ type: 'binary', sizeBytes: 3 })
    expect(read('text/plain', '[body:3f9a, 64 bytes]', 'base64')).toMatchObject({ type: 'text' })
  })
})

describe('placeholders', () => {
  test('are told apart from the text around them, and nothing is lost', () => {
    const text = 'session=[cookie:3f9a, 64 chars]; theme=dark'
    const parts = splitAtPlaceholders(text)
    expect(parts.filter(({ isPlaceholder }) => isPlaceholder)).toEqual([
      { text: '[cookie:3f9a, 64 chars]', isPlaceholder: true },
    ])
    expect(parts.map((part) => part.text).join('')).toBe(text)
  })
  test('none in nothing', () => expect(splitAtPlaceholders('')).toEqual([]))
})
