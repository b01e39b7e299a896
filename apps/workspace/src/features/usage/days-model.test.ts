import { expect, test } from 'vitest'
import { barsOf, bytes, lastDays, shortQuantity } from './days-model.ts'

const format = (value: number, options?: Intl.NumberFormatOptions) => new Intl.NumberFormat('en', options).format(value)

test('a range of so many days ends today', () => {
  expect(lastDays(3, Date.parse('2026-03-01T10:00:00Z'))).toEqual({ from: '2026-02-27', to: '2026-03-01' })
})

test('every day has a bar: of a sum nothing on a day without a figure, of a level what it was', () => {
  const range = { from: '2026-11-20', to: '2026-11-23' }
  const days = [
    { day: '2026-11-20', quantity: 5 },
    { day: '2026-11-22', quantity: 7 },
  ]
  expect(barsOf({ days, kind: 'sum' }, range).map(({ quantity }) => quantity)).toEqual([5, 0, 7, 0])
  expect(barsOf({ days, kind: 'level' }, range).map(({ quantity }) => quantity)).toEqual([5, 5, 7, 7])
  expect(barsOf({ days, kind: 'sum' }, range).map(({ isWeekend }) => isWeekend)).toEqual([false, true, true, false])
})

test('large figures are written short', () => {
  expect([3, 2.55, 1912, 1_400_000].map((each) => shortQuantity(format, each))).toEqual(['3', '2.6', '1,912', '1.4M'])
  expect([900, 25_000_000, 4_200_000_000].map((each) => bytes(format, each))).toEqual(['900 byte', '25 MB', '4.2 GB'])
})
