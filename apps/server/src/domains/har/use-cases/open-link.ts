import type { CaptureEntry } from '@clew/contract/captures'
import { AppError } from '../../../platform/app-error.ts'
import type { Ctx, TxCtx } from '../../../platform/ctx.ts'
import { hashToken } from '../../../platform/ids.ts'
import type { Storage } from '../../../platform/storage.ts'
import { type FileRow, findFile, isShownInline, lyingOf, type OpenedFile, openFile } from '../../files/index.ts'
import { isLinkPassword, isProof, proofOf } from '../link-passwords.ts'
import { isLinkAllowed } from '../link-rule.ts'
import { type CaptureLinkRow, isOpen, restSeconds } from '../model.links.ts'
import type { CaptureRow } from '../model.ts'
import { authorizeAnalyse } from '../policy.ts'
import { deleteUse, insertUse, listUses, lockLinkByToken } from '../repository.links.ts'
import { findCapture, findEntries } from '../repository.ts'

/** Who holds a link up, as far as it can be told. The context is the system's: the link is the permission. */
export type Holder = {
  token: string
  /** What this browser got for the password. */
  proof: string | undefined
  agentName: string | undefined
  addressHash: string
}

/** What a link leads to, as far as it is there. */
export type Shared = { link: CaptureLinkRow } & (
  | { kind: 'capture'; capture: CaptureRow; entries: CaptureEntry[] }
  /** It is still on its way, or being cleaned. */
  | { kind: 'pending'; name: string }
  | { kind: 'file'; file: FileRow }
)

/** As many rows as its page shows; the file has all of them. */
const shownEntries = 500

/** Shows what the link leads to and logs the view; or says that the password is still to be given. */
export async function viewLink(ctx: Ctx, holder: Holder): Promise<Shared | 'password_needed'> {
  return ctx.transaction(async (tx) => {
    const link = await openLink(tx, holder.token)
    if (!mayEnter(link, holder, tx)) return 'password_needed'
    const shared = await targetOf(tx, link)
    await log(tx, link, { ...holder, kind: 'viewed' })
    return shared
  })
}

async function targetOf(tx: TxCtx, link: CaptureLinkRow): Promise<Shared> {
  if ('fileId' in link.target) {
    const file = await findFile(tx, link.target.fileId)
    if (!file || file.state === 'gone') throw new AppError('link.not_found')
    if (file.state === 'refused') throw new AppError('file.scan_refused')
    if (file.state === 'checking') return { kind: 'pending', name: file.name, link }
    return { kind: 'file', file, link }
  }
  const capture = await findCapture(tx, link.target.captureId)
  if (!capture || capture.state === 'refused') throw new AppError('link.not_found')
  if (capture.state !== 'analysed') return { kind: 'pending', name: capture.name, link }
  return { kind: 'capture', capture, entries: await findEntries(tx, capture.id, shownEntries), link }
}

/**
 * The bytes: to keep, where the link permits a download, which is logged; or to look at on its page, for what a browser
 * shows without running anything.
 */
export async function openByLink(
  ctx: Ctx,
  storage: Storage,
  { holder, use, range }: { holder: Holder; use: 'download' | 'look'; range: string | undefined },
): Promise<OpenedFile> {
  const lying = await ctx.transaction(async (tx) => {
    const link = await openLink(tx, holder.token)
    if (!mayEnter(link, holder, tx)) throw new AppError('link.not_found')
    const { target } = link
    const fileId = 'fileId' in target ? target.fileId : (await findCapture(tx, target.captureId))?.fileId
    const found = fileId && (await findFile(tx, fileId))
    if (!found || ['uploading', 'held', 'gone'].includes(found.state)) throw new AppError('capture.expired')
    if (use === 'download' ? !link.mayDownload : !isShownInline(found.mediaType)) throw new AppError('link.not_found')
    if (use === 'download') await log(tx, link, { ...holder, kind: 'downloaded' })
    return lyingOf(tx, found)
  })
  return openFile(storage, range, lying)
}

/** Takes the password of a link. A try counts before it is known to be wrong, so that many at once gain nothing. */
export async function enterLink(
  ctx: Ctx,
  holder: Omit<Holder, 'proof'>,
  password: string,
): Promise<{ proof: string; expiresAt: Date } | 'wrong_password'> {
  const { link, tryId } = await ctx.transaction(async (tx) => {
    const found = await openLink(tx, holder.token)
    const wrong = await listUses(tx, found.id, { kind: 'wrong_password', limit: 100 })
    const rest = restSeconds(wrong, holder.addressHash, tx.clock.now())
    if (rest > 0) throw new AppError('link.too_many_attempts', { retryAfterSeconds: rest })
    return { link: found, tryId: await log(tx, found, { ...holder, kind: 'wrong_password' }) }
  })
  // Outside the transaction: it takes long on purpose.
  const isRight = link.passwordHash === undefined || (await isLinkPassword(link.passwordHash, password))
  if (!isRight) return 'wrong_password'
  await ctx.transaction((tx) => deleteUse(tx, tryId))
  return { proof: proofOf(link, ctx.clock.now()), expiresAt: link.expiresAt }
}

async function openLink(tx: TxCtx, token: string): Promise<CaptureLinkRow> {
  authorizeAnalyse(tx.actor)
  const link = /^[\w-]{22}$/.test(token) ? await lockLinkByToken(tx, hashToken(token)) : undefined
  if (!link || !isOpen(link, tx.clock.now()) || !(await isLinkAllowed(tx, link))) throw new AppError('link.not_found')
  return link
}

const mayEnter = (link: CaptureLinkRow, { proof }: Holder, tx: TxCtx): boolean =>
  link.passwordHash === undefined || isProof(link, proof, tx.clock.now())

type Used = Omit<Holder, 'proof'> & { kind: 'viewed' | 'downloaded' | 'wrong_password' }

const log = (tx: TxCtx, { id: linkId }: CaptureLinkRow, { kind, agentName, addressHash }: Used): Promise<string> =>
  insertUse(tx, { linkId, kind, agentName, addressHash })
