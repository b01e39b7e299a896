import type { Readable } from 'node:stream'
import type { ExportLink } from '@clew/contract/exports'
import { AppError } from '../../../platform/app-error.ts'
import type { Ctx } from '../../../platform/ctx.ts'
import { hashToken, newToken } from '../../../platform/ids.ts'
import { recordAudit } from '../../audit/index.ts'
import { type ExportRow, isFetchable, linkMinutes, targetOf } from '../model.ts'
import type { ExportParts } from '../parts.ts'
import { authorizeFetch, authorizeLook, authorizeSee } from '../policy.ts'
import { insertLink, takeLink } from '../repository.links.ts'
import { lockExport, updateExport } from '../repository.ts'
import { openSecret } from '../secret.ts'

export type MadeLink = Omit<ExportLink, 'url'> & { token: string }

/**
 * Makes a link that opens the archive once, for whoever asked for it. With the first one goes the password, which is
 * forgotten here by that.
 */
export async function makeLink(ctx: Ctx, id: string, parts: ExportParts): Promise<MadeLink> {
  return ctx.transaction(async (tx) => {
    const row = await lockExport(tx, id)
    authorizeSee(tx.actor, row)
    authorizeFetch(tx.actor, row)
    const now = tx.clock.now()
    refuseUnfetchable(row, now)
    const password = row.secret === undefined ? undefined : openSecret(parts.seal, id, row.secret).password
    const token = newToken()
    const expiresAt = new Date(now.getTime() + linkMinutes * 60_000)
    await insertLink(tx, {
      tokenHash: hashToken(token),
      exportId: id,
      organisationId: row.organisationId,
      madeBy: tx.actor.id,
      expiresAt,
    })
    await updateExport(tx, id, { secret: null })
    recordAudit(tx, {
      action: 'export.link_created',
      targets: [targetOf(row)],
      metadata: { password_shown: password !== undefined },
    })
    return {
      token,
      expiresAt: expiresAt.toISOString(),
      ...(password === undefined ? {} : { password }),
    }
  })
}

function refuseUnfetchable(row: ExportRow, now: Date): void {
  if (isFetchable(row, now)) return
  const wasEnough = row.state === 'fetched' && row.fetches >= row.controls.maxFetches
  throw new AppError(wasEnough ? 'export.fetched_enough' : 'export.not_ready')
}

/** After the last time it may be fetched, it stays for as long as that may take. */
const lastFetchMs = 3_600_000

export type OpenedArchive = { row: ExportRow; body: Readable }

/** Opens the archive by a link, which is used up by it. */
export async function fetchArchive(ctx: Ctx, token: string, parts: ExportParts): Promise<OpenedArchive> {
  const row = await ctx.transaction(async (tx) => {
    const { actor } = tx
    authorizeLook(actor)
    const exportId = await takeLink(tx, { tokenHash: hashToken(token), madeBy: actor.id })
    const found = exportId === undefined ? undefined : await lockExport(tx, exportId)
    if (!found) throw new AppError('export.link_not_found')
    authorizeFetch(actor, found)
    const now = tx.clock.now()
    refuseUnfetchable(found, now)
    const fetches = found.fetches + 1
    const isLast = fetches >= found.controls.maxFetches
    const soon = new Date(now.getTime() + lastFetchMs)
    await updateExport(tx, found.id, {
      state: 'fetched',
      fetches,
      fetched_at: now,
      ...(isLast && found.expiresAt && found.expiresAt > soon ? { expires_at: soon } : {}),
    })
    recordAudit(tx, {
      action: 'export.downloaded',
      targets: [targetOf(found)],
      metadata: { fetches, of: found.controls.maxFetches, bytes: found.sizeBytes },
    })
    return found
  })
  if (row.storageKey === undefined) throw new Error('a ready export has an archive')
  return { row, body: await parts.storage.get(row.storageKey) }
}
