import { expect, test } from 'vitest'
import { allowedScopes, apiKeyIn, isApiKey, newApiKey } from './api-key-token.ts'

test('a key is known by its beginning and its check sum', () => {
  const key = newApiKey()
  expect(key).toMatch(/^clew_[0-9A-Za-z]{49}$/)
  expect(isApiKey(key)).toBe(true)
  expect(newApiKey()).not.toBe(key)
})

test('a key of nothing but zeros is as long as any other', () => {
  expect(newApiKey(new Uint8Array(32))).toHaveLength(54)
  expect(isApiKey(newApiKey(new Uint8Array(32).fill(255)))).toBe(true)
})

test('one wrong character is noticed, wherever it is', () => {
  const key = newApiKey()
  for (let at = 5; at < key.length; at += 1) {
    const wrong = `${key.slice(0, at)}${key[at] === 'A' ? 'B' : 'A'}${key.slice(at + 1)}`
    expect(isApiKey(wrong), wrong).toBe(false)
  }
})

test('only a bearer token that begins as ours do is taken for a key', () => {
  expect(apiKeyIn('Bearer clew_abc')).toBe('clew_abc')
  expect(apiKeyIn('Bearer abc')).toBeUndefined()
  expect(apiKeyIn('Basic clew_abc')).toBeUndefined()
  expect(apiKeyIn(undefined)).toBeUndefined()
})

test('a key may never do more than whoever it acts for may at this moment', () => {
  expect([...allowedScopes(['members.read', 'audit.read'], new Set(['members.read']))]).toEqual(['members.read'])
})
