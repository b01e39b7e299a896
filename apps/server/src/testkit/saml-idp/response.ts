import { escapeXml, ns } from '../../domains/single-sign-on/saml/xml/walk.ts'
import type { Shape } from './shapes.ts'

export type ResponseFacts = Readonly<{
  issuer: string
  responseIssuer: string | undefined
  audience: string | undefined
  recipient: string
  destination: string | undefined
  nameId: string
  nameIdFormat: string
  sessionIndex: string
  attributes: Readonly<Record<string, readonly string[]>>
  responseId: string
  assertionId: string
  /** What the assertion and the response answer; undefined for a response that nobody asked for. */
  inResponseTo: string | undefined
  responseInResponseTo: string | undefined
  issuedAt: string
  notBefore: string
  notOnOrAfter: string
  confirmedUntil: string
  sessionUntil: string | undefined
  method: string
  status: string
  statusMessage: string
  version: string
  /** Markup put in as it is, for conditions and statements that should not be there. */
  extraConditions: string
  authentication: boolean
  subject: string | undefined
}>

const optional = (name: string, value: string | undefined) =>
  value === undefined ? '' : ` ${name}="${escapeXml(value)}"`

export function assertionXml(shape: Shape, facts: ResponseFacts): string {
  const p = shape.inAssertion === '' ? '' : `${shape.inAssertion}:`
  const declared = shape.inAssertion === '' ? 'xmlns' : `xmlns:${shape.inAssertion}`
  const xml = `<${p}Assertion ${declared}="${ns.assertion}" ID="${facts.assertionId}" IssueInstant="${facts.issuedAt}" Version="${facts.version}"><${p}Issuer>${escapeXml(facts.issuer)}</${p}Issuer>${subjectXml(p, facts)}${conditionsXml(p, facts)}${statementsXml(p, facts)}</${p}Assertion>`
  return shape.pretty ? xml.replaceAll('><', '>\n  <') : xml
}

export function responseXml(shape: Shape, facts: ResponseFacts, assertion: string): string {
  const a = shape.assertion === '' ? '' : `${shape.assertion}:`
  const p = `${shape.protocol}:`
  const declared = shape.assertion === '' ? 'xmlns' : `xmlns:${shape.assertion}`
  const issuer =
    facts.responseIssuer === undefined
      ? ''
      : `<${a}Issuer ${declared}="${ns.assertion}">${escapeXml(facts.responseIssuer)}</${a}Issuer>`
  const message = facts.statusMessage && `<${p}StatusMessage>${escapeXml(facts.statusMessage)}</${p}StatusMessage>`
  const status = `<${p}Status><${p}StatusCode Value="${facts.status}"/>${message}</${p}Status>`
  const attributes = `ID="${facts.responseId}"${optional('InResponseTo', facts.responseInResponseTo)} IssueInstant="${facts.issuedAt}" Version="2.0"${optional('Destination', facts.destination)}`
  return `${shape.declaration}<${p}Response xmlns:${shape.protocol}="${ns.protocol}" ${shape.rootNamespaces} ${attributes}>${issuer}${status}${assertion}</${p}Response>`
}

function subjectXml(p: string, facts: ResponseFacts): string {
  if (facts.subject !== undefined) return facts.subject
  const data = `<${p}SubjectConfirmationData${optional('InResponseTo', facts.inResponseTo)} NotOnOrAfter="${facts.confirmedUntil}" Recipient="${escapeXml(facts.recipient)}"/>`
  return `<${p}Subject><${p}NameID Format="${facts.nameIdFormat}">${escapeXml(facts.nameId)}</${p}NameID><${p}SubjectConfirmation Method="${facts.method}">${data}</${p}SubjectConfirmation></${p}Subject>`
}

function conditionsXml(p: string, facts: ResponseFacts): string {
  const audience =
    facts.audience === undefined
      ? ''
      : `<${p}AudienceRestriction><${p}Audience>${escapeXml(facts.audience)}</${p}Audience></${p}AudienceRestriction>`
  return `<${p}Conditions NotBefore="${facts.notBefore}" NotOnOrAfter="${facts.notOnOrAfter}">${audience}${facts.extraConditions}</${p}Conditions>`
}

function statementsXml(p: string, facts: ResponseFacts): string {
  const context = `<${p}AuthnContext><${p}AuthnContextClassRef>urn:oasis:names:tc:SAML:2.0:ac:classes:unspecified</${p}AuthnContextClassRef></${p}AuthnContext>`
  const authentication = `<${p}AuthnStatement AuthnInstant="${facts.issuedAt}" SessionIndex="${facts.sessionIndex}"${optional('SessionNotOnOrAfter', facts.sessionUntil)}>${context}</${p}AuthnStatement>`
  const type = 'xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"'
  const value = (text: string) =>
    `<${p}AttributeValue ${type} xsi:type="xs:string">${escapeXml(text)}</${p}AttributeValue>`
  const attributes = Object.entries(facts.attributes).map(
    ([name, values]) => `<${p}Attribute Name="${escapeXml(name)}">${values.map(value).join('')}</${p}Attribute>`,
  )
  return `${facts.authentication ? authentication : ''}<${p}AttributeStatement>${attributes.join('')}</${p}AttributeStatement>`
}
