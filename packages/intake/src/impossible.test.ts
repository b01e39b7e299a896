import { expect, test } from 'vitest'
import { impossiblePart } from './impossible.ts'

test.each([
  ['31/02/2026 25:99', 'date'],
  ['30.2.2026', 'date'],
  ['2026-02-30 10:00', 'date'],
  ['31/2 at 10:00', 'date'],
  ['31 Ιουνίου στις 10:00', 'date'],
  ['February 30', 'date'],
  ['45 May', 'date'],
  ['28/11/2026 25:99', 'time'],
  ['yesterday at 10:75', 'time'],
  ['29/02/2026', 'date'],
])('%s is impossible', (said, part) => {
  expect(impossiblePart(said)).toBe(part)
})

test.each([
  '28/11/2026 10:15',
  '11/28/2026 10:15',
  '29/02/2024',
  '29/2',
  '31 December',
  'yesterday, a little after nine',
  'χθες το βράδυ',
  '10:45 May 3',
  '2026-11-28T10:15:30+05:30',
  'from 31/11 (no, 30/11) at 24:00',
])('%s may be', (said) => {
  expect(impossiblePart(said)).toBeUndefined()
})
