import { permissions, personalPermissions } from '@clew/contract/permissions'
import type { MemberId } from '@clew/contract/primitives'
import type { ApiKey, ApiKeyList, CreateApiKey, CreatedApiKey } from '@clew/contract/sign-in'
import type { MemberActor } from '../../../platform/actor.ts'
import { AppError } from '../../../platform/app-error.ts'
import type { Ctx, TxCtx } from '../../../platform/ctx.ts'
import { hashToken } from '../../../platform/ids.ts'
import { recordAudit } from '../../audit/index.ts'
import { apiKeyProblem, findPolicies, insertServiceAccount, listNames } from '../../organisations/index.ts'
import { newApiKey } from '../api-key-token.ts'
import { authorizeManageApiKeys, authorizeReadApiKeys } from '../policy.ts'
import { insertApiKey, listApiKeys as list, lockApiKey, setApiKeyRevoked } from '../repository.api-keys.ts'
import { apiKeyView } from '../views.ts'

const dayMs = 86_400_000

/** The keys of an organisation that still work. */
export async function listApiKeys(ctx: Ctx): Promise<ApiKeyList> {
  return ctx.transaction(async (tx) => {
    const { actor } = tx
    authorizeReadApiKeys(actor)
    const keys = await list(tx, actor.organisationId)
    const names = await listNames(tx, actor.organisationId, [
      ...new Set(keys.flatMap(({ memberId, createdBy }) => [memberId, createdBy])),
    ])
    const { api_keys: rule } = await findPolicies(tx, actor.organisationId)
    const open = permissions.filter(
      (each) =>
        actor.permissions.has(each) &&
        !personalPermissions.has(each) &&
        (rule.scopes === null || rule.scopes.includes(each)),
    )
    return {
      keys: keys.map((key) => apiKeyView(key, names)),
      mostDays: rule.maxDays,
      serviceAccountsOnly: rule.serviceAccountsOnly,
      scopes: open,
    }
  })
}

/** A new key, for whoever makes it or for a service account. The key itself is in this answer and nowhere else. */
export async function createApiKey(ctx: Ctx, input: CreateApiKey): Promise<CreatedApiKey> {
  return ctx.transaction(async (tx) => {
    const { actor } = tx
    authorizeManageApiKeys(actor)
    const personal = input.scopes.find((scope) => personalPermissions.has(scope))
    if (personal) throw new AppError('api_key.scope_personal', { scope: personal })
    if (input.scopes.some((scope) => !actor.permissions.has(scope))) throw new AppError('api_key.scope_too_wide')
    const { api_keys: rule } = await findPolicies(tx, actor.organisationId)
    const isServiceAccount = input.kind === 'service'
    const problem = apiKeyProblem(rule, { lifetimeMs: input.days * dayMs, scopes: input.scopes, isServiceAccount })
    if (problem) throw new AppError(problem, { days: rule.maxDays })
    const token = newApiKey()
    const key = {
      id: tx.ids.next(),
      organisationId: actor.organisationId,
      memberId: isServiceAccount ? await newServiceAccount(tx, actor, input.name) : actor.id,
      kind: input.kind,
      name: input.name,
      tokenHash: hashToken(token),
      hint: token.slice(-4),
      scopes: [...new Set(input.scopes)],
      createdBy: actor.id,
      expiresAt: new Date(tx.clock.now().getTime() + input.days * dayMs),
    }
    await insertApiKey(tx, key)
    recordAudit(tx, {
      action: 'api_key.created',
      targets: [{ type: 'api_key', id: key.id, name: key.name }],
      metadata: { kind: key.kind, scopes: key.scopes, expires_at: key.expiresAt.toISOString() },
    })
    return { key: viewOf(tx, key, actor), token }
  })
}

async function newServiceAccount(tx: TxCtx, { organisationId }: MemberActor, name: string): Promise<MemberId> {
  const id = tx.ids.next() as MemberId
  await insertServiceAccount(tx, { id, organisationId, name })
  return id
}

type NewKey = Omit<Parameters<typeof apiKeyView>[0], 'createdAt' | 'usedAt' | 'usedAddress'>

const viewOf = (tx: TxCtx, key: NewKey, actor: MemberActor): ApiKey =>
  apiKeyView(
    { ...key, createdAt: tx.clock.now(), usedAt: undefined, usedAddress: undefined },
    new Map([[actor.id, actor.name]]),
  )

/** Ends a key at once, on every process. */
export async function revokeApiKey(ctx: Ctx, id: string): Promise<void> {
  await ctx.transaction(async (tx) => {
    const { actor } = tx
    authorizeManageApiKeys(actor)
    const key = await lockApiKey(tx, { id, organisationId: actor.organisationId })
    if (!key) throw new AppError('api_key.not_found')
    await setApiKeyRevoked(tx, id, actor.id)
    recordAudit(tx, { action: 'api_key.revoked', targets: [{ type: 'api_key', id, name: key.name }] })
  })
}
