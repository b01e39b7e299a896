import { clockSkewMs, type VerifiedSubject } from './subjects.ts'
import { authenticationsOf, conditionsOf, confirmationOf, instantOf, subjectOf } from './xml/assertion.ts'
import type { XmlElement } from './xml/reader.ts'
import { attributeOf, childrenNamed, ns, onlyChild, trimmedText } from './xml/walk.ts'

export type SamlClaims = Readonly<{
  issuer: string
  nameId: string
  nameIdFormat: string
  sessionIndex: string | undefined
  attributes: Readonly<Record<string, readonly string[]>>
  /** Stored by the caller until `keepUntil`, in the transaction that signs in: a second sight of it is a replay. */
  assertionId: string
  notOnOrAfter: Date
  keepUntil: Date
  /** The request answered; the caller consumes it in the same transaction. Undefined if nobody asked. */
  inResponseTo: string | undefined
}>

const unspecified = 'urn:oasis:names:tc:SAML:1.1:nameid-format:unspecified'

/** Reads what the assertion says; every check has passed, and the elements are read from verified bytes. */
export function readClaims({ assertion, input }: VerifiedSubject): SamlClaims {
  const nameId = onlyChild(subjectOf(assertion), [ns.assertion, 'NameID'])
  const ends = [
    instantOf(conditionsOf(assertion), 'NotOnOrAfter'),
    instantOf(confirmationOf(assertion), 'NotOnOrAfter'),
  ]
  const end = Math.min(...ends)
  return {
    issuer: input.connection.identityProviderId,
    nameId: trimmedText(nameId) ?? '',
    nameIdFormat: attributeOf(nameId, 'Format') ?? unspecified,
    sessionIndex: attributeOf(authenticationsOf(assertion)[0], 'SessionIndex'),
    attributes: readAttributes(assertion),
    assertionId: attributeOf(assertion, 'ID') ?? '',
    notOnOrAfter: new Date(end),
    keepUntil: new Date(end + clockSkewMs),
    inResponseTo: attributeOf(confirmationOf(assertion), 'InResponseTo'),
  }
}

function readAttributes(assertion: XmlElement): Record<string, string[]> {
  const values = new Map<string, string[]>()
  const statements = childrenNamed(assertion, [ns.assertion, 'AttributeStatement'])
  for (const attribute of statements.flatMap((statement) => childrenNamed(statement, [ns.assertion, 'Attribute']))) {
    const name = attributeOf(attribute, 'Name') ?? ''
    const read = childrenNamed(attribute, [ns.assertion, 'AttributeValue']).map((value) => trimmedText(value) ?? '')
    values.set(name, [...(values.get(name) ?? []), ...read])
  }
  return Object.fromEntries(values)
}
