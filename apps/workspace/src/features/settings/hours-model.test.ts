import { expect, test } from 'vitest'
import { endOf, faultyDay, firstHours, inOrder, likeMonday, missingGreek, nextSpan, shownEnd } from './hours-model.ts'

const { week } = firstHours('Europe/Athens')

test.each([
  [[], undefined],
  [
    [
      { from: '09:00', to: '13:00' },
      { from: '13:00', to: '17:00' },
    ],
    undefined,
  ],
  [[{ from: '20:00', to: '02:00' }], undefined],
  [[{ from: '00:00', to: '24:00' }], undefined],
  [
    [
      { from: '09:00', to: '13:00' },
      { from: '12:00', to: '17:00' },
    ],
    'sun',
  ],
  [
    [
      { from: '20:00', to: '02:00' },
      { from: '21:00', to: '22:00' },
    ],
    'sun',
  ],
  [[{ from: '09:00', to: '09:00' }], 'sun'],
  [[{ from: '', to: '09:00' }], 'sun'],
])('Sunday with %j', (sun, faulty) => {
  expect(faultyDay({ ...week, sun })).toBe(faulty)
})

test('Monday is copied to the working days only', () => {
  const mon = [{ from: '08:00', to: '12:00' }]
  expect(likeMonday({ ...week, mon })).toMatchObject({ fri: mon, sat: [] })
})

test('midnight at the end is the end of the day', () => {
  expect([endOf('00:00'), shownEnd('24:00'), endOf('17:00')]).toEqual(['24:00', '00:00', '17:00'])
  expect(nextSpan([{ from: '09:00', to: '13:00' }])).toEqual({ from: '14:00', to: '15:00' })
})

test('the Greek holidays are added once, and stand in the order of the year', () => {
  const all = missingGreek([])
  expect(all).toHaveLength(13)
  expect(missingGreek(all)).toEqual([])
  const days = inOrder(all, 2027).map(({ day }) => day)
  expect(days).toEqual([...days].sort())
  expect(days).toContain('2027-05-02')
})
