import type { PinnedKey } from './certificates.ts'
import type { XmlElement, XmlTree } from './xml/reader.ts'

/** What we know of an identity provider and of ourselves before anything arrives. */
export type SamlConnection = Readonly<{
  identityProviderId: string
  serviceProviderId: string
  /** The address of this connection alone: no other connection shares it. */
  acsUrl: string
  /** PEM; one, or two while the provider rolls its key. */
  certificates: readonly string[]
  /** PEM; our private keys for encrypted assertions, the newest first. */
  decryptionKeys?: readonly string[]
  /** Whether a response to no request of ours may sign somebody in (IdP-initiated). */
  allowUnsolicited: boolean
}>

export type ResponseInput = Readonly<{
  /** The form field as it came. */
  samlResponse: string
  connection: SamlConnection
  /** The requests that this browser has open; the caller consumes the one that is answered. */
  pendingRequestIds: readonly string[]
  now: Date
}>

export type Message = Readonly<{ tree: XmlTree; root: XmlElement }>

export type SignatureSubject = Readonly<{
  signature: XmlElement
  /** The element that the signature sits in, and must speak of. */
  owner: XmlElement
  connection: SamlConnection
}>

export type KeySubject = Readonly<{ key: PinnedKey; now: Date }>

export type EncryptionSubject = Readonly<{ encrypted: XmlElement; connection: SamlConnection }>

/** A response and its assertion, the latter read from the bytes that a signature covers. */
export type VerifiedSubject = Readonly<{
  response: XmlElement
  assertion: XmlElement
  input: ResponseInput
}>

export const clockSkewMs = 60_000
