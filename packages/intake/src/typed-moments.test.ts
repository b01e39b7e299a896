import { expect, test } from 'vitest'
import { type Fact, readTypedMoment } from './index.ts'

// A Tuesday, 11:00 in Athens.
const now = new Date('2026-11-24T09:00:00Z')
const zone = 'Europe/Athens'
const read = (said: string, more: { zone?: string; known?: readonly Fact[] } = { zone }) =>
  (['en', 'el'] as const).map((locale) => readTypedMoment(said, { locale, now, ...more }))

test.each([
  ['yesterday at 17:00', '2026-11-23T15:00:00.000Z'],
  ['χθες στις 17:00', '2026-11-23T15:00:00.000Z'],
  ['yesterday at 5 pm', '2026-11-23T15:00:00.000Z'],
  ['χθες στις 5 το απόγευμα', '2026-11-23T15:00:00.000Z'],
  ['today 09:30', '2026-11-24T07:30:00.000Z'],
  ['σήμερα 09:30', '2026-11-24T07:30:00.000Z'],
  ['two hours ago', '2026-11-24T07:00:00.000Z'],
  ['πριν από δύο ώρες', '2026-11-24T07:00:00.000Z'],
  ['last Monday at 10 in the morning', '2026-11-23T08:00:00.000Z'],
  ['την περασμένη Δευτέρα στις 10 το πρωί', '2026-11-23T08:00:00.000Z'],
  ['8:15', '2026-11-24T06:15:00.000Z'],
  ['24/11/2026 10:15', '2026-11-24T08:15:00.000Z'],
  ['24 Nov 2026, 10:15:07', '2026-11-24T08:15:07.000Z'],
  ['24 Νοε 2026, 10:15:07', '2026-11-24T08:15:07.000Z'],
  ['2026-11-24T08:15:00Z', '2026-11-24T08:15:00.000Z'],
])('%s, typed for when it happened, is known to the minute in either language', (said, utc) => {
  for (const moment of read(said)) expect(moment).toMatchObject({ value: { said, utc } })
})

test.each([
  'now',
  'Now!',
  'right now',
  'just now',
  'It happened just now.',
  "it's happening right now",
  'just now, again',
  'τώρα',
  'Τώρα!',
  'μόλις τώρα',
  'μόλις',
  'τώρα μόλις',
  'μόλις έγινε',
  'Έγινε μόλις τώρα',
  'αυτή τη στιγμή',
  'twra',
  'molis twra',
  'molis',
  'I pressed Upload just now and it failed',
  'μόλις τώρα, δεν ανεβαίνει τίποτα',
])('%s, typed for when it happened, is the present', (said) => {
  for (const moment of read(said)) expect(moment?.value).toEqual({ said, zone, utc: now.toISOString() })
  for (const moment of read(said, {})) expect(moment?.value).toEqual({ said, utc: now.toISOString() })
})

test.each([
  'now it works',
  'Now I see it',
  'from now on',
  'it works just now',
  'not until now',
  'now and then',
  'I need it now',
  'τώρα δουλεύει',
  'μόλις πατάω αποστολή',
  'από τώρα και στο εξής',
  'μόλις τώρα δούλεψε',
  'κάθε τώρα και λίγο',
])('%s, typed for when it happened, is no moment of the problem', (said) =>
  expect(read(said)).toEqual([undefined, undefined]),
)

test.each([
  ['yesterday at 5', { local: '2026-11-23', unclear: 'time' }],
  ['χθες στις 5', { local: '2026-11-23', unclear: 'time' }],
  ['last Monday morning', { unclear: 'time' }],
  ['την περασμένη Δευτέρα το πρωί', { unclear: 'time' }],
  // It is 11:00: that is still to come.
  ['today 14:30', { unclear: 'date' }],
  ['σήμερα 14:30', { unclear: 'date' }],
])('%s leaves something to ask, and no moment is made up', (said, open) => {
  for (const moment of read(said)) {
    expect(moment?.value).toEqual({ said, zone, ...open })
    expect(moment?.value.utc).toBeUndefined()
  }
})

test.each(['yesterday at 17:00', 'χθες στις 17:00'])('%s without a time zone asks for it', (said) => {
  for (const moment of read(said, {}))
    expect(moment?.value).toEqual({ said, local: '2026-11-23T17:00:00', unclear: 'zone' })
})

test.each(['yesterday 17:00 London time', 'χθες 17:00 ώρα Λονδίνου'])(
  'the zone in %s outweighs the browser’s',
  (said) => {
    for (const moment of read(said)) expect(moment?.value.utc).toBe('2026-11-23T17:00:00.000Z')
  },
)

test.each(['no idea', 'δεν θυμάμαι', 'when I press Upload', 'κάθε φορά που πατάω αποστολή', 'call me at 17:00', ''])(
  '%j is no moment',
  (said) => expect(read(said)).toEqual([undefined, undefined]),
)

test('the words stay as they were typed, also those around the moment', () => {
  const said = 'I think it was yesterday at 17:00, after lunch'
  for (const moment of read(said)) expect(moment?.value).toMatchObject({ said, utc: '2026-11-23T15:00:00.000Z' })
})

test('it may rest on what was told before', () => {
  const before: Fact = {
    field: 'timestamps',
    value: { said: 'at 10:00', zone, utc: '2026-11-24T08:00:00.000Z' },
    source: 'contact',
    at: '2026-11-24T08:30:00.000Z',
  }
  for (const said of ['half an hour later than I said', 'μισή ώρα αργότερα από ό,τι είπα'])
    for (const moment of read(said, { zone, known: [before] }))
      expect(moment).toMatchObject({ value: { said, utc: '2026-11-24T08:30:00.000Z' } })
})
