import { describe, expect, test } from 'vitest'
import { fill, fillBoth, type Params } from './sentence.ts'

const en = (template: string, params: Params): string => fill(template, params, 'en')

describe('a sentence', () => {
  test.each([
    [0, 'requests were'],
    [1, 'request was'],
    ['1', 'request was'],
    [2, 'requests were'],
    [11, 'requests were'],
    ['1.0', 'requests were'],
  ])('takes the first form for exactly one, not for %s → %s', (count, words) => {
    expect(en('{count} {count?request was|requests were} cancelled', { count })).toBe(`${count} ${words} cancelled`)
  })

  test('takes the second form when nobody says how many', () => {
    expect(en('{count?a request|requests}', {})).toBe('requests')
  })

  test('may leave either form empty', () => {
    const template = 'answered 403{count?:|, first} {path}{count?| ({count} in all)}'
    expect(en(template, { count: 1, path: '/x' })).toBe('answered 403: /x')
    expect(en(template, { count: 3, path: '/x' })).toBe('answered 403, first /x (3 in all)')
  })

  test('fills in what the chosen form names, and drops what only the other one names', () => {
    const template = '{count?A request took {seconds} s|{count} requests took up to {seconds} s}'
    expect(en(template, { count: 1, seconds: 4 })).toBe('A request took 4 s')
    expect(en(template, { count: 2, seconds: 4 })).toBe('2 requests took up to 4 s')
  })

  test('drops a part in brackets when a parameter in it is empty, whether the choice is inside or around', () => {
    const inside = 'cut[[ with {count?|up to }{size} MB]]'
    expect(en(inside, { count: 1, size: '' })).toBe('cut')
    expect(en(inside, { count: 1, size: 3 })).toBe('cut with 3 MB')
    expect(en(inside, { count: 2, size: 3 })).toBe('cut with up to 3 MB')
    const around = 'cut{count?[[ after {seconds} s]]|[[, the first after {seconds} s]]}'
    expect(en(around, { count: 2, seconds: 5 })).toBe('cut, the first after 5 s')
    expect(en(around, { count: 1, seconds: '' })).toBe('cut')
  })

  test('never reads a value as a template', () => {
    const path = '/{count?a|b}/{host}/[[{host}]]/$&'
    expect(en('{count?GET|first GET} {path}[[ at {host}]]', { count: 1, path, host: 'h' })).toBe(`GET ${path} at h`)
  })

  test.each([
    [24.6, '24.6', '24,6'],
    [20, '20', '20'],
    [999, '999', '999'],
    [1_234, '1,234', '1.234'],
    [1_234_567.5, '1,234,567.5', '1.234.567,5'],
    [-1_500, '-1,500', '-1.500'],
  ])('writes the number %s as each language does', (size, english, greek) => {
    const template = { en: '{size} MB', el: '{size} MB' }
    expect(fillBoth(template, { size })).toEqual({ en: `${english} MB`, el: `${greek} MB` })
  })

  test('leaves digits alone that are no number, such as a status or a version', () => {
    expect(fillBoth({ en: '{code}', el: '{code}' }, { code: '1006.5' })).toEqual({ en: '1006.5', el: '1006.5' })
  })
})
