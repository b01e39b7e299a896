import { describe, expect, test } from 'vitest'
import { makeSamlKey } from '../../../testkit/saml-idp/keys.ts'
import { readIdentityProviderMetadata } from './idp-metadata.ts'

const keys = [makeSamlKey('First'), makeSamlKey('Second', 'ec')]
const [first = '', second = ''] = keys.map(({ certificate }) => certificate.replace(/-----[^-]+-----|\s/g, ''))

const redirect = 'urn:oasis:names:tc:SAML:2.0:bindings:HTTP-Redirect'
const post = 'urn:oasis:names:tc:SAML:2.0:bindings:HTTP-POST'
const keyDescriptor = (certificate: string, use = ' use="signing"') =>
  `<KeyDescriptor${use}><ds:KeyInfo><ds:X509Data><ds:X509Certificate>\n${certificate}\n</ds:X509Certificate></ds:X509Data></ds:KeyInfo></KeyDescriptor>`
const service = (name: string, binding: string, location: string) =>
  `<${name} Binding="${binding}" Location="${location}"/>`

const signOn = service('SingleSignOnService', redirect, 'https://idp.example/sso?a=1&amp;b=2')
const inside = keyDescriptor(first) + keyDescriptor(second, '') + signOn

const entity = (content = inside, attributes = 'entityID="https://idp.example/metadata"') =>
  `<EntityDescriptor xmlns="urn:oasis:names:tc:SAML:2.0:metadata" xmlns:ds="http://www.w3.org/2000/09/xmldsig#" ${attributes}><IDPSSODescriptor WantAuthnRequestsSigned="true" protocolSupportEnumeration="urn:oasis:names:tc:SAML:2.0:protocol">${content}</IDPSSODescriptor></EntityDescriptor>`

const read = (xml: string) => {
  const outcome = readIdentityProviderMetadata(xml)
  if (!outcome.ok) throw new Error(`${outcome.reason} ${outcome.observed}`)
  return outcome.provider
}

describe('metadata says', () => {
  test('who the provider is, where it stands and how it signs', () => {
    const content =
      inside +
      service('SingleSignOnService', post, 'https://idp.example/post') +
      service('SingleLogoutService', redirect, 'https://idp.example/slo') +
      '<NameIDFormat>urn:oasis:names:tc:SAML:1.1:nameid-format:emailAddress</NameIDFormat>'
    expect(
      read(entity(content, 'entityID="https://idp.example/metadata" validUntil="2027-01-01T00:00:00Z"')),
    ).toMatchObject({
      entityId: 'https://idp.example/metadata',
      singleSignOn: { redirect: 'https://idp.example/sso?a=1&b=2', post: 'https://idp.example/post' },
      singleLogout: { redirect: 'https://idp.example/slo' },
      certificates: [
        { subject: 'CN=First', keyType: 'rsa' },
        { subject: 'CN=Second', keyType: 'ec' },
      ],
      nameIdFormats: ['urn:oasis:names:tc:SAML:1.1:nameid-format:emailAddress'],
      wantsSignedRequests: true,
      validUntil: new Date('2027-01-01T00:00:00Z'),
    })
  })

  test('the same below a byte order mark, a declaration, blank lines and comments', () => {
    const plain = read(entity())
    expect(read(`\uFEFF\n<?xml version="1.0" encoding="utf-8"?>\n<!-- Exported <today> -->${entity()}\n\n`)).toEqual(
      plain,
    )
    expect(read(entity().replaceAll('><', '>\r\n  <'))).toEqual(plain)
  })

  test('each certificate once, and none that only encrypts', () => {
    const { certificates } = read(entity(inside + keyDescriptor(first) + keyDescriptor(second, ' use="encryption"')))
    expect(certificates.map(({ subject }) => subject)).toEqual(['CN=First', 'CN=Second'])
  })

  test('the same inside a list of one', () => {
    expect(
      read(`<EntitiesDescriptor xmlns="urn:oasis:names:tc:SAML:2.0:metadata">${entity()}</EntitiesDescriptor>`),
    ).toEqual(read(entity()))
  })
})

test.each([
  ['saml.not_well_formed', 'a page of HTML', '<html><body><br></body></html>'],
  ['metadata.not_metadata', 'other XML', '<a/>'],
  ['metadata.not_metadata', 'a provider without a name', entity(inside, '')],
  ['metadata.no_provider', 'a service provider', entity().replaceAll('IDPSSODescriptor', 'SPSSODescriptor')],
  [
    'metadata.several_providers',
    'two providers',
    `<EntitiesDescriptor xmlns="urn:oasis:names:tc:SAML:2.0:metadata">${entity()}${entity()}</EntitiesDescriptor>`,
  ],
  ['metadata.no_sign_on_address', 'nowhere to go', entity(keyDescriptor(first))],
  [
    'metadata.address_refused',
    'a script for an address',
    entity(keyDescriptor(first) + service('SingleSignOnService', redirect, 'javascript:alert(1)')),
  ],
  [
    'metadata.address_refused',
    'an address in the open',
    entity(keyDescriptor(first) + service('SingleSignOnService', redirect, 'http://idp.example/')),
  ],
  [
    'metadata.address_refused',
    'an address with a password',
    entity(keyDescriptor(first) + service('SingleSignOnService', redirect, 'https://a:b@idp.example/')),
  ],
  ['metadata.no_certificate', 'no certificate', entity(signOn)],
  ['metadata.certificate_unreadable', 'a broken certificate', entity(keyDescriptor(first.slice(0, 400)) + signOn)],
  ['saml.doctype_refused', 'an external entity', `<!DOCTYPE r [<!ENTITY x SYSTEM "file:///etc/passwd">]>${entity()}`],
  ['saml.processing_instruction_refused', 'a style sheet', `<?xml-stylesheet href="x"?>${entity()}`],
  ['saml.entity_refused', 'an entity', entity(`${inside}&x;`)],
  ['saml.encoding_refused', 'another encoding', `<?xml version="1.0" encoding="UTF-16"?>${entity()}`],
  ['saml.duplicate_id', 'one ID twice', entity(`${inside}<NameIDFormat ID="a"/><NameIDFormat ID="a"/>`)],
  ['saml.second_root', 'two documents', entity() + entity()],
  ['saml.too_deep', 'a deep tree', entity(inside + '<a>'.repeat(70) + '</a>'.repeat(70))],
  ['saml.too_complex', 'a wide tree', entity(inside + '<a/>'.repeat(10_000))],
  ['saml.too_large', 'too much', entity(inside + ' '.repeat(300_000))],
  ['saml.leading_bytes', 'words', 'Here is our metadata.'],
])('%s: %s', (reason, _, xml) => {
  expect(readIdentityProviderMetadata(xml)).toMatchObject({ ok: false, reason })
})

test('an address of this very machine needs no encryption', () => {
  const local = service('SingleSignOnService', redirect, 'http://127.0.0.1:8080/sso')
  expect(read(entity(keyDescriptor(first) + local)).singleSignOn.redirect).toBe('http://127.0.0.1:8080/sso')
})
