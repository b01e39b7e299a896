import type { XmlElement } from './reader.ts'
import { attributeOf, childrenNamed, ns, onlyChild } from './walk.ts'

const bearer = 'urn:oasis:names:tc:SAML:2.0:cm:bearer'
const instantPattern = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:\.\d{1,9})?Z$/

export function subjectOf(assertion: XmlElement): XmlElement | undefined {
  return onlyChild(assertion, [ns.assertion, 'Subject'])
}

/** What the one bearer confirmation says: where, until when, and in answer to which request. */
export function confirmationOf(assertion: XmlElement): XmlElement | undefined {
  const confirmation = onlyChild(subjectOf(assertion), [ns.assertion, 'SubjectConfirmation'])
  if (attributeOf(confirmation, 'Method') !== bearer) return undefined
  return onlyChild(confirmation, [ns.assertion, 'SubjectConfirmationData'])
}

export function conditionsOf(assertion: XmlElement): XmlElement | undefined {
  return onlyChild(assertion, [ns.assertion, 'Conditions'])
}

export function authenticationsOf(assertion: XmlElement): XmlElement[] {
  return childrenNamed(assertion, [ns.assertion, 'AuthnStatement'])
}

/** SAML's moments are in UTC; NaN for what is no moment, so that no comparison with it holds. */
export function instantOf(element: XmlElement | undefined, name: string): number {
  const value = attributeOf(element, name) ?? ''
  if (!instantPattern.test(value)) return Number.NaN
  const instant = Date.parse(value)
  // The 30th of February would slide into March.
  const isReal = !Number.isNaN(instant) && new Date(instant).toISOString().startsWith(value.slice(0, 19))
  return isReal ? instant : Number.NaN
}
