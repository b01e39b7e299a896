import type { MemberId, OrganisationId } from '@clew/contract/primitives'
import type { TxCtx } from '../../platform/ctx.ts'
import type { KnowledgeParts } from './knowledge.ts'
import type { FileFacts } from './model.policies.ts'

export type OpenSession = {
  id: string
  memberId: MemberId
  createdAt: Date
  seenAt: Date
  /** From where it was last used; undefined where that is not known. */
  address: string | undefined
}

/** What somebody has of their own to sign in with. */
export type OwnStanding = { hasPassword: boolean; hasPasskey: boolean; hasApp: boolean }
/** The same, and whether they come by single sign-on. */
export type Standing = OwnStanding & { hasSso: boolean }

export type OpenKey = { isServiceAccount: boolean; createdAt: Date; expiresAt: Date; scopes: readonly string[] }
export type OpenLink = { createdAt: Date; expiresAt: Date; hasPassword: boolean }

/** What rooms above this one know, for telling what a rule would do. All of it in the scope of the system. */
export type PolicyFacts = {
  listSessions(tx: TxCtx, memberIds: readonly MemberId[]): Promise<OpenSession[]>
  /** Of each of them; who is missing has nothing. */
  listStanding(tx: TxCtx, memberIds: readonly MemberId[]): Promise<ReadonlyMap<MemberId, Standing>>
  listKeys(tx: TxCtx, organisationId: OrganisationId): Promise<OpenKey[]>
  /** View-only links to what people of the organisation sent. */
  listLinks(tx: TxCtx, organisationId: OrganisationId): Promise<OpenLink[]>
  /** What they attached since then. */
  listFiles(tx: TxCtx, wanted: { organisationId: OrganisationId; since: Date }): Promise<FileFacts[]>
}

export type PolicyParts = KnowledgeParts & { policyFacts: PolicyFacts }
