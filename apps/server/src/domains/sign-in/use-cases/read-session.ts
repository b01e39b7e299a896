import { AppError } from '../../../platform/app-error.ts'
import type { Ctx } from '../../../platform/ctx.ts'
import { hashToken, newToken } from '../../../platform/ids.ts'
import {
  findMember,
  findPolicies,
  isActive,
  isAddressAllowed,
  type MemberRow,
  noteMemberSeen,
} from '../../organisations/index.ts'
import { recordOwn } from '../audit-of.ts'
import type { FoundSession, KnownTokens, TokenOwner } from '../known-tokens.ts'
import { absoluteMs, hasEnded, idleMs, type PoliciesNow } from '../model.policies.ts'
import { type SessionRow, standingOf } from '../model.ts'
import { authorizeSessions } from '../policy.ts'
import {
  deleteSession,
  findCurrentSession,
  findSession,
  noteSeen,
  replaceToken,
  type StoredSession,
} from '../repository.ts'
import { isPlainlyOpen, reachOf } from '../session-reach.ts'

const seenEveryMs = 5 * 60_000

/** Whose session a token is, as long as it lasts and its member may act. */
export async function readSession(ctx: Ctx, token: string, tokens: KnownTokens): Promise<SessionRow | undefined> {
  const hash = hashToken(token)
  const { session, member, policies } = await tokens.read(hash, (owner) => find(ctx, hash, owner))
  const now = ctx.clock.now()
  if (!session || !member || !policies || !isActive(member, now)) return undefined
  if (session.expiresAt <= now || hasEnded(policies, session, now)) return undefined
  if (!isAddressAllowed(policies.ip_allow_list, ctx.origin.address)) throw new AppError('session.address_not_allowed')
  if (now.getTime() - session.seenAt.getTime() > Math.min(seenEveryMs, idleMs(policies) / 10))
    await ctx.transaction(async (tx) => {
      authorizeSessions(tx.actor)
      await noteSeen(tx, session.id)
      await noteMemberSeen(tx, member.id)
    })
  const reach = isPlainlyOpen(session, policies)
    ? 'open'
    : await ctx.transaction((tx) => reachOf(tx, { session, member, policies }))
  if (reach === 'over') return undefined
  const replacedBy = await changedStanding(ctx, { session, member, hash })
  return { ...sessionOf({ session, member, policies, replacedBy }), isLimited: reach === 'set_up' }
}

async function find(ctx: Ctx, hash: Buffer, owner: TokenOwner | undefined): Promise<FoundSession> {
  const known = owner && (await findOf(ctx, hash, owner))
  if (known?.session) return known
  return ctx.transaction(async (tx) => {
    authorizeSessions(tx.actor)
    const session = await findSession(tx, hash)
    const member = session && (await findMember(tx, session.memberId))
    const policies = member && (await findPolicies(tx, member.organisationId))
    return { ...(session && { session }), ...(member && { member }), ...(policies && { policies }) }
  })
}

/** Everything at once, since it is known whose token it is. Nothing of a token that has been replaced. */
async function findOf(ctx: Ctx, hash: Buffer, owner: TokenOwner): Promise<FoundSession> {
  const [session, member, policies] = await ctx.transaction((tx) => {
    authorizeSessions(tx.actor)
    return tx.conclude(
      Promise.all([findCurrentSession(tx, hash), findMember(tx, owner.id), findPolicies(tx, owner.organisationId)]),
    )
  })
  return { ...(session && { session }), ...(member && { member }), policies }
}

type Known = { session: StoredSession; member: MemberRow; hash: Buffer }

/** Whoever has another role now gets another token. */
async function changedStanding(ctx: Ctx, { session, member, hash }: Known): Promise<string | undefined> {
  const standing = standingOf(member)
  if (session.standing === standing || session.isReplaced) return undefined
  return ctx.transaction(async (tx) => {
    authorizeSessions(tx.actor)
    const token = newToken()
    return (await replaceToken(tx, { from: hash, to: hashToken(token), standing })) ? token : undefined
  })
}

export function sessionOf({
  session,
  member,
  policies,
  replacedBy,
}: {
  session: StoredSession
  member: MemberRow
  policies: PoliciesNow
  replacedBy: string | undefined
}): SessionRow {
  const end = Math.min(session.expiresAt.getTime(), session.createdAt.getTime() + absoluteMs(policies))
  return {
    id: session.id,
    member,
    createdAt: session.createdAt,
    expiresAt: new Date(end),
    provedAt: session.isReplaced ? undefined : session.provedAt,
    methods: session.methods,
    isLimited: session.state === 'set_up',
    peers: session.peers,
    ...(replacedBy === undefined ? {} : { replacedBy }),
  }
}

/** Ends a session at once, on every process. */
export async function endSession(ctx: Ctx, token: string): Promise<void> {
  await ctx.transaction(async (tx) => {
    authorizeSessions(tx.actor)
    const ended = await deleteSession(tx, hashToken(token))
    const member = ended && (await findMember(tx, ended.memberId))
    if (member)
      recordOwn(tx, member, {
        action: 'session.revoked',
        targets: [{ type: 'session', id: ended.id }],
        reason: 'signed_out',
      })
  })
}
