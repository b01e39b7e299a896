import type { MadeScimToken, NewScimToken } from '@clew/contract/provisioning'
import { AppError } from '../../../platform/app-error.ts'
import type { Ctx, TxCtx } from '../../../platform/ctx.ts'
import { hashToken, newToken } from '../../../platform/ids.ts'
import { recordAudit } from '../../audit/index.ts'
import {
  findMemberByEmail,
  findOrganisationBySlug,
  isActive,
  listNames,
  type MemberRow,
} from '../../organisations/index.ts'
import { afterDays, type Connection, type Tokens, tokenPrefix, tokenState } from '../model.ts'
import { authorizeManage, authorizeSystem } from '../policy.ts'
import { insertToken, lockToken, setTokenReplaced, setTokenRevoked } from '../repository.tokens.ts'
import { findConnection, listConnections, lockConnection } from '../repository.ts'
import { scimUrl, tokenView } from '../views.ts'
import { addConnection } from './manage-connections.ts'

/** A token for a connection. It is shown this once. */
export async function makeToken(
  ctx: Ctx,
  input: NewScimToken & { connectionId: string; baseUrl: string },
): Promise<MadeScimToken> {
  return ctx.transaction(async (tx) => {
    authorizeManage(tx.actor)
    const connection = await getConnection(tx, input.connectionId)
    const standsFor = await memberFor(tx, connection, input.as)
    const { token, row } = await addToken(tx, connection, { ...input, by: tx.actor.name, memberId: standsFor?.id })
    recordToken(tx, connection, { action: 'scim.token.created', row, standsFor })
    return madeView(tx, { token, row, connection, baseUrl: input.baseUrl })
  })
}

/** A new token in the place of another, which works for some days more, so that nobody has to hurry. */
export async function rotateToken(
  ctx: Ctx,
  input: { connectionId: string; tokenId: string; overlapDays: number; baseUrl: string },
): Promise<MadeScimToken> {
  return ctx.transaction(async (tx) => {
    authorizeManage(tx.actor)
    const connection = await getConnection(tx, input.connectionId)
    const old = await getToken(tx, input)
    const now = tx.clock.now()
    if (tokenState(old, now) !== 'active') throw new AppError('provisioning.token_ended')
    const lifeDays = Math.max(1, Math.round((old.expiresAt.getTime() - old.createdAt.getTime()) / dayMs))
    const { token, row } = await addToken(tx, connection, {
      scope: old.scope,
      lifeDays,
      by: tx.actor.name,
      memberId: old.memberId,
    })
    const end = afterDays(now, input.overlapDays)
    await setTokenReplaced(tx, { id: old.id, by: row.id, expiresAt: end < old.expiresAt ? end : old.expiresAt })
    recordToken(tx, connection, { action: 'scim.token.rotated', row, replaced: old.id })
    return madeView(tx, { token, row, connection, baseUrl: input.baseUrl })
  })
}

/** Ends a token at once, on every process. */
export async function revokeToken(ctx: Ctx, input: { connectionId: string; tokenId: string }): Promise<void> {
  await ctx.transaction(async (tx) => {
    authorizeManage(tx.actor)
    const connection = await getConnection(tx, input.connectionId)
    const row = await getToken(tx, input)
    if (row.revokedAt !== undefined) return
    await setTokenRevoked(tx, row.id)
    recordToken(tx, connection, { action: 'scim.token.revoked', row })
  })
}

const scriptName = 'Command line'

/** For scripts of the operator: a new token of the organisation's only connection, or of one that is made for it. */
export async function makeTokenForOrganisation(
  ctx: Ctx,
  input: { slug: string; connection: string | undefined; lifeDays: number; baseUrl: string; as?: string | undefined },
): Promise<MadeScimToken & { connectionName: string }> {
  return ctx.transaction(async (tx) => {
    authorizeSystem(tx.actor)
    const organisation = (await findOrganisationBySlug(tx, input.slug))?.id
    if (organisation === undefined) throw new AppError('organisation.not_found')
    const connections = await listConnections(tx, organisation)
    const connection = await chosen(tx, { connections, organisation, asked: input.connection })
    const scope = { users: true, groups: true, readOnly: false }
    const standsFor = await memberFor(tx, connection, input.as)
    const wanted = { scope, lifeDays: input.lifeDays, by: scriptName, memberId: standsFor?.id }
    const { token, row } = await addToken(tx, connection, wanted)
    recordToken(tx, connection, { action: 'scim.token.created', row, standsFor })
    return {
      ...(await madeView(tx, { token, row, connection, baseUrl: input.baseUrl })),
      connectionName: connection.name,
    }
  })
}

