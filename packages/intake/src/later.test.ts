import { expect, test } from 'vitest'
import { laterPresets, readLater } from './later.ts'

// A Tuesday, 11:00 in Athens.
const now = new Date('2026-11-24T09:00:00Z')
const zone = 'Europe/Athens'
const read = (said: string, from = { now, zone }) => readLater(said, from)?.toISOString().slice(0, 16)

test.each([
  ['in 2h', '2026-11-24T11:00'],
  ['2 hours', '2026-11-24T11:00'],
  ['in two hours', '2026-11-24T11:00'],
  ['1.5h', '2026-11-24T10:30'],
  ['in half an hour', '2026-11-24T09:30'],
  ['in 45 minutes', '2026-11-24T09:45'],
  ['90m', '2026-11-24T10:30'],
  ['in 3 days', '2026-11-27T09:00'],
  ['in a week', '2026-12-01T09:00'],
  ['in 3 months', '2027-02-24T09:00'],
  ['σε 2 ώρες', '2026-11-24T11:00'],
  ['Σε δύο ώρες', '2026-11-24T11:00'],
  ['σε μία ώρα', '2026-11-24T10:00'],
  ['σε 1,5 ώρα', '2026-11-24T10:30'],
  ['σε μισή ώρα', '2026-11-24T09:30'],
  ['μετά από 20 λεπτά', '2026-11-24T09:20'],
  ['σε τρεις μέρες', '2026-11-27T09:00'],
  ['σε μία εβδομάδα', '2026-12-01T09:00'],
  ['tomorrow 9', '2026-11-25T07:00'],
  ['Tomorrow at 9:30', '2026-11-25T07:30'],
  ['tomorrow', '2026-11-25T07:00'],
  ['tomorrow afternoon', '2026-11-25T13:00'],
  ['tomorrow 5', '2026-11-25T15:00'],
  ['tomorrow 5 am', '2026-11-25T03:00'],
  ['tomorrow 12 am', '2026-11-24T22:00'],
  ['day after tomorrow at noon', '2026-11-26T10:00'],
  ['today 17:00', '2026-11-24T15:00'],
  ['today 8', '2026-11-24T06:00'],
  ['5pm', '2026-11-24T15:00'],
  ['17:00', '2026-11-24T15:00'],
  ['9', '2026-11-25T07:00'],
  ['monday', '2026-11-30T07:00'],
  ['next Monday at 14:30', '2026-11-30T12:30'],
  ['tuesday', '2026-12-01T07:00'],
  ['next week', '2026-11-30T07:00'],
  ['3 Dec 10:15', '2026-12-03T08:15'],
  ['24/12 9', '2026-12-24T07:00'],
  ['1/2', '2027-02-01T07:00'],
  ['2027-01-05 16:00', '2027-01-05T14:00'],
  ['αύριο 9', '2026-11-25T07:00'],
  ['Αύριο στις 9 το πρωί', '2026-11-25T07:00'],
  ['αύριο στις 5', '2026-11-25T15:00'],
  ['αύριο 10 το βράδυ', '2026-11-25T20:00'],
  ['μεθαύριο', '2026-11-26T07:00'],
  ['σήμερα 17:00', '2026-11-24T15:00'],
  ['στις 5 μ.μ.', '2026-11-24T15:00'],
  ['την επόμενη Δευτέρα στις 9', '2026-11-30T07:00'],
  ['Παρασκευή 14:30', '2026-11-27T12:30'],
  ['την άλλη εβδομάδα', '2026-11-30T07:00'],
  ['3 Δεκεμβρίου', '2026-12-03T07:00'],
  ['5 Μαΐου 10:00', '2027-05-05T07:00'],
])('%s is %s', (said, utc) => {
  expect(read(said)).toBe(utc)
})

test.each([
  '',
  'soon',
  'αργότερα',
  'today',
  'in 0 hours',
  'in -2 hours',
  'in 1.5 days',
  'tomorrow 25',
  'tomorrow 9:75',
  'tomorrow 9 or 10',
  '31/2',
  '0/12',
  '12/13',
  'in 2 parsecs',
  'yesterday 9',
])('%s is not understood', (said) => {
  expect(read(said)).toBeUndefined()
})

test('what is longer than any such time is not read at all', () => {
  expect(read(`tomorrow ${' '.repeat(30)}9`)).toBe('2026-11-25T07:00')
  expect(read(`tomorrow ${' '.repeat(80)}9`)).toBeUndefined()
})

test('on the nights when the clocks change nine is nine, and two hours are two hours', () => {
  const spring = { now: new Date('2026-03-28T20:00:00Z'), zone }
  expect(read('tomorrow 9', spring)).toBe('2026-03-29T06:00')
  expect(read('in 12h', spring)).toBe('2026-03-29T08:00')
  const autumn = { now: new Date('2026-10-24T20:00:00Z'), zone }
  expect(read('αύριο 9', autumn)).toBe('2026-10-25T07:00')
  expect(read('in 1 day', autumn)).toBe('2026-10-25T21:00')
})

test('the zone is the one of who asks', () => {
  expect(read('tomorrow 9', { now, zone: 'America/New_York' })).toBe('2026-11-25T14:00')
  expect(read('tomorrow 9', { now, zone: 'Nowhere/Atall' })).toBeUndefined()
})

test.each([
  [
    '2026-11-24T09:00:00Z',
    {
      in_an_hour: '2026-11-24T10:00',
      today: '2026-11-24T15:00',
      tomorrow: '2026-11-25T07:00',
      monday: '2026-11-30T07:00',
    },
  ],
  [
    '2026-11-24T15:00:00Z',
    { in_an_hour: '2026-11-24T16:00', tomorrow: '2026-11-25T07:00', monday: '2026-11-30T07:00' },
  ],
  // A Monday; and a Sunday, when tomorrow is Monday.
  [
    '2026-11-30T09:00:00Z',
    {
      in_an_hour: '2026-11-30T10:00',
      today: '2026-11-30T15:00',
      tomorrow: '2026-12-01T07:00',
      monday: '2026-12-07T07:00',
    },
  ],
  ['2026-11-29T18:00:00Z', { in_an_hour: '2026-11-29T19:00', tomorrow: '2026-11-30T07:00' }],
])('at %s what is offered is %j', (at, expected) => {
  const offered = laterPresets({ now: new Date(at), zone })
  expect(Object.fromEntries(offered.map(({ name, at: when }) => [name, when.toISOString().slice(0, 16)]))).toEqual(
    expected,
  )
})
