import { expect, test } from 'vitest'
import { dueBetween } from './time-tables.ts'

const tables = [
  { name: 'each minute', cron: '* * * * *' },
  { name: 'each quarter', cron: '*/15 * * * *' },
  { name: 'at four', cron: '0 4 * * *' },
  { name: 'never by itself' },
]
const due = (from: string, to: string) =>
  dueBetween(tables, new Date(`2026-11-24T${from}Z`), new Date(`2026-11-24T${to}Z`))

test('due is what came after the one and not later than the other', () => {
  expect(due('03:59:40', '03:59:59.999')).toEqual([])
  expect(due('03:59:40', '04:00:00')).toEqual(['each minute', 'each quarter', 'at four'])
  expect(due('04:00:00', '04:00:59')).toEqual([])
  expect(due('04:00:00', '04:01:00')).toEqual(['each minute'])
  expect(due('04:14:59', '04:15:05')).toEqual(['each minute', 'each quarter'])
})

test('what came often while nobody looked is due once', () => {
  expect(dueBetween(tables, new Date('2026-10-01T00:00:00Z'), new Date('2026-11-24T00:00:00Z'))).toEqual([
    'each minute',
    'each quarter',
    'at four',
  ])
})

test('a clock that was set back makes nothing due', () => {
  expect(due('04:30:00', '03:30:00')).toEqual([])
})
