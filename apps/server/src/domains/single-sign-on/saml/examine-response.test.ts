import { createHash, sign } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { arrivalOf, attacks } from '../../../testkit/saml-idp/attacks.ts'
import { assertionIn, type IssueOptions, now, samlIdp } from '../../../testkit/saml-idp/idp.ts'
import { shapes } from '../../../testkit/saml-idp/shapes.ts'
import { algorithms } from '../../../testkit/saml-idp/sign.ts'
import { envelope } from './envelope.ts'
import { examineResponse } from './examine-response.ts'
import { refusalReasons } from './refusal.ts'

const idp = samlIdp()
const { keys } = idp

const claims = {
  issuer: 'https://idp.example/metadata',
  nameId: 'maria@customer.example',
  nameIdFormat: 'urn:oasis:names:tc:SAML:1.1:nameid-format:emailAddress',
  sessionIndex: '_session-1',
  attributes: {
    email: ['maria@customer.example'],
    name: ['Μαρία & Co <Support>'],
    groups: ['support', 'billing'],
  },
  assertionId: '_assertion-1',
  notOnOrAfter: new Date('2026-11-24T08:05:00Z'),
  keepUntil: new Date('2026-11-24T08:06:00Z'),
  inResponseTo: '_request-of-this-browser-1',
}

describe('a response is accepted', () => {
  test.each(Object.entries(shapes))('as %s writes it', (_, shape) => {
    const outcome = examineResponse(idp.input(idp.issue({ shape })))
    expect(outcome).toMatchObject({ ok: true, claims })
  })

  const variants: [name: string, IssueOptions, Parameters<typeof idp.input>[1]?][] = [
    ['signed as a whole', { signs: ['Response'] }],
    ['with its assertion signed', { signs: ['Assertion'] }],
    [
      'signed with RSA and SHA-384',
      { signing: { signatureAlgorithm: algorithms.rsaSha384, digestAlgorithm: algorithms.sha384 } },
    ],
    [
      'signed with RSA and SHA-512',
      { signing: { signatureAlgorithm: algorithms.rsaSha512, digestAlgorithm: algorithms.sha512 } },
    ],
    ['signed with ECDSA', { key: keys.ec }, { certificates: [keys.ec.certificate] }],
    [
      'signed with the second pinned key',
      { key: keys.next },
      { certificates: [keys.current.certificate, keys.next.certificate] },
    ],
    ['signed without showing a certificate', { signing: { certificate: '' } }],
    [
      "signed with the pinned key, showing somebody else's certificate",
      { signing: { certificate: keys.attacker.certificate } },
    ],
    ['encrypted with AES-GCM, signed inside', { signs: ['Assertion'], encrypt: {} }],
    ['encrypted with AES-GCM, signed outside', { signs: ['Response'], encrypt: { cipher: 'aes-128-gcm' } }],
    ['encrypted, signed inside and outside', { encrypt: {} }],
    ['encrypted with AES-CBC as Entra does', { shape: shapes.entra, encrypt: { cipher: 'aes-256-cbc' } }],
    ['encrypted with AES-128-CBC', { encrypt: { cipher: 'aes-128-cbc' } }],
    ['encrypted with OAEP and SHA-256', { encrypt: { transport: 'oaepSha256' } }],
    [
      'encrypted for the older of our keys',
      { encrypt: {} },
      { decryptionKeys: [keys.attacker.privatePem, keys.serviceProvider.privatePem] },
    ],
    ['pretty-printed', { shape: { ...shapes.keycloak, pretty: true } }],
    [
      'by a provider that does not name itself in the response',
      { signs: ['Assertion'], facts: { responseIssuer: undefined } },
    ],
    ['whose session has no end', { facts: { sessionUntil: undefined } }],
    ['with a condition to be used once', { facts: { extraConditions: '<saml:OneTimeUse/>' } }],
    ['59 seconds before it begins', { facts: { notBefore: '2026-11-24T08:00:59Z' } }],
  ]
  test.each(variants)('%s', (_, options, expects) => {
    expect(examineResponse(idp.input(idp.issue(options), expects))).toMatchObject({ ok: true, claims })
  })

  test('59 seconds after it ended, and kept for as long as it might come again', () => {
    const facts = { notOnOrAfter: '2026-11-24T07:59:01Z' }
    const outcome = examineResponse(idp.input(idp.issue({ facts })))
    const keepUntil = new Date('2026-11-24T08:00:01Z')
    expect(outcome).toMatchObject({ ok: true, claims: { keepUntil } })
    const later = { now: keepUntil }
    expect(examineResponse(idp.input(idp.issue({ facts }), later))).toMatchObject({ reason: 'saml.expired' })
  })

  test('that nobody asked for, where the connection allows it', () => {
    const message = idp.issue({ facts: { inResponseTo: undefined } })
    const outcome = examineResponse(idp.input(message, { allowUnsolicited: true }))
    expect(outcome).toMatchObject({ ok: true, claims: { inResponseTo: undefined } })
  })

  test('signed by hand, without the library that verifies', () => {
    const bare = idp.issue({ signs: [] })
    const canonical = assertionIn(bare)
      .replaceAll(' xmlns:xs="http://www.w3.org/2001/XMLSchema"', '')
      .replaceAll('&#38;', '&amp;')
      .replaceAll('&#60;', '&lt;')
      .replaceAll('&#62;', '&gt;')
      .replace(/<([\w:]+)([^<>]*)\/>/g, '<$1$2></$1>')
    const digest = createHash('sha256').update(canonical).digest('base64')
    const { exclusive, enveloped, rsaSha256, sha256 } = algorithms
    const info = `<ds:CanonicalizationMethod Algorithm="${exclusive}"></ds:CanonicalizationMethod><ds:SignatureMethod Algorithm="${rsaSha256}"></ds:SignatureMethod><ds:Reference URI="#_assertion-1"><ds:Transforms><ds:Transform Algorithm="${enveloped}"></ds:Transform><ds:Transform Algorithm="${exclusive}"></ds:Transform></ds:Transforms><ds:DigestMethod Algorithm="${sha256}"></ds:DigestMethod><ds:DigestValue>${digest}</ds:DigestValue></ds:Reference>`
    const ds = 'xmlns:ds="http://www.w3.org/2000/09/xmldsig#"'
    const value = sign('sha256', Buffer.from(`<ds:SignedInfo ${ds}>${info}</ds:SignedInfo>`), keys.current.privateKey)
    const signature = `<ds:Signature ${ds}><ds:SignedInfo>${info}</ds:SignedInfo><ds:SignatureValue>${value.toString('base64')}</ds:SignatureValue></ds:Signature>`
    const message = bare.replace('<saml:Subject>', `${signature}<saml:Subject>`)
    expect(examineResponse(idp.input(message))).toMatchObject({ ok: true, claims })
    expect(examineResponse(idp.input(message.replace(digest, digest.replace(/^./, 'A'))))).toMatchObject({ ok: false })
  })

  test('with line breaks in its base64', () => {
    const samlResponse = Buffer.from(idp.issue()).toString('base64').replace(/.{76}/g, '$&\r\n')
    expect(examineResponse(idp.input('', { samlResponse }))).toMatchObject({ ok: true, claims })
  })

  test('with a thousand groups', () => {
    const groups = Array.from({ length: 1000 }, (_, n) => `group-${n}`)
    const outcome = examineResponse(idp.input(idp.issue({ facts: { attributes: { groups } }, signs: ['Assertion'] })))
    expect(outcome).toMatchObject({ ok: true, claims: { attributes: { groups } } })
  })

  test('with an attribute named like a property of objects, which stays an attribute', () => {
    const attributes = JSON.parse('{"__proto__":["a"],"constructor":["b"]}')
    const outcome = examineResponse(idp.input(idp.issue({ facts: { attributes } })))
    expect(outcome.ok && Object.entries(outcome.claims.attributes)).toEqual([
      ['__proto__', ['a']],
      ['constructor', ['b']],
    ])
  })

  test('and says with which certificate it was signed and what was asked', () => {
    const outcome = examineResponse(idp.input(idp.issue()))
    expect(outcome).toMatchObject({ signedWith: [{ notAfter: new Date('2035-01-01T00:00:00Z') }] })
    const asked = new Set(outcome.steps.map(({ check }) => check))
    const skipped = Object.values(envelope)
      .flat()
      .filter(({ name }) => !asked.has(name))
      .map(({ name }) => name)
    expect(skipped).toEqual([...envelope.encryption, ...envelope.decrypted].map(({ name }) => name))
  })
})

