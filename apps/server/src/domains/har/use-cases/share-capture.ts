import type { CaptureLink, CreateCaptureLink, CreatedCaptureLink } from '@clew/contract/captures'
import type { CaptureLinkId, ContactId } from '@clew/contract/primitives'
import type { z } from 'zod'
import { AppError } from '../../../platform/app-error.ts'
import type { Ctx, TxCtx } from '../../../platform/ctx.ts'
import { hashToken, newLinkToken } from '../../../platform/ids.ts'
import { type AuditTarget, recordAudit } from '../../audit/index.ts'
import { findFile } from '../../files/index.ts'
import { automaticToken } from '../automatic-token.ts'
import { hashLinkPassword } from '../link-passwords.ts'
import { refuseLink } from '../link-rule.ts'
import { type CaptureLinkRow, expiryIn, isOpen, isTarget, type LinkTarget } from '../model.links.ts'
import { authorizeShare } from '../policy.ts'
import { countViews, insertLink, listLinks, listUses, lockLink, revokeLinkRow } from '../repository.links.ts'
import { findCapture } from '../repository.ts'
import { linkView } from '../views.links.ts'

const shownUses = 100

export type LinkParts = {
  baseUrl: () => string
  /** Of the tokens that can be worked out again. */
  linkSecret: () => string
}

const addressOf = ({ baseUrl }: LinkParts, token: string): string => `${baseUrl()}/share#token=${token}`

/** Makes a view-only link to a capture that was cleaned, or to a plain file. The address is told once and stored nowhere. */
export async function shareCapture(
  ctx: Ctx,
  { target, ...input }: z.output<typeof CreateCaptureLink> & { target: LinkTarget },
  parts: LinkParts,
): Promise<CreatedCaptureLink> {
  const agent = authorizeShare(ctx.actor)
  const passwordHash = input.password === undefined ? undefined : await hashLinkPassword(input.password)
  const token = newLinkToken()
  return ctx.transaction(async (tx) => {
    const now = tx.clock.now()
    const contactId = await ownerOf(tx, target, { mustBeReady: true })
    await refuseLink(tx, { contactId, by: agent.organisationId }, input)
    const link: CaptureLinkRow = {
      id: tx.ids.next() as CaptureLinkId,
      target,
      contactId,
      tokenHash: hashToken(token),
      passwordHash,
      mayDownload: input.mayDownload,
      createdBy: { id: agent.id, name: agent.name },
      createdAt: now,
      expiresAt: expiryIn(input.expiresInDays, now),
      revokedAt: undefined,
    }
    await insertLink(tx, link)
    recordAudit(tx, {
      action: 'link.created',
      targets: [{ type: 'link', id: link.id }, targetOf(target)],
      metadata: { mayDownload: link.mayDownload, hasPassword: passwordHash !== undefined, days: input.expiresInDays },
    })
    return { link: linkView(link, { views: 0, uses: [] }), url: addressOf(parts, token) }
  })
}

/** Every link to a capture or a file, with who used it and when. */
export async function listCaptureLinks(ctx: Ctx, target: LinkTarget, parts: LinkParts): Promise<CaptureLink[]> {
  return ctx.transaction(async (tx) => {
    authorizeShare(tx.actor)
    await ownerOf(tx, target, { mustBeReady: false })
    const links: CaptureLink[] = []
    for (const link of await listLinks(tx, target)) links.push(await withUses(tx, link, parts))
    return links
  })
}

/** From this moment the link leads nowhere. Revoking it again changes nothing. */
export async function revokeCaptureLink(
  ctx: Ctx,
  { target, linkId }: { target: LinkTarget; linkId: CaptureLinkId },
): Promise<void> {
  await ctx.transaction(async (tx) => {
    authorizeShare(tx.actor)
    const link = await lockLink(tx, linkId)
    if (!link || !isTarget(link.target, target)) throw new AppError('link.not_found')
    if (link.revokedAt !== undefined) return
    await revokeLinkRow(tx, linkId)
    recordAudit(tx, { action: 'link.revoked', targets: [{ type: 'link', id: linkId }, targetOf(target)] })
  })
}

const targetOf = (target: LinkTarget): AuditTarget =>
  'captureId' in target ? { type: 'capture', id: target.captureId } : { type: 'file', id: target.fileId }

/** Whose it is. Only what a contact sent can be shared. */
async function ownerOf(tx: TxCtx, target: LinkTarget, { mustBeReady }: { mustBeReady: boolean }): Promise<ContactId> {
  if ('captureId' in target) {
    const capture = await findCapture(tx, target.captureId)
    if (!capture) throw new AppError('capture.not_found')
    if (mustBeReady && capture.state !== 'analysed') throw new AppError('capture.pending')
    return capture.contactId
  }
  const file = await findFile(tx, target.fileId)
  if (!file?.contactId) throw new AppError('file.not_found')
  if (mustBeReady && file.state !== 'stored') throw new AppError('file.not_ready')
  return file.contactId
}

async function withUses(tx: TxCtx, link: CaptureLinkRow, parts: LinkParts): Promise<CaptureLink> {
  const uses = await listUses(tx, link.id, { limit: shownUses })
  const url = againOf(link, parts, tx.clock.now())
  return { ...linkView(link, { views: await countViews(tx, link.id), uses }), ...(url === undefined ? {} : { url }) }
}

/** The address of one that was made by itself, unless the secret is another one by now. */
function againOf(link: CaptureLinkRow, parts: LinkParts, now: Date): string | undefined {
  if (link.createdBy !== undefined || !isOpen(link, now)) return undefined
  const token = automaticToken(parts.linkSecret(), link.id)
  return hashToken(token).equals(link.tokenHash) ? addressOf(parts, token) : undefined
}
