import fc from 'fast-check'
import { expect, test } from 'vitest'
import { placeOf, positionOf } from './place.ts'
import { comparePlaces } from './place-order.ts'

const place = fc
  .record({
    epoch: fc.integer({ min: 0, max: 2147483647 }),
    xid: fc.bigInt({ min: 0n, max: 18446744073709551615n }).map(String),
    id: fc.bigInt({ min: 0n, max: 9223372036854775807n }).map(String),
  })
  .filter(({ epoch }) => epoch < 1e9)

test('a place survives the way to a client and back', () => {
  fc.assert(
    fc.property(place, (each) => {
      expect(placeOf(positionOf(each))).toEqual(each)
    }),
  )
})

test('places are ordered by epoch, then transaction, then id, beyond what a double can tell apart', () => {
  expect(
    comparePlaces({ epoch: 1, xid: '9007199254740993', id: '1' }, { epoch: 1, xid: '9007199254740992', id: '9' }),
  ).toBe(1)
  expect(comparePlaces({ epoch: 2, xid: '1', id: '1' }, { epoch: 1, xid: '9', id: '9' })).toBe(1)
  expect(comparePlaces({ epoch: 1, xid: '5', id: '10' }, { epoch: 1, xid: '5', id: '9' })).toBe(1)
  expect(comparePlaces({ epoch: 1, xid: '5', id: '9' }, { epoch: 1, xid: '5', id: '9' })).toBe(0)
})

test.each([
  '',
  '1-2',
  '1-2-3-4',
  'a-b-c',
  '-1-2-3',
  '1-2-99999999999999999999',
  '1-99999999999999999999-1',
  "1-2-3'; --",
  '1-2-3\n',
])('the forged position %j is refused', (position) =>
  expect(() => placeOf(position)).toThrow('stream.position_invalid'),
)
