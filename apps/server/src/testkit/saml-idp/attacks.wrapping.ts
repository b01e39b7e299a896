import { ns } from '../../domains/single-sign-on/saml/xml/walk.ts'
import { type Attack, victim } from './attack.ts'
import { assertionIn, type SamlIdp, signatureIn } from './idp.ts'

/** A message signed by the provider, its parts, and a forged assertion that wants to stand in for the signed one. */
function parts(idp: SamlIdp, signs: 'Assertion' | 'Response' = 'Assertion') {
  const signed = idp.issue({ signs: [signs] })
  const assertion = assertionIn(signed)
  const signature = signatureIn(signed)
  const bare = assertion.replace(signature, '')
  const evil = forged(bare).replace('ID="_assertion-1"', 'ID="_evil-1"')
  return { signed, assertion, signature, bare, evil }
}

const forged = (xml: string) => xml.replace('>maria@customer.example</saml:NameID>', `>${victim}</saml:NameID>`)
const before = (xml: string, mark: string, addition: string) => xml.replace(mark, () => addition + mark)
const inObject = (content: string) => `<dsig:Object xmlns:dsig="${ns.signature}">${content}</dsig:Object>`
const withOtherIds = (xml: string) =>
  xml.replace('ID="_response-1"', 'ID="_evil-response"').replace('ID="_assertion-1"', 'ID="_evil-1"')

export const wrappingAttacks: readonly Attack[] = [
  {
    name: 'XSW 1: the signed response sits inside the signature of a forged response',
    reason: 'saml.not_a_response',
    forge: (idp) => {
      const { signed, signature } = parts(idp, 'Response')
      const wrapped = signature.replace('</dsig:Signature>', () => `${signed.replace(signature, '')}</dsig:Signature>`)
      return withOtherIds(forged(signed)).replace(signature, () => wrapped)
    },
  },
  {
    name: 'XSW 2: the signed response stands before its signature in a forged response',
    reason: 'saml.not_a_response',
    forge: (idp) => {
      const { signed, signature } = parts(idp, 'Response')
      return before(withOtherIds(forged(signed)), signature, signed.replace(signature, ''))
    },
  },
  {
    name: 'XSW 3: a forged assertion stands before the signed one',
    reason: 'saml.several_assertions',
    forge: (idp) => {
      const { signed, assertion, evil } = parts(idp)
      return before(signed, assertion, evil)
    },
  },
  {
    name: 'XSW 4: a forged assertion wraps the signed one',
    reason: 'saml.several_assertions',
    forge: (idp) => {
      const { signed, assertion, evil } = parts(idp)
      return signed.replace(assertion, () => evil.replace('</saml:Assertion>', () => `${assertion}</saml:Assertion>`))
    },
  },
  {
    name: 'XSW 5: a forged assertion takes the signature, the signed one is moved to the end',
    reason: 'saml.several_assertions',
    forge: (idp) => {
      const { signed, assertion, signature, bare, evil } = parts(idp)
      const taken = evil.replace('<saml:Subject>', () => `${signature}<saml:Subject>`)
      return signed.replace(assertion, () => taken + bare)
    },
  },
  {
    name: 'XSW 6: the signed assertion sits inside the signature of the forged one',
    reason: 'saml.several_assertions',
    forge: (idp) => {
      const { signed, assertion, signature, bare, evil } = parts(idp)
      const wrapped = signature.replace('</dsig:Signature>', () => `${bare}</dsig:Signature>`)
      return signed.replace(assertion, () => evil.replace('<saml:Subject>', () => `${wrapped}<saml:Subject>`))
    },
  },
  {
    name: 'XSW 7: a forged assertion hides in Extensions',
    reason: 'saml.several_assertions',
    forge: (idp) => {
      const { signed, assertion, evil } = parts(idp)
      return before(signed, assertion, `<samlp:Extensions>${evil}</samlp:Extensions>`)
    },
  },
  {
    name: 'XSW 8: the signed assertion sits in an Object of the forged one',
    reason: 'saml.several_assertions',
    forge: (idp) => {
      const { signed, assertion, signature, bare, evil } = parts(idp)
      const wrapped = signature.replace('</dsig:Signature>', () => `${inObject(bare)}</dsig:Signature>`)
      return signed.replace(assertion, () => evil.replace('<saml:Subject>', () => `${wrapped}<saml:Subject>`))
    },
  },
  {
    name: 'the forged assertion has the ID of the signed one',
    reason: 'saml.duplicate_id',
    forge: (idp) => {
      const { signed, assertion, bare } = parts(idp)
      return before(signed, assertion, forged(bare))
    },
  },
  {
    name: 'the signed assertion hides under another name of another namespace',
    reason: 'saml.several_assertions',
    forge: (idp) => {
      const { signed, assertion, evil } = parts(idp)
      return before(
        signed,
        assertion,
        evil.replaceAll('saml:Assertion', 'e:Assertion').replace('xmlns:saml', 'xmlns:e="urn:evil" xmlns:saml'),
      )
    },
  },
  {
    name: 'the only assertion is one level down',
    reason: 'saml.assertion_misplaced',
    forge: (idp) => {
      const { signed, assertion } = parts(idp)
      return signed.replace(assertion, () => `<samlp:Extensions>${assertion}</samlp:Extensions>`)
    },
  },
  {
    name: 'the only assertion is of another namespace',
    reason: 'saml.assertion_misplaced',
    forge: (idp) => {
      const { signed, assertion } = parts(idp, 'Response')
      return signed.replace(assertion, () => assertion.replace(ns.assertion, 'urn:oasis:names:tc:SAML:1.0:assertion'))
    },
  },
  {
    name: 'two assertions, both signed by the provider',
    reason: 'saml.several_assertions',
    forge: (idp) => {
      const { signed, assertion } = parts(idp)
      const second = idp.issue({ signs: ['Assertion'], facts: { assertionId: '_assertion-2' } })
      return before(signed, assertion, assertionIn(second))
    },
  },
  {
    name: 'a signed assertion in the Advice of a forged one',
    reason: 'saml.several_assertions',
    forge: (idp) => {
      const { signed, assertion, evil } = parts(idp)
      const advice = `<saml:Advice>${assertion}</saml:Advice><saml:AuthnStatement`
      return signed.replace(assertion, () => evil.replace('<saml:AuthnStatement', () => advice))
    },
  },
  {
    name: 'a second response in the document',
    reason: 'saml.second_root',
    forge: (idp) => idp.issue() + idp.issue({ facts: { responseId: '_response-2', assertionId: '_assertion-2' } }),
  },
  {
    name: 'an encrypted assertion beside the signed one',
    reason: 'saml.several_assertions',
    forge: (idp) => {
      const { signed, assertion } = parts(idp)
      const other = idp.issue({ signs: [], encrypt: {}, facts: { nameId: victim, assertionId: '_evil-1' } })
      const encrypted = /<saml:EncryptedAssertion[\s\S]*<\/saml:EncryptedAssertion>/.exec(other)?.[0] ?? ''
      return before(signed, assertion, encrypted)
    },
  },
]
