import type { AffectedComponent } from '@clew/contract/status'
import { describe, expect, test } from 'vitest'
import { instantOf, isWritten, listOf, localOf, lookOf, textIn, withAffected } from './status-model.ts'

const id = (name: string) => name as AffectedComponent['componentId']

test('what is hurt is listed once, and taken off when it is not', () => {
  const one = withAffected([], id('a'), 'degraded_performance')
  const worse = withAffected(one, id('a'), 'major_outage')
  expect(worse).toEqual([{ componentId: 'a', status: 'major_outage' }])
  expect(withAffected(worse, id('a'), undefined)).toEqual([])
})

test('an incident looks as bad as its worst component, or as its impact when it names none', () => {
  const components = (['operational', 'partial_outage', 'under_maintenance'] as const).map((status) => ({
    componentId: id(status),
    status,
  }))
  expect(lookOf({ components, impact: 'minor' }).shape).toBe('partial')
  expect(lookOf({ components: [], impact: 'critical' }).shape).toBe('major')
})

test('words are separated by commas, and empty ones are none', () => {
  expect(listOf(' upload, file upload ,, ')).toEqual(['upload', 'file upload'])
  expect(listOf('')).toEqual([])
})

describe('a moment in a field', () => {
  test('comes back as it was, to the minute', () => {
    expect(localOf(instantOf('2026-11-24T09:42') ?? '')).toBe('2026-11-24T09:42')
  })

  test('that is empty or none is left out', () => {
    expect([instantOf(''), instantOf('soon')]).toEqual([undefined, undefined])
  })
})

test('a text in one language is enough, and shown in the other', () => {
  expect([isWritten({ en: ' ', el: '' }), isWritten({ en: '', el: 'Αργεί' })]).toEqual([false, true])
  expect(textIn({ en: '', el: 'Αργεί' }, 'en')).toBe('Αργεί')
})
