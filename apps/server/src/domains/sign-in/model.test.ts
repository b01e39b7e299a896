import { expect, test } from 'vitest'
import { addressRule, networkOf, restSeconds } from './model.ts'

const now = new Date('2026-11-24T10:00:00Z')
const failures = (count: number, secondsAgo = 0) =>
  Array.from({ length: count }, () => new Date(now.getTime() - secondsAgo * 1000))

test.each([
  [0, 0],
  [7, 0],
  [8, 15],
  [9, 30],
  [12, 240],
  [13, 300],
  [1000, 300],
])('after %i failures just now the account rests %i seconds, never for ever', (count, seconds) => {
  expect(restSeconds(failures(count), now)).toBe(seconds)
})

test('a rest ends, and failures of a quarter of an hour ago do not count', () => {
  expect(restSeconds(failures(8, 15), now)).toBe(0)
  expect(restSeconds(failures(50, 15 * 60), now)).toBe(0)
})

test('behind one address there may be an office: it rests later than an account', () => {
  expect(restSeconds(failures(29), now, addressRule)).toBe(0)
  expect(restSeconds(failures(30), now, addressRule)).toBe(15)
})

test.each([
  ['203.0.113.7', '203.0.113.7'],
  ['::ffff:203.0.113.7', '203.0.113.7'],
  ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64'],
  ['2001:db8:1:2::9', '2001:db8:1:2::/64'],
  ['2001:db8::9', '2001:db8:0:0::/64'],
  ['::1', '0:0:0:0::/64'],
  ['fe80::1%eth0', 'fe80:0:0:0::/64'],
])('%s is counted as %s', (address, network) => {
  expect(networkOf(address)).toBe(network)
})
