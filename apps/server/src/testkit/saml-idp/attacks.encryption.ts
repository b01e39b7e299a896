import { type Attack, victim } from './attack.ts'
import type { SamlIdp } from './idp.ts'

const encrypted = (idp: SamlIdp) => idp.issue({ signs: ['Assertion'], encrypt: {} })
const content = /(?<=<xenc:CipherValue>)[^<]+(?=<\/xenc:CipherValue><\/xenc:CipherData><\/xenc:EncryptedData>)/
const contentElement = /<xenc:CipherValue>[^<]+<\/xenc:CipherValue>(?=<\/xenc:CipherData><\/xenc:EncryptedData>)/

export const encryptionAttacks: readonly Attack[] = [
  {
    name: 'encrypted for somebody else',
    reason: 'saml.not_decryptable',
    forge: (idp) => idp.issue({ encrypt: { certificate: idp.keys.attacker.certificate } }),
  },
  {
    name: 'encrypted, and we have no key',
    reason: 'saml.decryption_key_missing',
    forge: encrypted,
    expects: () => ({ decryptionKeys: [] }),
  },
  {
    name: 'a key carried by RSA 1.5',
    reason: 'saml.key_transport_refused',
    forge: (idp) => idp.issue({ encrypt: { transport: 'rsa15' } }),
  },
  {
    name: 'triple DES',
    reason: 'saml.cipher_refused',
    forge: (idp) => idp.issue({ encrypt: { cipher: 'des-ede3-cbc' } }),
  },
  {
    name: 'one changed bit of the cipher text',
    reason: 'saml.not_decryptable',
    forge: (idp) =>
      encrypted(idp).replace(content, (value) => {
        const bytes = Buffer.from(value, 'base64')
        bytes.writeUInt8(bytes.readUInt8(100) ^ 1, 100)
        return bytes.toString('base64')
      }),
  },
  {
    name: 'a forged assertion that anybody can encrypt for us',
    reason: 'saml.signature_missing',
    forge: (idp) => idp.issue({ signs: [], encrypt: {}, facts: { nameId: victim } }),
  },
  {
    name: 'an encrypted assertion that somebody else signed',
    reason: 'saml.unknown_certificate',
    forge: (idp) => idp.issue({ signs: ['Assertion'], key: idp.keys.attacker, encrypt: {}, facts: { nameId: victim } }),
  },
  {
    name: 'another encrypted assertion in a signed response',
    reason: 'saml.digest_mismatch',
    forge: (idp) => {
      const signed = idp.issue({ signs: ['Response'], encrypt: {} })
      const forged = idp.issue({ signs: [], encrypt: {}, facts: { nameId: victim } })
      const element = /<saml:EncryptedAssertion[\s\S]*<\/saml:EncryptedAssertion>/
      return signed.replace(element, () => element.exec(forged)?.[0] ?? '')
    },
  },
  {
    name: 'two encrypted keys',
    reason: 'saml.encryption_malformed',
    forge: (idp) => encrypted(idp).replace(/<xenc:EncryptedKey>[\s\S]*<\/xenc:EncryptedKey>/, '$&$&'),
  },
  {
    name: 'cipher text by reference',
    reason: 'saml.encryption_malformed',
    forge: (idp) => encrypted(idp).replace(contentElement, '<xenc:CipherReference URI="https://evil.example/"/>'),
  },
  {
    name: 'a document type inside what is encrypted',
    reason: 'saml.doctype_refused',
    forge: (idp) =>
      encryptText(idp, (assertion) => `<!DOCTYPE r [<!ENTITY x SYSTEM "file:///etc/passwd">]>${assertion}`),
  },
  {
    name: 'two assertions inside what is encrypted',
    reason: 'saml.not_an_assertion',
    forge: (idp) => {
      const evil = '<saml:Assertion ID="_evil-1"/></saml:Assertion>'
      return encryptText(idp, (assertion) => assertion.replace(/<\/saml:Assertion>$/, evil))
    },
  },
]

/** Encrypts what no provider would. */
function encryptText(idp: SamlIdp, change: (assertion: string) => string): string {
  const signed = idp.issue({ signs: ['Assertion'] })
  const start = signed.indexOf('<saml:Assertion')
  const end = signed.lastIndexOf('</saml:Assertion>') + '</saml:Assertion>'.length
  return signed.slice(0, start) + idp.encryptText(change(signed.slice(start, end))) + signed.slice(end)
}
