import type { MemberId, OrganisationId } from '@clew/contract/primitives'
import type { ProviderKind, ProvisioningChange, RoleRule, TokenScope } from '@clew/contract/provisioning'
import type { JsonObject } from '@clew/scim'

export type GivenRole = { role: string; customRoleId: string | undefined }

export type Connection = {
  id: string
  organisationId: OrganisationId
  name: string
  kind: ProviderKind
  defaultRole: GivenRole
  version: number
  createdAt: Date
  contactedAt: Date | undefined
}

export type Rule = { groupName: string; role: GivenRole }

/** The token that a request came with. */
export type UsedToken = {
  id: string
  hint: string
  scope: TokenScope
  usedAt: Date | undefined
  /** Who `/Me` is. */
  memberId?: MemberId | undefined
}

/** Through which connection somebody speaks, with which token, and where our addresses begin. */
export type Door = { connection: Connection; token: UsedToken; baseUrl: string }

export type Tokens = {
  id: string
  connectionId: string
  hint: string
  scope: TokenScope
  createdAt: Date
  createdBy: string
  expiresAt: Date
  revokedAt: Date | undefined
  isReplaced: boolean
  usedAt: Date | undefined
  usedFrom: string | undefined
  memberId: MemberId | undefined
}

export function tokenState(
  { revokedAt, expiresAt, isReplaced }: Pick<Tokens, 'revokedAt' | 'expiresAt' | 'isReplaced'>,
  now: Date,
): 'active' | 'replaced' | 'expired' | 'revoked' {
  if (revokedAt !== undefined) return 'revoked'
  if (expiresAt <= now) return 'expired'
  return isReplaced ? 'replaced' : 'active'
}

/** The prefix lets secret scanners know what they have found. */
export const tokenPrefix = 'clew_scim_'

export const reminderDays = [30, 7, 1] as const

const dayMs = 86_400_000
export const afterDays = (now: Date, days: number): Date => new Date(now.getTime() + days * dayMs)

/** The reminder that is due for a token, unless it or a nearer one has gone out. */
export function dueReminder(
  { expiresAt, remindedDays }: { expiresAt: Date; remindedDays: number | undefined },
  now: Date,
): number | undefined {
  const left = (expiresAt.getTime() - now.getTime()) / dayMs
  if (left <= 0) return undefined
  const due = reminderDays.findLast((days) => left <= days)
  return due !== undefined && (remindedDays === undefined || due < remindedDays) ? due : undefined
}

/** A change of a resource as the protocol has it, wherever it came from: a request of its own or one of many. */
export type WriteRequest = {
  method: 'POST' | 'PUT' | 'PATCH' | 'DELETE'
  type: 'User' | 'Group'
  id?: string | undefined
  body?: JsonObject | undefined
  ifMatch?: string | undefined
  ifNoneMatch?: string | undefined
  /** Whoever is created has to be this member: by `POST /Me`. */
  onlyAs?: MemberId | undefined
}

/** What came of it. `resource` is whole; `name` is for people. */
export type Outcome = {
  status: 200 | 201 | 204
  id: string
  name: string
  tag?: string
  resource?: JsonObject
  changes: readonly ProvisioningChange[]
}

export const foldName = (name: string): string => name.trim().toLowerCase()

export const ruleOf = ({ groupName, role }: Rule): RoleRule => ({
  groupName,
  role: { role: role.role as RoleRule['role']['role'], customRoleId: role.customRoleId ?? null },
})
