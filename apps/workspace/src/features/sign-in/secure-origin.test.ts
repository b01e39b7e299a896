import { describe, expect, test } from 'vitest'
import { takeToken } from './link-token.ts'
import { isSecureAddress } from './secure-origin.ts'

describe('an address at which signing in can work', () => {
  test.each([
    ['https:', 'support.northlight.example', true],
    ['http:', 'localhost', true],
    ['http:', 'app.localhost', true],
    ['http:', '127.0.0.1', true],
    ['http:', '[::1]', true],
    ['http:', '192.168.1.20', false],
    ['http:', 'support.northlight.example', false],
    ['http:', '127.0.0.1.northlight.example', false],
    ['http:', 'notlocalhost', false],
  ])('%s//%s: %s', (protocol, hostname, expected) => {
    expect(isSecureAddress({ protocol, hostname })).toBe(expected)
  })
})

describe('the token of a link', () => {
  const place = (hash: string) => ({ hash, pathname: '/app/join', search: '?a=1' })

  test('is taken out of the address bar at once', () => {
    const shown: string[] = []
    expect(takeToken(place('#token=abc_123-xyz'), (url) => void shown.push(url))).toBe('abc_123-xyz')
    expect(shown).toEqual(['/app/join?a=1'])
  })

  test('is nothing when the link has none, and the address stays', () => {
    const shown: string[] = []
    expect(takeToken(place('#other'), (url) => void shown.push(url))).toBeUndefined()
    expect(shown).toEqual([])
  })
})
