import type { CaptureId, CaptureLinkId, ContactId, FileId } from '@clew/contract/primitives'
import type { TxCtx } from '../../../platform/ctx.ts'
import { hashToken } from '../../../platform/ids.ts'
import { findFile, isShownInline } from '../../files/index.ts'
import { automaticToken } from '../automatic-token.ts'
import { linkRuleOf } from '../link-rule.ts'
import { automaticDays, expiryIn, type LinkTarget } from '../model.links.ts'
import { isLarge } from '../model.ts'
import { authorizeAnalyse } from '../policy.ts'
import { insertLink } from '../repository.links.ts'
import { findCapture } from '../repository.ts'

/** A capture over the limit of an attachment has a view-only link from the moment that it is on the case. */
export async function linkLargeCapture(tx: TxCtx, captureId: CaptureId, linkSecret: string): Promise<void> {
  authorizeAnalyse(tx.actor)
  const capture = await findCapture(tx, captureId)
  if (capture && isLarge(capture.sizeBytes)) await link(tx, { captureId }, { ...capture, linkSecret })
}

/** So has a plain file of that size, where there is something to look at: others only an agent can share. */
export async function linkLargeFile(tx: TxCtx, fileId: FileId, linkSecret: string): Promise<void> {
  authorizeAnalyse(tx.actor)
  const file = await findFile(tx, fileId)
  if (!file?.contactId || !isLarge(file.sizeBytes) || !isShownInline(file.mediaType)) return
  await link(tx, { fileId }, { contactId: file.contactId, linkSecret })
}

async function link(
  tx: TxCtx,
  target: LinkTarget,
  { contactId, linkSecret }: { contactId: ContactId; linkSecret: string },
): Promise<void> {
  const { allowed, passwordRequired, maxDays } = await linkRuleOf(tx, contactId)
  // Nobody could be told the password of a link that makes itself.
  if (!allowed || passwordRequired) return
  const id = tx.ids.next() as CaptureLinkId
  const now = tx.clock.now()
  await insertLink(tx, {
    id,
    target,
    contactId,
    tokenHash: hashToken(automaticToken(linkSecret, id)),
    passwordHash: undefined,
    mayDownload: false,
    createdBy: undefined,
    createdAt: now,
    expiresAt: expiryIn(Math.min(automaticDays, maxDays), now),
    revokedAt: undefined,
  })
}