describe('a response is refused', () => {
  test.each(attacks.map((attack) => [attack.name, attack] as const))('%s', (_, attack) => {
    const outcome = examineResponse(arrivalOf(attack))
    expect(outcome).toMatchObject({ ok: false, reason: attack.reason })
    expect(outcome.steps.at(-1)?.outcome).toBe('refused')
  })

  test('for each reason that has a name', () => {
    const met = new Set(attacks.map(({ reason }) => reason))
    expect(refusalReasons.filter((reason) => !met.has(reason))).toEqual([])
    expect(attacks.length).toBeGreaterThanOrEqual(50)
  })
})

describe('an administrator is told', () => {
  const refusal = (options: IssueOptions, expects?: Parameters<typeof idp.input>[1]) => {
    const outcome = examineResponse(idp.input(idp.issue(options), expects))
    return outcome.ok ? undefined : outcome
  }

  test('which certificate came and which are pinned', () => {
    const outcome = refusal({ key: keys.next })
    expect(outcome?.observed.fingerprint).toMatch(/^(?:[0-9A-F]{2}:){31}[0-9A-F]{2}$/)
    expect(outcome?.expected.fingerprints).toHaveLength(1)
    expect(outcome?.expected.fingerprints).not.toContain(outcome?.observed.fingerprint)
  })

  test('by how much the clocks differ', () => {
    const outcome = refusal({}, { now: new Date(now.getTime() - 300_000) })
    expect(outcome).toMatchObject({
      reason: 'saml.not_yet_valid',
      observed: { differenceSeconds: 300 },
      expected: { allowedSkewSeconds: 60 },
    })
  })

  test('which audience came and which was expected', () => {
    expect(refusal({ facts: { audience: 'https://other.example' } })).toMatchObject({
      check: 'audience',
      observed: { audiences: ['https://other.example'] },
      expected: { audience: 'https://clew.example/saml/connection-1' },
    })
  })

  test("the provider's own words, without the address of the person and in one line", () => {
    const facts = { status: 'urn:x', statusMessage: 'maria@customer.example\n is not assigned.' }
    expect(refusal({ facts })?.observed).toMatchObject({
      status: 'urn:x',
      message: '…@customer.example is not assigned.',
    })
  })
})