async function chosen(
  tx: TxCtx,
  from: { connections: readonly Connection[]; organisation: Connection['organisationId']; asked: string | undefined },
): Promise<Connection> {
  const { connections, organisation, asked } = from
  const named = connections.find(({ id, name }) => asked === undefined || id === asked || name === asked)
  if (named !== undefined && (asked !== undefined || connections.length === 1)) return named
  if (asked !== undefined || connections.length > 1) throw new AppError('provisioning.connection_not_found')
  const id = await addConnection(tx, { name: scriptName, kind: 'other', organisationId: organisation })
  return getConnection(tx, id)
}

const dayMs = 86_400_000

/** Whom a token is to stand for: somebody of the same organisation, and there. */
async function memberFor(
  tx: TxCtx,
  { organisationId }: Connection,
  address: string | undefined,
): Promise<MemberRow | undefined> {
  if (address === undefined) return undefined
  const member = await findMemberByEmail(tx, organisationId, address)
  if (member === undefined || !isActive(member, tx.clock.now())) throw new AppError('member.not_found')
  return member
}

type Wanted = Pick<NewScimToken, 'scope' | 'lifeDays'> & { by: string; memberId: MemberRow['id'] | undefined }

async function addToken(tx: TxCtx, connection: Connection, { scope, lifeDays, by, memberId }: Wanted) {
  const token = `${tokenPrefix}${newToken()}`
  const row = await insertToken(tx, {
    id: tx.ids.next(),
    connectionId: connection.id,
    organisationId: connection.organisationId,
    tokenHash: hashToken(token),
    hint: token.slice(-4),
    scope,
    createdBy: by,
    memberId,
    expiresAt: afterDays(tx.clock.now(), lifeDays),
  })
  return { token, row }
}

function recordToken(
  tx: TxCtx,
  connection: Connection,
  {
    action,
    row,
    replaced,
    standsFor,
  }: {
    action: `scim.token.${'created' | 'rotated' | 'revoked'}`
    row: Tokens
    replaced?: string
    standsFor?: MemberRow | undefined
  },
): void {
  recordAudit(tx, {
    action,
    organisationId: connection.organisationId,
    targets: [
      { type: 'scim_token', id: row.id, name: `…${row.hint}` },
      { type: 'connection', id: connection.id, name: connection.name },
      ...(standsFor === undefined ? [] : [{ type: 'member', id: standsFor.id, name: standsFor.name }]),
    ],
    metadata: {
      ...row.scope,
      expires_at: row.expiresAt.toISOString(),
      ...(replaced === undefined ? {} : { replaced }),
    },
  })
}

type Made = { token: string; row: Tokens; connection: Connection; baseUrl: string }

async function madeView(tx: TxCtx, { token, row, connection, baseUrl }: Made): Promise<MadeScimToken> {
  const names = await listNames(tx, connection.organisationId, row.memberId === undefined ? [] : [row.memberId])
  return {
    token,
    baseUrl: scimUrl(baseUrl, row.connectionId),
    made: tokenView(row, { now: tx.clock.now(), names }),
  }
}

async function getConnection(tx: TxCtx, id: string): Promise<Connection> {
  const connection = tx.actor.type === 'system' ? await findConnection(tx, id) : await lockConnection(tx, id)
  if (connection === undefined) throw new AppError('provisioning.connection_not_found')
  return connection
}

async function getToken(
  tx: TxCtx,
  { connectionId, tokenId }: { connectionId: string; tokenId: string },
): Promise<Tokens> {
  const token = await lockToken(tx, tokenId)
  if (token?.connectionId !== connectionId) throw new AppError('provisioning.token_not_found')
  return token
}
