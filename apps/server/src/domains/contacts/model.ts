import type { IdentityAlgorithm } from '@clew/contract/identity'
import type { ContactId, Locale, OrganisationId } from '@clew/contract/primitives'

export type ContactRow = {
  id: ContactId
  organisationId: OrganisationId | undefined
  name: string | undefined
  email: string | undefined
  locale: Locale
  /** Proved by the host page's signature, so that no word of theirs changes it. */
  isVerified: boolean
  claims: HostClaims
}

/** What a host page says of somebody besides who they are. Signed, and so facts. */
export type HostClaims = {
  email?: string
  plan?: 'free' | 'plus' | 'team' | 'business' | 'enterprise'
  workspace?: { id?: string; name?: string }
}

/** Who a signed identity is about, and until when it holds. */
export type Identity = {
  subject: string
  useId: string
  expiresAt: Date
  name: string | undefined
  claims: HostClaims
}

export type IdentityKeyRow = {
  id: string
  name: string
  algorithm: IdentityAlgorithm
  sealedSecret: Buffer | undefined
  publicKey: Readonly<Record<string, unknown>> | undefined
  createdAt: Date
  createdByName: string
  lastUsedAt: Date | undefined
}

/** One to sign with, and the one that follows it. */
export const mostKeys = 2

export const linkMinutes = 30
/** An address gets no more mails than this in the time that a link lasts; nobody is told. */
export const mostLinks = 3
export const idleDays = 30

/** By what somebody is on "my cases". */
export type Proof = { address: string } | { contactId: ContactId }

/** Somebody on "my cases", and the contacts that are them. */
export type CasePerson = { proof: Proof; contactIds: readonly ContactId[] }
