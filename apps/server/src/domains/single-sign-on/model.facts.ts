import type { SsoCause, SsoFinding, SsoRemedy } from '@clew/contract/single-sign-on'

/** Somebody of the organisation, as the diagnosis needs to know them. */
export type Person = {
  id: string
  name: string
  email: string
  deactivatedVia: 'console' | 'scim' | 'expiry' | undefined
  deactivatedAt: Date | undefined
  endedAt: Date | undefined
}

export type InvitationFacts = { id: string; email: string; isOpen: boolean; expiresAt: Date }

/** How far one address goes in this organisation. */
export type AddressFacts = {
  address: string
  domain: string
  /** Whether the domain counts as this organisation's; `other`: as somebody else's. */
  domainIs: 'own' | 'other' | 'nobodys'
  member: Person | undefined
  isAlias: boolean
  /** Taken away by provisioning, so that no row of a member is left. */
  deprovisionedAt: Date | undefined
  invitation: InvitationFacts | undefined
}

export type AttemptFacts = {
  reference: string
  at: Date
  outcome: 'signed_in' | 'passed' | 'refused'
  reason: string | undefined
  typedEmail: string | undefined
  assertedEmail: string | undefined
  observed: Readonly<Record<string, string>>
}

/** All that a diagnosis rests on: data that is there anyway. It asks nobody and changes nothing. */
export type DiagnosisFacts = {
  now: Date
  /** What was asked about. */
  asked: AddressFacts | undefined
  attempt: AttemptFacts | undefined
  /** The address that the identity provider vouched for, where it is another than the one asked about. */
  asserted: AddressFacts | undefined
  /** Who seems to be the same person under another address: the same name before the @, or what they typed. */
  elsewhere: { member: Person | undefined; invitation: InvitationFacts | undefined }
  connection: { id: string; name: string; state: 'draft' | 'active' | 'off'; justInTime: boolean } | undefined
  /** Connections that are on for the domain of the address. */
  servedBy: readonly string[]
  /** The claim of this sign-in that holds an address of the organisation, where no address was found. */
  addressClaim: string | undefined
  provisionedBy: string | undefined
  seats: { used: number; limit: number } | undefined
}

export type Values = Readonly<Record<string, string>>

/** One row of the table: when it fits, what it shows for it, what helps; and what is said where it was ruled out. */
export type Cause = {
  cause: SsoCause
  letter?: string
  fits(facts: DiagnosisFacts): boolean
  evidence?(facts: DiagnosisFacts): SsoFinding[]
  remedies?(facts: DiagnosisFacts): Omit<SsoRemedy, 'isOneClick'>[]
  values?(facts: DiagnosisFacts): Values
  /** Said of this cause when another one it is; undefined where nothing could be known. */
  ruledOut?(facts: DiagnosisFacts): string | undefined
}
