import { describe, expect, test } from 'vitest'
import { actionForKey, type KeyPress } from './key-map.ts'

const here = { enabled: true, writing: false, overlay: false }
const press = (key: string, change: Partial<KeyPress> = {}): KeyPress => ({
  key,
  code: `Key${key.toUpperCase()}`,
  shiftKey: false,
  ctrlKey: false,
  metaKey: false,
  altKey: false,
  repeat: false,
  ...change,
})

describe('single keys', () => {
  test.each([
    ['j', 'next'],
    ['k', 'previous'],
    ['r', 'reply'],
    ['n', 'note'],
    ['a', 'assign'],
    ['e', 'resolve'],
    ['z', 'snooze'],
    ['/', 'find_case'],
  ])('%s means %s', (key, action) => expect(actionForKey(press(key), here)).toBe(action))

  test('Shift A assigns to me', () => {
    expect(actionForKey(press('A', { shiftKey: true }), here)).toBe('assign_to_me')
  })

  test('on a Greek layout the same places on the keyboard work', () => {
    expect(actionForKey(press('ξ', { code: 'KeyJ' }), here)).toBe('next')
    expect(actionForKey(press('Α', { code: 'KeyA', shiftKey: true }), here)).toBe('assign_to_me')
  })

  test('on a Dvorak layout the letter decides, not its place', () => {
    expect(actionForKey(press('j', { code: 'KeyC' }), here)).toBe('next')
  })

  test('? opens the sheet on any layout', () => {
    expect(actionForKey(press('?', { code: 'Slash', shiftKey: true }), here)).toBe('sheet')
  })

  test.each(['ctrlKey', 'metaKey', 'altKey'] as const)('with %s the browser keeps the key', (modifier) => {
    expect(actionForKey(press('r', { [modifier]: true }), here)).toBeUndefined()
  })

  test('held down, a key goes on through the list and does everything else once', () => {
    const held = ['j', 'k', 'e', 'a', 'r', 'n', 'x', 'z'].map((key) => actionForKey(press(key, { repeat: true }), here))
    expect(held.filter((action) => action !== undefined)).toEqual(['next', 'previous'])
  })

  test.each([
    ['while someone writes', { writing: true }],
    ['under a dialog', { overlay: true }],
    ['when switched off', { enabled: false }],
  ])('none works %s', (_name, change) => {
    expect(actionForKey(press('e'), { ...here, ...change })).toBeUndefined()
  })

  test('names that objects inherit are not actions', () => {
    expect(actionForKey(press('constructor', { code: '' }), here)).toBeUndefined()
  })
})
