import type { MemberId, OrganisationId } from '@clew/contract/primitives'
import type { Actor, MemberActor } from '../../../platform/actor.ts'
import { AppError } from '../../../platform/app-error.ts'
import type { Ctx, TxCtx } from '../../../platform/ctx.ts'
import { hashToken } from '../../../platform/ids.ts'
import {
  apiKeyProblem,
  findMember,
  findPolicies,
  findServiceAccount,
  isActive,
  isAddressAllowed,
} from '../../organisations/index.ts'
import { allowedScopes, isApiKey } from '../api-key-token.ts'
import { authorizeSessions } from '../policy.ts'
import { type ApiKeyRow, findApiKey, noteApiKeyUse } from '../repository.api-keys.ts'

const usedEveryMs = 60_000

export type KeyHolder = { id: string; member: MemberActor }

/** As whom a key acts, as long as it works and whoever it acts for may. */
export async function readApiKey(ctx: Ctx, token: string): Promise<KeyHolder | undefined> {
  if (!isApiKey(token)) throw new AppError('api_key.invalid')
  const [key, member] = await ctx.transaction(async (tx) => {
    authorizeSessions(tx.actor)
    const found = await findApiKey(tx, hashToken(token))
    return [found, found && (await holderOf(tx, found))] as const
  })
  if (!key || !member) throw new AppError('api_key.invalid')
  await ctx.transaction(async (tx) => {
    authorizeSessions(tx.actor)
    const policies = await findPolicies(tx, key.organisationId)
    if (!isAddressAllowed(policies.ip_allow_list, tx.origin.address)) throw new AppError('session.address_not_allowed')
    if (key.usedAt === undefined || tx.clock.now().getTime() - key.usedAt.getTime() > usedEveryMs)
      await noteApiKeyUse(tx, key.id)
  })
  return { id: key.id, member }
}

/** Whoever a key acts for, with what the key may do of it; nobody once it may not. */
export async function holderOf(tx: TxCtx, key: ApiKeyRow): Promise<MemberActor | undefined> {
  const { api_keys: rule } = await findPolicies(tx, key.organisationId)
  const lifetimeMs = key.expiresAt.getTime() - key.createdAt.getTime()
  const isServiceAccount = key.kind === 'service'
  // Rules that have become stricter hold for keys that are older too.
  if (apiKeyProblem(rule, { lifetimeMs, scopes: key.scopes, isServiceAccount })) return undefined
  return isServiceAccount ? accountOf(tx, key) : personOf(tx, key)
}

async function personOf(tx: TxCtx, { memberId, scopes }: ApiKeyRow): Promise<MemberActor | undefined> {
  const member = await findMember(tx, memberId)
  if (!member || !isActive(member, tx.clock.now())) return undefined
  return {
    type: 'member',
    id: member.id,
    name: member.name,
    // A key has its scopes and no more: nothing of the role is for it, whoever it acts for.
    role: 'custom',
    organisationId: member.organisationId,
    isSupport: member.organisation.kind === 'support',
    permissions: allowedScopes(scopes, member.permissions),
  }
}

async function accountOf(tx: TxCtx, { memberId, scopes }: ApiKeyRow): Promise<MemberActor | undefined> {
  const account = await findServiceAccount(tx, memberId)
  if (!account) return undefined
  return {
    type: 'member',
    id: account.id satisfies MemberId,
    name: account.name,
    role: 'custom',
    organisationId: account.organisationId satisfies OrganisationId,
    isSupport: account.kind === 'support',
    permissions: allowedScopes(scopes, new Set(scopes)),
  }
}

/** The same as somebody of the team, where the key may answer people. */
export const agentOfKey = ({ member }: KeyHolder): Actor | undefined =>
  member.isSupport && member.permissions.has('conversations.answer')
    ? {
        type: 'agent',
        id: member.id,
        name: member.name,
        role: member.role,
        organisationId: member.organisationId,
        permissions: member.permissions,
      }
    : undefined
