import fc from 'fast-check'
import { expect, test } from 'vitest'
import { createViewSearch } from './byte-views.ts'
import { detectAddresses, detectBearers, detectCards, detectGreekIds, detectPhones } from './detectors.ts'
import { decodedViews, needleForms } from './encodings.ts'
import { createNeedleFinder, type NeedleFinder } from './needles.ts'
import { redactText } from './redact-text.ts'

const encoder = new TextEncoder()

/** How many steps beyond the one pass a search takes. */
function stepsOf(finder: NeedleFinder, text: string): number {
  const before = finder.steps
  finder.findAll(text)
  return finder.steps - before
}

const HOSTILE: Readonly<Record<string, { needles: string[]; piece: string }>> = {
  'one letter, and a needle that differs at its end': { needles: [`${'a'.repeat(8_000)}b`], piece: 'a' },
  'one letter, and needles of every length': {
    needles: Array.from({ length: 2_000 }, (_, i) => `${'a'.repeat(i + 8)}b`),
    piece: 'a',
  },
  'the beginning of thousands of needles': {
    needles: Array.from({ length: 5_000 }, (_, i) => `user_session_${i}_${'x'.repeat(i % 50)}`),
    piece: 'user_session_',
  },
  'needles that are there': { needles: ['secret-value-1'], piece: 'secret-value-1 ' },
  blanks: { needles: [`${' '.repeat(500)}x`, 'another secret'], piece: ' ' },
}

test.each(Object.entries(HOSTILE))('searching %s is linear work', (_, { needles, piece }) => {
  const finder = createNeedleFinder(needles)
  const text = piece.repeat(Math.ceil(400_000 / piece.length))
  const [half, whole] = [stepsOf(finder, text.slice(0, text.length / 2)), stepsOf(finder, text)]
  expect(whole).toBeLessThanOrEqual(half * 2 + (1 << 18))
  expect(whole).toBeLessThanOrEqual(64 * text.length + (1 << 18) + 16_384)
})

test('what is spared is gone over once, not again and again', () => {
  const finder = createNeedleFinder(['northlight1', 'light1-north'])
  const spares = (): boolean => true
  const steps = (text: string): number => {
    const before = finder.steps
    expect(finder.findAll(text, spares)).toEqual([])
    return finder.steps - before
  }
  const text = 'northlight1-'.repeat(60_000)
  expect(steps(text)).toBeLessThanOrEqual(steps(text.slice(0, text.length / 2)) * 2 + 64)
  expect(steps(text)).toBeLessThan(text.length * 3)
})

test('a needle that begins inside a spared one is found', () => {
  const finder = createNeedleFinder(['northlight1', 'light1-9aF3kL'])
  const text = 'x.northlight1-9aF3kL.example'
  expect(finder.findAll(text, ({ needle }) => needle === 'northlight1')).toEqual([
    { start: 7, end: 20, needle: 'light1-9af3kl' },
  ])
})

test('ordinary text costs next to nothing beyond the one pass, however many needles there are', () => {
  const needles = Array.from({ length: 20_000 }, (_, i) => `person${i}@customer.example`)
  const finder = createNeedleFinder(needles.flatMap((needle) => [...needleForms(needle)].map((form) => String(form))))
  const text = 'A person of the team writes that the personal page and the customer page are slow. '.repeat(5_000)
  expect(stepsOf(finder, text)).toBeLessThan(text.length)
})

test('a text made to resemble needles everywhere counts as found, and nothing of it is passed over', () => {
  const finder = createNeedleFinder(Array.from({ length: 3_000 }, (_, i) => `${'a'.repeat(i + 8)}b`))
  const text = 'a'.repeat(1_000_000)
  expect(finder.find(text)?.end).toBe(text.length)
  expect(finder.isIn(encoder.encode(text))).toBe(true)
})

const needle = fc.string({ unit: fc.constantFrom('a', 'B', '7', 'é', '-', '"', '/'), minLength: 8, maxLength: 40 })

test('bytes hold what their text holds, and a needle at the edge of another text is none', () => {
  fc.assert(
    fc.property(fc.array(needle, { minLength: 1, maxLength: 8 }), needle, needle, (needles, before, after) => {
      const odd = needles.map((value) => `${value}#é`)
      const finder = createNeedleFinder(odd)
      const text = `${before}${odd[0]}${after}`
      expect(finder.isIn(encoder.encode(text))).toBe(true)
      expect(finder.isIn(encoder.encode(`${before}${after}`))).toBe(false)
    }),
  )
  const word = createNeedleFinder(['winter'])
  word.find('wintersun')
  expect(word.find('winter')).toMatchObject({ start: 0, end: 6 })
})

test('the views of bytes say what the views of their text say', () => {
  const value = 'hunter2-Secret/ü"x'
  const plain = createNeedleFinder([value])
  const hex = Array.from(encoder.encode(value), (byte) => byte.toString(16).padStart(2, '0')).join('')
  const json = (text: string): string => JSON.stringify(text).slice(1, -1)
  const base64 = btoa(String.fromCharCode(...encoder.encode(`ab${value}`)))
  const percent = encodeURIComponent(value)
  const texts = [
    percent,
    encodeURIComponent(percent),
    json(json(json(json(value)))),
    `x\\u0068${value.slice(1)}`,
    base64,
    hex,
  ]
  const isInViews = createViewSearch((view, from, to) => plain.isIn(view, from, to))
  const entities = value.replace('"', '&quot;').replace('/', '&#x2f;')
  texts.push(
    encodeURIComponent(encodeURIComponent(percent)),
    `%u0068${percent.slice(1)}`,
    json(json(value.replace('ü', '\\u{fc}'))),
    json(value.replace('ü', '\\xfc')),
    json(json(value.replace('ü', '\\xc3\\xbc'))),
  )
  for (const text of [...texts, `sess_${hex}`, entities, json(entities)]) {
    const bytes = encoder.encode(`{"a":"${text}","b":"c"}`)
    expect(isInViews(bytes), text).toBe(true)
    // A second look says the same.
    expect(isInViews(bytes), text).toBe(true)
  }
  expect(decodedViews(percent)).toContain(value)
  const innocent = encoder.encode(JSON.stringify({ a: `100% of ${'AbCd0'.repeat(40)} &amp; \\u0041` }))
  for (let times = 0; times < 2; times += 1) expect(isInViews(innocent)).toBe(false)
})

/** Places that are found by steps must not depend on where in a text they stand. */
test.each([
  ['card', '4111 1111 1111 1111', detectCards],
  ['phone', '+30 694 123 4567', detectPhones],
  ['phone', '(415) 555-2671', detectPhones],
  ['national_id', 'EL090000045', detectGreekIds],
  ['ip', '8.8.4.4', detectAddresses],
  ['ip', '2001:db8::ff00:42:8329', detectAddresses],
  ['ip', '00:1A:2b:3c:4D:5e', detectAddresses],
  ['bearer', 'Bearer abcdefgh12345678', detectBearers],
] as const)('%s %s is found at every place of a text', (kind, value, detect) => {
  for (let before = 0; before < 40; before += 1) {
    const text = `${'w'.repeat(before)} ${value} and more`
    expect(
      detect(text).some((span) => span.kind === kind),
      text,
    ).toBe(true)
    expect(redactText(text).text).not.toContain(value)
  }
})
