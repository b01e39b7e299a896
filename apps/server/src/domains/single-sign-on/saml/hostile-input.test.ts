import { costRatio, growth } from '@clew/testkit/growth'
import fc from 'fast-check'
import { describe, expect, test, vi } from 'vitest'
import { parserAttacks } from '../../../testkit/saml-idp/attacks.parser.ts'
import { arrivalOf, attacks } from '../../../testkit/saml-idp/attacks.ts'
import { assertionIn, samlIdp } from '../../../testkit/saml-idp/idp.ts'
import { shapes } from '../../../testkit/saml-idp/shapes.ts'
import { examineResponse, type SamlOutcome } from './examine-response.ts'
import type { ResponseInput } from './subjects.ts'
import { readXml, XmlProblem } from './xml/reader.ts'
import { standaloneSource } from './xml/walk.ts'

const idp = samlIdp()
const genuine = [
  idp.issue({ signs: ['Assertion'] }),
  idp.issue({ signs: ['Response'], shape: shapes.google }),
  idp.issue({ signs: ['Assertion'], shape: shapes.entra }),
].map((xml) => Buffer.from(xml))
const claims = claimsOf(examineResponse(idp.input(genuine[0] ?? '')))

/** Refused, or accepted with what the provider signed: nothing between. */
function expectNothingForged(message: Buffer): void {
  const read = claimsOf(examineResponse(idp.input(message)))
  if (read !== undefined) expect(read).toEqual(claims)
}

describe('what was signed cannot be changed', () => {
  test('any byte of the signed assertion', () => {
    const message = genuine[0] ?? Buffer.alloc(0)
    const assertion = Buffer.from(assertionIn(message.toString()))
    const start = message.indexOf(assertion)
    const place = fc.integer({ min: start, max: start + assertion.length - 1 })
    fc.assert(
      fc.property(place, fc.integer({ min: 1, max: 255 }), (at, flip) => {
        const changed = Buffer.from(message)
        changed.writeUInt8(changed.readUInt8(at) ^ flip, at)
        expectNothingForged(changed)
      }),
      { numRuns: 150 },
    )
  })

  test('any byte of the name', () => {
    const message = genuine[0] ?? Buffer.alloc(0)
    const start = message.indexOf('>maria@') + 1
    for (let at = start; at < start + 'maria@customer.example'.length; at += 1) {
      for (const flip of [1, 0x20]) {
        const changed = Buffer.from(message)
        changed.writeUInt8(changed.readUInt8(at) ^ flip, at)
        expect(examineResponse(idp.input(changed)).ok).toBe(false)
      }
    }
  })

  test('pieces cut out, doubled, moved or put in anywhere', () => {
    const piece = fc.constantFrom(
      '<!---->',
      '<![CDATA[x]]>',
      '&#x41;',
      '<x/>',
      ' ',
      ' xmlns:a="urn:x"',
      '<a:b xmlns:a="urn:x">',
      '"',
      '>',
      'x',
    )
    const place = fc.double({ min: 0, max: 1, noNaN: true })
    fc.assert(
      fc.property(fc.constantFrom(...genuine), fc.tuple(place, place, place), piece, (message, places, added) => {
        const [from = 0, to = 0, target = 0] = places
          .map((part) => Math.floor(part * message.length))
          .toSorted((a, b) => a - b)
        const [head, cut, rest] = [message.subarray(0, from), message.subarray(from, to), message.subarray(to)]
        const put = (at: number, bytes: Buffer | string) =>
          Buffer.concat([message.subarray(0, at), Buffer.from(bytes), message.subarray(at)])
        expectNothingForged(Buffer.concat([head, rest]))
        expectNothingForged(put(target, cut))
        expectNothingForged(put(target, added))
      }),
      { numRuns: 40 },
    )
  })
})

