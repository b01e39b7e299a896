import type { Fact, FactOf, TimestampValue } from '@clew/intake'
import { expect, test } from 'vitest'
import { withMomentsRead } from './model.moments.ts'

const at = '2026-11-24T09:00:00.000Z'
const teller = { locale: 'el', timeZone: 'Europe/Athens' } as const
const typed = (value: TimestampValue, more: Partial<FactOf<'timestamps'>> = {}): Fact => ({
  field: 'timestamps',
  value,
  source: 'contact',
  at,
  ...more,
})
const read = (fact: Fact, known: readonly Fact[] = []) => withMomentsRead(known, [fact], teller)[0]

test('words are read by the zone that came with them, else by the person’s own', () => {
  const said = 'χθες στις 17:00'
  expect(read(typed({ said }))?.value).toEqual({ said, zone: 'Europe/Athens', utc: '2026-11-23T15:00:00.000Z' })
  expect(read(typed({ said, zone: 'Europe/London' }))?.value).toEqual({
    said,
    zone: 'Europe/London',
    utc: '2026-11-23T17:00:00.000Z',
  })
})

test('an hour ago is an hour before it was said, whenever that is read', () => {
  expect(read(typed({ said: 'an hour ago' }, { source: 'agent' }))).toMatchObject({
    source: 'agent',
    value: { utc: '2026-11-24T08:00:00.000Z' },
  })
})

test.each<Fact>([
  typed({ said: 'δεν θυμάμαι', zone: 'Europe/Athens' }),
  typed({ said: 'yesterday at 17:00', utc: '2026-11-20T10:00:00.000Z' }),
  typed({ said: 'yesterday at 17:00', unclear: 'zone', local: '2026-11-23T17:00:00' }),
  { field: 'problem', value: { text: 'It broke yesterday at 17:00' }, source: 'contact', at },
])('what is no moment, or was read before, stays as it is: %j', (fact) => {
  expect(read(fact)).toEqual(fact)
})

test('what was told before is what an hour later is later than', () => {
  const said = 'one hour later than I said'
  const before = typed({ said: '08:00', utc: '2026-11-24T06:00:00.000Z' }, { at: '2026-11-24T08:30:00.000Z' })
  expect(read(typed({ said }), [before])?.value).toMatchObject({ said, utc: '2026-11-24T07:00:00.000Z' })
})
