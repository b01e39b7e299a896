import type { AgentId, MemberId, OrganisationId } from '@clew/contract/primitives'
import type { SignInMethod } from '@clew/contract/sign-in'
import { sql } from 'kysely'
import { compiled } from '../../platform/compiled.ts'
import type { TxCtx } from '../../platform/ctx.ts'
import { sqlOf } from '../../platform/sql.ts'
import { rotationGraceSeconds } from './model.ts'

const columns = [
  'id',
  'token_hash',
  'previous_hash',
  'member_id',
  'created_at',
  'seen_at',
  'expires_at',
  'proved_at',
  'state',
  'standing',
  'methods',
  'peers',
  'address',
  'user_agent',
  'challenge',
] as const

export type StoredSession = {
  id: string
  memberId: MemberId
  createdAt: Date
  seenAt: Date
  expiresAt: Date
  provedAt: Date
  state: 'open' | 'set_up'
  standing: string | undefined
  methods: readonly SignInMethod[]
  peers: readonly string[]
  address: string | undefined
  userAgent: string | undefined
  challenge: string | undefined
  /** Found by the token before the present one. */
  isReplaced: boolean
}

const selected = (tx: TxCtx) =>
  sqlOf(tx).selectFrom('agent_sessions').select(columns).where('expires_at', '>', tx.clock.now())

type Selected = Awaited<ReturnType<ReturnType<typeof selected>['execute']>>[number]

const storedOf = (row: Selected, tokenHash?: Buffer): StoredSession => ({
  id: row.id,
  memberId: row.member_id as MemberId,
  createdAt: row.created_at,
  seenAt: row.seen_at,
  expiresAt: row.expires_at,
  provedAt: row.proved_at,
  state: row.state as StoredSession['state'],
  standing: row.standing ?? undefined,
  methods: row.methods as SignInMethod[],
  peers: row.peers,
  address: row.address ?? undefined,
  userAgent: row.user_agent ?? undefined,
  challenge: row.challenge ?? undefined,
  isReplaced: tokenHash !== undefined && !row.token_hash.equals(tokenHash),
})

export type NewSession = {
  id: string
  tokenHash: Buffer
  memberId: MemberId
  organisationId: OrganisationId
  expiresAt: Date
  state: StoredSession['state']
  standing: string
  methods: readonly SignInMethod[]
  peers: readonly string[]
}

export async function insertSession(tx: TxCtx, session: NewSession): Promise<void> {
  const now = tx.clock.now()
  await sqlOf(tx)
    .insertInto('agent_sessions')
    .values({
      id: session.id,
      token_hash: session.tokenHash,
      member_id: session.memberId,
      organisation_id: session.organisationId,
      created_at: now,
      seen_at: now,
      proved_at: now,
      expires_at: session.expiresAt,
      state: session.state,
      standing: session.standing,
      methods: [...session.methods],
      peers: [...session.peers],
      address: tx.origin.address ?? null,
      user_agent: tx.origin.userAgent ?? null,
    })
    .execute()
}

/** By the token that it has now, which is how nearly everyone comes. */
export async function findCurrentSession(tx: TxCtx, tokenHash: Buffer): Promise<StoredSession | undefined> {
  const [row] = await sessionByToken(tx, { tokenHash, now: tx.clock.now() })
  return row && storedOf(row)
}

const sessionByToken = compiled((db, { tokenHash, now }: { tokenHash: Buffer; now: Date }) =>
  db
    .selectFrom('agent_sessions')
    .select(columns)
    .where('token_hash', '=', tokenHash)
    .where('expires_at', '>', now)
    .compile(),
)

/** By its token, or by the one before while requests with that may still be under way. */
export async function findSession(tx: TxCtx, tokenHash: Buffer): Promise<StoredSession | undefined> {
  const since = new Date(tx.clock.now().getTime() - rotationGraceSeconds * 1000)
  const row = await selected(tx)
    .where((eb) =>
      eb.or([
        eb('token_hash', '=', tokenHash),
        eb.and([eb('previous_hash', '=', tokenHash), eb('rotated_at', '>', since)]),
      ]),
    )
    .executeTakeFirst()
  return row && storedOf(row, tokenHash)
}

export async function lockSession(tx: TxCtx, id: string): Promise<StoredSession | undefined> {
  const row = await selected(tx).where('id', '=', id).forUpdate().executeTakeFirst()
  return row && storedOf(row)
}

export async function listSessions(tx: TxCtx, memberId: MemberId): Promise<StoredSession[]> {
  const rows = await selected(tx).where('member_id', '=', memberId).orderBy('seen_at', 'desc').limit(200).execute()
  return rows.map((row) => storedOf(row))
}

/** Of all of these members at once. */
export async function listSessionsOf(tx: TxCtx, memberIds: readonly MemberId[]): Promise<StoredSession[]> {
  if (memberIds.length === 0) return []
  const rows = await selected(tx)
    .where('member_id', 'in', [...memberIds])
    .execute()
  return rows.map((row) => storedOf(row))
}

export async function listSessionsById(tx: TxCtx, ids: readonly string[]): Promise<StoredSession[]> {
  if (ids.length === 0) return []
  const rows = await selected(tx)
    .where('id', 'in', [...ids])
    .execute()
  return rows.map((row) => storedOf(row))
}

