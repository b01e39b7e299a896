import { expect, test } from 'vitest'
import { at, capture, clean, type EntryParts, entry } from './test-support.ts'

const json = (value: unknown, status = 200): EntryParts => ({ status, body: JSON.stringify(value) })
const textOf = async (parts: EntryParts): Promise<string> =>
  String(at((await clean(capture([entry(parts)]))).har, 'log', 'entries', 0, 'response', 'content', 'text'))

test.each([
  [
    'a note',
    { note: 'Maria Papadopoulou is ill, see [cookie:3f9a, 64 chars]' },
    /Maria|ill/,
    '[cookie:3f9a, 64 chars]',
  ],
  ['a password', { password: 'hunter2 [string, 1 chars]' }, /hunter2/, '[string, 1 chars]'],
  ['words behind', { note: '[string, 5 chars]: Maria' }, /Maria/, '[string, 5 chars]'],
])('a placeholder shelters nothing beside it: %s', async (_, body, secret, placeholder) => {
  const first = await textOf(json(body))
  expect(first).not.toMatch(secret)
  expect(first).toContain(placeholder)
})

test('nor in a cookie and a header', async () => {
  const requestHeaders = {
    cookie: 'sid=hunter2secret [string, 5 chars]',
    authorization: 'Bearer Kj8sd9Fk2Lm[string, 1 chars]',
  }
  const { text } = await clean(capture([entry({ requestHeaders, responseHeaders: { server: 'x hunter2secret y' } })]))
  expect(text).not.toMatch(/hunter2secret|Kj8sd9Fk2Lm/)
  expect((await clean(text)).text).toBe(text)
})

test('a tag whose name was cleaned away is still a tag', async () => {
  const parts = { mime: 'text/html', body: '<jane@doe.example class=x>Maria</jane@doe.example>' }
  const { text } = await clean(capture([entry(parts)]))
  expect((await clean(text)).text).toBe(text)
  expect(text).toContain('class=x>[text, 5 chars]<')
})

test('what was erased inside a part of an address that stays is left as it is', async () => {
  const id = 'tok_7f6e5d4c3b2a19'
  const har = capture([
    entry({ requestHeaders: { authorization: `Bearer ${id}` } }),
    entry({ url: `https://cdn.northlight.example/rules-${id}.js` }),
  ])
  const { text } = await clean(har)
  expect(text).not.toContain(id)
  expect((await clean(text)).text).toBe(text)
  expect(await textOf(json({ note: 'Maria is ill, see [erased:3f9a, 64 chars]' }))).not.toMatch(/Maria|ill/)
})