describe('whatever arrives is answered', () => {
  test('any bytes and any text are refused, never thrown', () => {
    const anything = fc.oneof(
      fc.uint8Array({ maxLength: 300 }).map((bytes) => Buffer.from(bytes)),
      fc.string({ unit: 'binary', maxLength: 300 }).map((text) => Buffer.from(`<${text}>`)),
    )
    fc.assert(
      fc.property(anything, (bytes) => !examineResponse(idp.input(bytes)).ok),
      { numRuns: 200 },
    )
    fc.assert(
      fc.property(fc.string(), (samlResponse) => !examineResponse(idp.input('', { samlResponse })).ok),
      { numRuns: 200 },
    )
  })

  test.each(attacks.map((attack) => [attack.name, attack] as const))(
    'with no parser complaining aloud: %s',
    (_, attack) => {
      const said = [vi.spyOn(console, 'error'), vi.spyOn(console, 'warn')]
      examineResponse(arrivalOf(attack))
      expect(said.flatMap(({ mock }) => mock.calls)).toEqual([])
    },
  )

  test.each(parserAttacks.map((attack) => [attack.name, attack] as const))(
    'at no more than ten times the cost of a genuine response: %s',
    async (_, attack) => {
      const both = [idp.input(genuine[0] ?? ''), arrivalOf(attack)] as const
      expect(await costRatio(examineResponse, both, 10)).toBeLessThan(10)
    },
  )

  // As much of each as is let through.
  const filler: [name: string, xml: string, most: number][] = [
    ['as many elements as are allowed', '<a/>', 2900],
    ['tens of thousands of elements', '<a/>', 45_000],
    ['elements full of attributes', `<a${many(60, (n) => ` a${n}="${'x'.repeat(20)}"`)}/>`, 88],
    ['elements as deep as is allowed', `${'<a>'.repeat(60)}${'</a>'.repeat(60)}`, 48],
    ['each element with its own namespaces', `<a${many(28, (n) => ` xmlns:p${n}="urn:${n}"`)}/>`, 348],
    ['one long text', 'x', 200_000],
    ['a text of entities', '&amp;', 40_000],
    ['thousands of values without an end', ' ="', 60_000],
    ['thousands of tags without an end', '<a ', 60_000],
  ]
  test.each(filler)('%s, under a signature to verify, in the time that their number takes', async (_, piece, most) => {
    const message = idp.issue({ signs: ['Response'], key: idp.keys.attacker })
    const filled = (count: number) =>
      idp.input(message.replace('</saml:Conditions>', `</saml:Conditions>${piece.repeat(count)}`))
    const refused = (input: ResponseInput) => expect(examineResponse(input).ok).toBe(false)
    expect(await growth(refused, filled, { from: most / 4, factor: 4 })).toBeLessThan(8)
  })
})

describe('the reader', () => {
  test('reads an element that stands alone as it read it in its document', () => {
    const xml = '<a:r xmlns:a="urn:a" xmlns="urn:d"><b c="&lt;1&gt;&#38;"><a:c/>text</b></a:r>'
    const inner = readXml(xml).elements[1]
    const alone = inner && readXml(standaloneSource(inner, xml)).roots[0]
    expect(alone).toMatchObject({ local: 'b', namespace: 'urn:d' })
    expect(alone?.attributes.find(({ name }) => name === 'c')?.value).toBe('<1>&')
  })

  test('gives back every text and value that was escaped', () => {
    const character = fc.string({ unit: 'grapheme' }).filter((text) => /^[^\p{C}]*$/u.test(text))
    fc.assert(
      fc.property(character, (text) => {
        const escaped = text.replace(/[&<>"]/g, (found) => `&#${found.codePointAt(0)};`)
        const [root] = readXml(`<a b="${escaped}">${escaped}</a>`).roots
        expect(root?.children.join('')).toBe(text)
        expect(root?.attributes[0]?.value).toBe(text)
      }),
    )
  })

  test('refuses what it does not know, and says so in one way', () => {
    for (const xml of [
      '',
      'x',
      '<a',
      '<a></b>',
      '<a b></a>',
      '<a>&x;</a>',
      '<a>]]></a>',
      '<é/>',
      '<a:b/>',
      '<a b="<"/>',
      '<?x?><a/>',
      '<!DOCTYPE a><a/>',
    ])
      expect(() => readXml(xml), xml).toThrow(XmlProblem)
  })
})

function claimsOf(outcome: SamlOutcome) {
  return outcome.ok ? outcome.claims : undefined
}

function many(count: number, make: (n: number) => string): string {
  return Array.from({ length: count }, (_, n) => make(n)).join('')
}