/** Gives a session its next token. Of two at once, one does. */
export async function replaceToken(
  tx: TxCtx,
  { from, to, standing }: { from: Buffer; to: Buffer; standing: string },
): Promise<boolean> {
  const result = await sqlOf(tx)
    .updateTable('agent_sessions')
    .set({ token_hash: to, previous_hash: from, rotated_at: tx.clock.now(), standing })
    .where('token_hash', '=', from)
    .executeTakeFirst()
  return Number(result.numUpdatedRows) > 0
}

export async function setProved(tx: TxCtx, id: string, methods: readonly SignInMethod[]): Promise<void> {
  await sqlOf(tx)
    .updateTable('agent_sessions')
    .set({ proved_at: tx.clock.now(), methods: [...methods], challenge: null })
    .where('id', '=', id)
    .execute()
}

/** A session in which the second factor has been set up is one like any other. */
export async function openFully(tx: TxCtx, id: string, expiresAt: Date): Promise<void> {
  await sqlOf(tx)
    .updateTable('agent_sessions')
    .set({ state: 'open', expires_at: expiresAt })
    .where('id', '=', id)
    .execute()
}

export async function setSessionChallenge(tx: TxCtx, id: string, challenge: string | null): Promise<void> {
  await sqlOf(tx).updateTable('agent_sessions').set({ challenge }).where('id', '=', id).execute()
}

export async function noteSeen(tx: TxCtx, id: string): Promise<void> {
  const { address, userAgent } = tx.origin
  await sqlOf(tx)
    .updateTable('agent_sessions')
    .set({
      seen_at: tx.clock.now(),
      ...(address === undefined ? {} : { address }),
      ...(userAgent === undefined ? {} : { user_agent: userAgent }),
    })
    .where('id', '=', id)
    .execute()
}

export async function deleteSession(tx: TxCtx, tokenHash: Buffer): Promise<StoredSession | undefined> {
  const found = await findSession(tx, tokenHash)
  if (found) await deleteSessions(tx, { memberId: found.memberId, only: found.id })
  return found
}

/** Ends the sessions of a member: one, or all but one, or all. Answers with the ids of those that were ended. */
export async function deleteSessions(
  tx: TxCtx,
  { memberId, only, except }: { memberId: MemberId; only?: string; except?: string | undefined },
): Promise<string[]> {
  let query = sqlOf(tx).deleteFrom('agent_sessions').where('member_id', '=', memberId)
  if (only !== undefined) query = query.where('id', '=', only)
  if (except !== undefined) query = query.where('id', '<>', except)
  return (await query.returning('id').execute()).map(({ id }) => id)
}

/** Ends what was opened in an organisation by other ways than this one. */
export async function deleteSessionsWithout(
  tx: TxCtx,
  {
    method,
    organisationId,
    except,
  }: { method: SignInMethod; organisationId: OrganisationId; except: readonly MemberId[] },
): Promise<{ id: string; memberId: MemberId }[]> {
  let query = sqlOf(tx)
    .deleteFrom('agent_sessions')
    .where('organisation_id', '=', organisationId)
    .where(sql<boolean>`NOT (${method} = ANY (methods))`)
  if (except.length > 0) query = query.where('member_id', 'not in', [...except])
  const rows = await query.returning(['id', 'member_id']).execute()
  return rows.map(({ id, member_id }) => ({ id, memberId: member_id as MemberId }))
}

export async function setPasswordHash(tx: TxCtx, memberId: AgentId, passwordHash: string): Promise<void> {
  const changed = { password_hash: passwordHash, changed_at: tx.clock.now() }
  await sqlOf(tx)
    .insertInto('credentials')
    .values({ member_id: memberId, ...changed })
    .onConflict((conflict) => conflict.column('member_id').doUpdateSet(changed))
    .execute()
}

/** The same password, hashed anew. */
export async function replacePasswordHash(
  tx: TxCtx,
  memberId: MemberId,
  hashes: { from: string; to: string },
): Promise<void> {
  await sqlOf(tx)
    .updateTable('credentials')
    .set({ password_hash: hashes.to })
    .where('member_id', '=', memberId)
    .where('password_hash', '=', hashes.from)
    .execute()
}

export type StoredPassword = { hash: string; changedAt: Date }

export async function findPassword(tx: TxCtx, memberId: AgentId): Promise<StoredPassword | undefined> {
  return (await listPasswords(tx, [memberId])).get(memberId)
}

export async function listPasswords(tx: TxCtx, memberIds: readonly string[]): Promise<Map<string, StoredPassword>> {
  if (memberIds.length === 0) return new Map()
  const rows = await sqlOf(tx)
    .selectFrom('credentials')
    .selectAll()
    .where('member_id', 'in', [...memberIds])
    .execute()
  return new Map(rows.map((row) => [row.member_id, { hash: row.password_hash, changedAt: row.changed_at }]))
}

export async function replaceSetupToken(tx: TxCtx, token: { tokenHash: Buffer; expiresAt: Date }): Promise<void> {
  await sqlOf(tx).deleteFrom('setup_tokens').execute()
  await sqlOf(tx)
    .insertInto('setup_tokens')
    .values({ token_hash: token.tokenHash, created_at: tx.clock.now(), expires_at: token.expiresAt })
    .execute()
}

/** Uses the token up. Of two at once, one gets it. */
export async function takeSetupToken(tx: TxCtx, tokenHash: Buffer): Promise<boolean> {
  const result = await sqlOf(tx)
    .deleteFrom('setup_tokens')
    .where('token_hash', '=', tokenHash)
    .where('expires_at', '>', tx.clock.now())
    .executeTakeFirst()
  return Number(result.numDeletedRows) > 0
}
