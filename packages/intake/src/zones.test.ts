import { describe, expect, test } from 'vitest'
import { clarifyTimestamp, extractFacts, extractZone } from './extract.ts'
import { instantOf, wallTimeAt } from './zones.ts'

const wall = (month: number, day: number, hour: number, minute = 0) => ({
  year: 2026,
  month,
  day,
  hour,
  minute,
  second: 0,
})

describe('the nights when clocks change in Athens', () => {
  test.each([
    ['before the spring change', wall(3, 29, 2, 59), '2026-03-29T00:59:00.000Z'],
    ['after the spring change', wall(3, 29, 4, 0), '2026-03-29T01:00:00.000Z'],
    ['before the autumn change', wall(10, 25, 2, 59), '2026-10-24T23:59:00.000Z'],
    ['after the autumn change', wall(10, 25, 4, 0), '2026-10-25T02:00:00.000Z'],
  ])('%s', (_name, local, expected) => {
    expect(instantOf(local, 'Europe/Athens')?.toISOString()).toBe(expected)
  })
})

test('wall time and instant are inverse', () => {
  const instant = new Date('2026-07-01T12:34:56Z')
  const local = wallTimeAt(instant, 'America/New_York')
  expect(local && instantOf(local, 'America/New_York')).toEqual(instant)
})

test('a date that does not exist and a zone that does not exist have no instant', () => {
  expect(instantOf(wall(2, 30, 10), 'UTC')).toBeUndefined()
  expect(instantOf(wall(2, 3, 10), 'Mars/Olympus')).toBeUndefined()
})

test('an unknown zone from the browser does not break reading', () => {
  const facts = extractFacts('it failed today at 9:48', {
    locale: 'en',
    now: new Date('2026-11-24T12:00:00Z'),
    zone: 'Mars/Olympus',
  })
  expect(facts.map(({ field }) => field)).not.toContain('timestamps')
})

test('a moment without a zone is settled when the zone is told', () => {
  const now = new Date('2026-11-24T08:06:00Z')
  const zone = extractZone('Athens time', { locale: 'en', now })
  expect(zone).toBe('Europe/Athens')
  const value = { said: 'yesterday at 5pm', unclear: 'zone' } as const
  expect(clarifyTimestamp(value, { locale: 'en', now, zone: zone ?? '' })).toEqual({
    said: 'yesterday at 5pm',
    zone: 'Europe/Athens',
    utc: '2026-11-23T15:00:00.000Z',
  })
})
