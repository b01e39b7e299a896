import { createVerify, X509Certificate } from 'node:crypto'
import { inflateRawSync } from 'node:zlib'
import { describe, expect, test } from 'vitest'
import { makeSamlKey } from '../../../testkit/saml-idp/keys.ts'
import { authnRequestUrl } from './authn-request.ts'
import { certificateExpiry, readCertificate } from './certificates.ts'
import { nameIdFormats, serviceProviderMetadata } from './sp-metadata.ts'
import { readXml } from './xml/reader.ts'
import { attributeOf, textOf } from './xml/walk.ts'

const made = makeSamlKey('Service provider')
const key = { privateKey: made.privatePem, certificate: made.certificate }

const request = {
  requestId: '_0123456789abcdef0123',
  relayState: 'handle_1-2',
  singleSignOnUrl: 'https://idp.example/sso?tenant=a%26b',
  serviceProviderId: 'https://clew.example/saml/connection-1',
  acsUrl: 'https://clew.example/saml/connection-1/acs',
}

describe('a request to sign in', () => {
  test('goes to the provider with our name, our address and the id that we remember', async () => {
    const url = new URL(await authnRequestUrl(request))
    expect(url.origin + url.pathname).toBe('https://idp.example/sso')
    expect(url.searchParams.get('tenant')).toBe('a&b')
    expect(url.searchParams.get('RelayState')).toBe('handle_1-2')
    const root = requestIn(url)
    expect(attributesOf(root)).toMatchObject({
      ID: '_0123456789abcdef0123',
      Version: '2.0',
      Destination: 'https://idp.example/sso?tenant=a%26b',
      AssertionConsumerServiceURL: 'https://clew.example/saml/connection-1/acs',
      ProtocolBinding: 'urn:oasis:names:tc:SAML:2.0:bindings:HTTP-POST',
    })
    expect(textOf(root)).toBe('https://clew.example/saml/connection-1')
    expect(url.searchParams.has('Signature')).toBe(false)
  })

  test('is signed over the very words of the address when we have a key', async () => {
    const url = await authnRequestUrl({ ...request, key })
    const [, query = ''] = url.split('?')
    const parts = new Map(query.split('&').map((part) => [part.slice(0, part.indexOf('=')), part]))
    const signed = ['SAMLRequest', 'RelayState', 'SigAlg'].map((name) => parts.get(name)).join('&')
    const { searchParams } = new URL(url)
    expect(searchParams.get('SigAlg')).toBe('http://www.w3.org/2001/04/xmldsig-more#rsa-sha256')
    const verifier = createVerify('sha256').update(signed)
    expect(verifier.verify(made.certificate, searchParams.get('Signature') ?? '', 'base64')).toBe(true)
  })

  test('asks for a fresh proof and for a format of name only where wanted', async () => {
    const plain = requestIn(new URL(await authnRequestUrl(request)))
    expect(attributesOf(plain)).not.toHaveProperty('ForceAuthn')
    const asked = { ...request, forceAuthentication: true, nameIdFormat: nameIdFormats.email }
    const url = new URL(await authnRequestUrl(asked))
    expect(attributesOf(requestIn(url))).toMatchObject({ ForceAuthn: 'true' })
    const policy = treeIn(url).elements.find(({ local }) => local === 'NameIDPolicy')
    expect(attributeOf(policy, 'Format')).toBe(nameIdFormats.email)
  })

  test.each(['https://evil.example', 'a b', "a'b", 'x'.repeat(81)])(
    'does not carry %s as its relay state',
    async (relayState) => {
      await expect(authnRequestUrl({ ...request, relayState })).rejects.toThrow(RangeError)
    },
  )

  test.each(['short', '0123456789abcdef0123', '_<x>0123456789abcdef'])(
    'does not take %s as its id',
    async (requestId) => {
      await expect(authnRequestUrl({ ...request, requestId })).rejects.toThrow(RangeError)
    },
  )
})

