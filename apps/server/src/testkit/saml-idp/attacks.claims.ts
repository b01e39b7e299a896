import type { RefusalReason } from '../../domains/single-sign-on/saml/refusal.ts'
import { type Attack, victim } from './attack.ts'
import { assertionIn, type SamlIdp } from './idp.ts'
import type { ResponseFacts } from './response.ts'

/** Rightly signed, and wrong in what it says. */
const says = (reason: RefusalReason, name: string, facts: Partial<ResponseFacts>): Attack => ({
  name,
  reason,
  forge: (idp: SamlIdp) => idp.issue({ facts }),
})

const other = 'https://other.example/saml'
const unsolicited = { inResponseTo: undefined }
const noBearer = { subject: '<saml:Subject><saml:NameID>maria@customer.example</saml:NameID></saml:Subject>' }
const holderOfKey = 'urn:oasis:names:tc:SAML:2.0:cm:holder-of-key'

export const claimsAttacks: readonly Attack[] = [
  says('saml.wrong_audience', 'for another service', { audience: other }),
  says('saml.wrong_audience', 'for a service whose name begins with ours', {
    audience: 'https://clew.example/saml/connection-1.evil.example',
  }),
  says('saml.wrong_audience', 'for nobody in particular', { audience: undefined }),
  says('saml.wrong_audience', 'for us, and a second restriction for another', {
    extraConditions: `<saml:AudienceRestriction><saml:Audience>${other}</saml:Audience></saml:AudienceRestriction>`,
  }),
  says('saml.wrong_recipient', 'confirmed for another address', { recipient: other }),
  says('saml.wrong_recipient', 'confirmed for another connection of ours', {
    recipient: 'https://clew.example/saml/connection-2/acs',
  }),
  says('saml.wrong_destination', 'sent to another address', { destination: other }),
  says('saml.wrong_destination', 'sent to no address', { destination: undefined }),
  says('saml.wrong_issuer', 'the assertion of another provider', {
    issuer: other,
    responseIssuer: 'https://idp.example/metadata',
  }),
  says('saml.wrong_issuer', 'the response of another provider', { responseIssuer: other }),
  says('saml.expired', 'ended two minutes ago', { notOnOrAfter: '2026-11-24T07:58:00Z' }),
  says('saml.expired', 'ended just beyond the allowed skew', { notOnOrAfter: '2026-11-24T07:59:00.000Z' }),
  says('saml.expired', 'without a readable end', { notOnOrAfter: 'tomorrow' }),
  says('saml.expired', 'until the 30th of February', { notOnOrAfter: '2027-02-30T00:00:00Z' }),
  says('saml.not_yet_valid', 'begins in two minutes', { notBefore: '2026-11-24T08:02:00Z' }),
  says('saml.not_yet_valid', 'without a readable beginning', { notBefore: '' }),
  says('saml.not_yet_valid', 'issued in the future', { issuedAt: '2026-11-24T08:05:00Z' }),
  says('saml.confirmation_out_of_date', 'the confirmation has ended', { confirmedUntil: '2026-11-24T07:58:00Z' }),
  says('saml.session_expired', "the provider's session has ended", { sessionUntil: '2026-11-24T07:00:00Z' }),
  says('saml.bearer_missing', 'confirmed to the holder of a key', { method: holderOfKey }),
  says('saml.bearer_missing', 'not confirmed at all', noBearer),
  says('saml.authentication_missing', 'nobody signed in', { authentication: false }),
  says('saml.name_id_missing', 'nobody is named', { nameId: ' ' }),
  says('saml.name_id_missing', 'a name of thousands of letters', { nameId: 'a'.repeat(5000) }),
  says('saml.unknown_condition', 'a condition that we do not know', { extraConditions: '<x:Odd xmlns:x="urn:x"/>' }),
  says('saml.wrong_version', 'an assertion of SAML 1.1', { version: '1.1' }),
  says('saml.unsolicited', 'nobody asked', unsolicited),
  says('saml.unknown_request', 'the answer to another browser', { inResponseTo: '_request-of-another-browser' }),
  says('saml.request_mismatch', 'the assertion answers another request than the response', {
    inResponseTo: '_request-of-another-browser',
    responseInResponseTo: '_request-of-this-browser-1',
  }),
  says('saml.status_not_success', 'the provider refused', {
    status: 'urn:oasis:names:tc:SAML:2.0:status:Responder',
    statusMessage: 'AADSTS50105: maria@customer.example is not assigned to a role.',
  }),
  {
    name: 'a stolen assertion that nobody asked for, in a response that this browser asked for',
    reason: 'saml.request_mismatch',
    forge: (idp) => {
      const stolen = idp.issue({ signs: ['Assertion'], facts: { ...unsolicited, nameId: victim } })
      const ours = idp.issue({ signs: [] })
      return ours.replace(assertionIn(ours), () => assertionIn(stolen))
    },
  },
  {
    name: 'an answer already given, sent again for a new request',
    reason: 'saml.unknown_request',
    forge: (idp) => idp.issue(),
    expects: () => ({ pendingRequestIds: ['_request-of-this-browser-2'] }),
  },
  {
    name: 'an assertion under a new ID, so that it looks unused',
    reason: 'saml.reference_elsewhere',
    forge: (idp) => idp.issue({ signs: ['Assertion'] }).replace(' ID="_assertion-1"', ' ID="_assertion-9"'),
  },
  {
    name: 'the status was changed to success in a signed response',
    reason: 'saml.digest_mismatch',
    forge: (idp) => {
      const facts = { status: 'urn:oasis:names:tc:SAML:2.0:status:Responder' }
      return idp.issue({ facts, signs: ['Response'] }).replace('status:Responder', 'status:Success')
    },
  },
  {
    name: 'the destination was changed in a signed response',
    reason: 'saml.digest_mismatch',
    forge: (idp) =>
      idp
        .issue({ facts: { destination: other } })
        .replace(`Destination="${other}"`, `Destination="${idp.connection.acsUrl}"`),
  },
  {
    name: 'a response of SAML 1.1',
    reason: 'saml.wrong_version',
    forge: (idp) =>
      idp.issue({ signs: ['Assertion'] }).replace('Version="2.0" Destination', 'Version="1.1" Destination'),
  },
  {
    name: 'no conditions at all',
    reason: 'saml.conditions_missing',
    forge: (idp) => {
      const bare = idp.issue({ signs: [] })
      return idp.sign(bare.replace(/<saml:Conditions[\s\S]*<\/saml:Conditions>/, ''), 'Assertion')
    },
  },
  {
    name: 'a response without an assertion',
    reason: 'saml.no_assertion',
    forge: (idp) => withoutAssertion(idp.issue()),
  },
  {
    name: 'an encrypted attribute that we cannot read',
    reason: 'saml.attributes_malformed',
    forge: (idp) => {
      const bare = idp.issue({ signs: [] })
      return idp.sign(bare.replace('<saml:Attribute Name="email">', '<saml:EncryptedAttribute/>$&'), 'Assertion')
    },
  },
]

const withoutAssertion = (xml: string) => xml.replace(assertionIn(xml), '')
