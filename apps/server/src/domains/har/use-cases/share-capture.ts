import type { CaptureLink, CreateCaptureLink, CreatedCaptureLink } from '@clew/contract/captures'
import type { CaptureId, CaptureLinkId } from '@clew/contract/primitives'
import type { z } from 'zod'
import { AppError } from '../../../platform/app-error.ts'
import type { Ctx, TxCtx } from '../../../platform/ctx.ts'
import { hashToken, newLinkToken } from '../../../platform/ids.ts'
import { hashLinkPassword } from '../link-passwords.ts'
import type { CaptureLinkRow } from '../model.links.ts'
import { authorizeShare } from '../policy.ts'
import { countViews, insertLink, listLinks, listUses, lockLink, revokeLinkRow } from '../repository.links.ts'
import { findCapture } from '../repository.ts'
import { linkView } from '../views.links.ts'

const dayMs = 86_400_000
const shownUses = 100

/** Makes a view-only link to a capture that was cleaned. The address is told once and stored nowhere. */
export async function shareCapture(
  ctx: Ctx,
  captureId: CaptureId,
  input: z.output<typeof CreateCaptureLink> & { baseUrl: string },
): Promise<CreatedCaptureLink> {
  const agent = authorizeShare(ctx.actor)
  const passwordHash = input.password === undefined ? undefined : await hashLinkPassword(input.password)
  const token = newLinkToken()
  return ctx.transaction(async (tx) => {
    const capture = await findCapture(tx, captureId)
    if (!capture) throw new AppError('capture.not_found')
    if (capture.state !== 'analysed') throw new AppError('capture.pending')
    const now = tx.clock.now()
    const link: CaptureLinkRow = {
      id: tx.ids.next() as CaptureLinkId,
      captureId,
      contactId: capture.contactId,
      passwordHash,
      mayDownload: input.mayDownload,
      createdBy: agent.id,
      createdByName: agent.name,
      createdAt: now,
      expiresAt: new Date(now.getTime() + input.expiresInDays * dayMs),
      revokedAt: undefined,
    }
    await insertLink(tx, link, hashToken(token))
    return { link: linkView(link, { views: 0, uses: [] }), url: `${input.baseUrl}/share/${token}` }
  })
}

/** Every link to a capture, with who used it and when. */
export async function listCaptureLinks(ctx: Ctx, captureId: CaptureId): Promise<CaptureLink[]> {
  return ctx.transaction(async (tx) => {
    authorizeShare(tx.actor)
    if (!(await findCapture(tx, captureId))) throw new AppError('capture.not_found')
    const links: CaptureLink[] = []
    for (const link of await listLinks(tx, captureId)) links.push(await withUses(tx, link))
    return links
  })
}

/** From this moment the link leads nowhere. Revoking it again changes nothing. */
export async function revokeCaptureLink(
  ctx: Ctx,
  { captureId, linkId }: { captureId: CaptureId; linkId: CaptureLinkId },
): Promise<void> {
  await ctx.transaction(async (tx) => {
    authorizeShare(tx.actor)
    const link = await lockLink(tx, linkId)
    if (link?.captureId !== captureId) throw new AppError('link.not_found')
    await revokeLinkRow(tx, linkId)
  })
}

async function withUses(tx: TxCtx, link: CaptureLinkRow): Promise<CaptureLink> {
  const uses = await listUses(tx, link.id, { limit: shownUses })
  return linkView(link, { views: await countViews(tx, link.id), uses })
}