describe('our metadata', () => {
  const description = {
    serviceProviderId: request.serviceProviderId,
    acsUrl: request.acsUrl,
    nameIdFormats: [nameIdFormats.email, nameIdFormats.persistent],
  }
  const read = (xml: string) => readXml(xml).elements

  test('names us, our one address for answers and the formats of names', async () => {
    const elements = read(await serviceProviderMetadata(description))
    expect(attributeOf(elements[0], 'entityID')).toBe(request.serviceProviderId)
    const services = elements.filter(({ local }) => local === 'AssertionConsumerService')
    expect(services.map((service) => attributeOf(service, 'Location'))).toEqual([request.acsUrl])
    expect(elements.filter(({ local }) => local === 'NameIDFormat').map(textOf)).toEqual(description.nameIdFormats)
    const role = elements.find(({ local }) => local === 'SPSSODescriptor')
    expect(attributesOf(role)).toMatchObject({ WantAssertionsSigned: 'true', AuthnRequestsSigned: 'false' })
    expect(elements.some(({ local }) => local === 'KeyDescriptor')).toBe(false)
  })

  test('publishes the certificate for signing and for encryption, and never the key', async () => {
    const xml = await serviceProviderMetadata({ ...description, key })
    const certificates = read(xml).filter(({ local }) => local === 'X509Certificate')
    const { fingerprint256 } = new X509Certificate(made.certificate)
    const fingerprints = certificates.map((element) => readCertificate(textOf(element))?.fingerprint)
    expect(fingerprints).toEqual([fingerprint256, fingerprint256])
    const uses = read(xml).filter(({ local }) => local === 'KeyDescriptor')
    expect(uses.map((use) => attributeOf(use, 'use'))).toEqual(['signing', 'encryption'])
    expect(xml).not.toContain('PRIVATE KEY')
    expect(xml).toContain('AuthnRequestsSigned="true"')
  })

  test('is the same each time, and escapes what it is given', async () => {
    const odd = { ...description, serviceProviderId: 'https://clew.example/?a="1"&b=<2>' }
    expect(await serviceProviderMetadata(odd)).toBe(await serviceProviderMetadata(odd))
    expect(attributeOf(read(await serviceProviderMetadata(odd))[0], 'entityID')).toBe(
      'https://clew.example/?a="1"&b=<2>',
    )
  })
})

describe('a certificate', () => {
  test('is read from PEM and from bare base64 alike', async () => {
    const bare = made.certificate.replace(/-----[^-]+-----/g, '')
    const certificate = readCertificate(made.certificate)
    expect(readCertificate(bare)).toEqual(certificate)
    expect(certificate).toMatchObject({
      subject: 'CN=Service provider',
      notBefore: new Date('2025-01-01T00:00:00Z'),
      notAfter: new Date('2035-01-01T00:00:00Z'),
      keyType: 'rsa',
      keyBits: 2048,
    })
  })

  test.each(['', 'no certificate', 'A'.repeat(200), '-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----'])(
    '%s is none',
    (text) => {
      expect(readCertificate(text)).toBeUndefined()
    },
  )

  test('may end after the middle of the century', async () => {
    const late = makeSamlKey('Late', 'ec', { notAfter: '2051-06-01T00:00:00Z' })
    expect(readCertificate(late.certificate)).toMatchObject({
      notAfter: new Date('2051-06-01T00:00:00Z'),
      keyType: 'ec',
      keyBits: 256,
    })
    expect(new X509Certificate(late.certificate).verify(new X509Certificate(late.certificate).publicKey)).toBe(true)
  })

  const now = new Date('2026-11-24T08:00:00Z')
  test.each([
    ['2027-11-24T08:00:00Z', 365, undefined],
    ['2027-01-23T08:00:01Z', 60, undefined],
    ['2027-01-23T08:00:00Z', 60, 60],
    ['2026-12-24T08:00:00Z', 30, 30],
    ['2026-12-01T08:00:00Z', 7, 7],
    ['2026-11-25T08:00:00Z', 1, 1],
    ['2026-11-24T08:00:01Z', 0, 1],
    ['2026-11-24T08:00:00Z', 0, 0],
    ['2026-11-20T08:00:00Z', -4, 0],
  ] as const)('that ends at %s has %i days left and warns at %s', (notAfter, daysLeft, warning) => {
    expect(certificateExpiry({ notAfter: new Date(notAfter) }, now)).toEqual({ daysLeft, warning })
  })
})

function treeIn(url: URL) {
  const bytes = Buffer.from(url.searchParams.get('SAMLRequest') ?? '', 'base64')
  return readXml(inflateRawSync(bytes).toString('utf8'))
}

function requestIn(url: URL) {
  const [root] = treeIn(url).roots
  if (!root) throw new Error('The address carries no request.')
  return root
}

function attributesOf(element: { attributes: readonly { name: string; value: string }[] } | undefined) {
  return Object.fromEntries((element?.attributes ?? []).map(({ name, value }) => [name, value]))
}
