import type { SsoSetUp, SsoSetupLink } from '@clew/contract/single-sign-on'
import type { z } from 'zod'
import { AppError } from '../../../platform/app-error.ts'
import type { Ctx, TxCtx } from '../../../platform/ctx.ts'
import { hashToken, newToken } from '../../../platform/ids.ts'
import { recordAudit } from '../../audit/index.ts'
import { findOrganisation } from '../../organisations/index.ts'
import { type ConnectionRow, setupLinkDays } from '../model.ts'
import type { SsoParts } from '../parts.ts'
import { authorizeManageSso, authorizeProtocol } from '../policy.ts'
import { readSetUp } from '../read-set-up.ts'
import { type AttemptRow, findAttempt } from '../repository.attempts.ts'
import { findConnection, lockConnection } from '../repository.connections.ts'
import {
  findOpenLink,
  insertSetupLink,
  noteLinkUsed,
  revokeLinks,
  type SetupLinkRow,
} from '../repository.requirement.ts'
import { ownConnection, storeChange } from './update-connection.ts'

/** A link for whoever runs the identity provider; one made before stops working. */
export async function createSetupLink(
  ctx: Ctx,
  connectionId: string,
  { baseUrl }: Pick<SsoParts, 'baseUrl'>,
): Promise<z.output<typeof SsoSetupLink>> {
  return ctx.transaction(async (tx) => {
    const { actor } = tx
    authorizeManageSso(actor)
    const connection = await ownConnection(tx, connectionId)
    await revoke(tx, connection)
    const [id, token] = [tx.ids.next(), newToken()]
    const expiresAt = new Date(tx.clock.now().getTime() + setupLinkDays * 86_400_000)
    const { organisationId } = actor
    await insertSetupLink(tx, {
      id,
      organisationId,
      connectionId: connection.id,
      tokenHash: hashToken(token),
      createdBy: actor.id,
      expiresAt,
    })
    recordAudit(tx, { action: 'sso.setup_link_created', targets: targetsOf(connection, id) })
    return { id, url: `${baseUrl()}/sso/setup#token=${token}`, expiresAt: expiresAt.toISOString() }
  })
}

export async function revokeSetupLink(ctx: Ctx, connectionId: string): Promise<void> {
  await ctx.transaction(async (tx) => {
    authorizeManageSso(tx.actor)
    await revoke(tx, await ownConnection(tx, connectionId))
  })
}

async function revoke(tx: TxCtx, connection: ConnectionRow): Promise<void> {
  const { organisationId, id: connectionId } = connection
  for (const id of await revokeLinks(tx, { organisationId, connectionId }))
    recordAudit(tx, { action: 'sso.setup_link_revoked', targets: targetsOf(connection, id) })
}

const targetsOf = ({ id, name }: Pick<ConnectionRow, 'id' | 'name'>, linkId: string) => [
  { type: 'sso_connection', id, name },
  { type: 'sso_setup_link', id: linkId },
]

export type OpenSetup = {
  link: SetupLinkRow
  connection: ConnectionRow
  organisation: string
  attempt: AttemptRow | undefined
}

/** What the holder of a link sees: one connection, and how their own test went. */
export async function openSetupLink(ctx: Ctx, token: string, attemptId?: string): Promise<OpenSetup> {
  return ctx.transaction(async (tx) => {
    authorizeProtocol(tx.actor)
    const { link, connection } = await holdLink(tx, token)
    const attempt = attemptId === undefined ? undefined : await findAttempt(tx, attemptId)
    const organisation = await findOrganisation(tx, link.organisationId)
    return {
      link,
      connection,
      organisation: organisation?.name ?? '',
      attempt: attempt?.setupLinkId === link.id ? attempt : undefined,
    }
  })
}

async function holdLink(tx: TxCtx, token: string): Promise<{ link: SetupLinkRow; connection: ConnectionRow }> {
  const link = await findOpenLink(tx, hashToken(token))
  const connection = link && (await findConnection(tx, link.connectionId))
  if (!link || !connection) throw new AppError('sso.link_invalid')
  return { link, connection }
}

/** Fills in what comes from the identity provider, and nothing else: neither roles nor domains nor whether it is on. */
export async function fillInByLink(
  ctx: Ctx,
  { token, setUp }: { token: string; setUp: SsoSetUp },
  parts: Pick<SsoParts, 'seal' | 'rules'>,
): Promise<void> {
  const { connection } = await openSetupLink(ctx, token)
  const change = await readSetUp(connection, setUp, { now: ctx.clock.now(), rules: parts.rules })
  await ctx.transaction(async (tx) => {
    authorizeProtocol(tx.actor)
    const { link } = await holdLink(tx, token)
    const locked = await lockConnection(tx, { id: link.connectionId, organisationId: link.organisationId })
    if (!locked) throw new AppError('sso.link_invalid')
    // People sign in through it: from outside it can only be looked at.
    if (locked.state === 'active') throw new AppError('sso.conflict')
    await storeChange(tx, { connection: locked, change }, parts)
    await noteLinkUsed(tx, link.id)
    recordAudit(tx, {
      action: 'sso.setup_link_used',
      organisationId: link.organisationId,
      targets: targetsOf(locked, link.id),
    })
  })
}
