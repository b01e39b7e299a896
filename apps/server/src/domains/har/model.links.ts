import type { AgentId, CaptureId, CaptureLinkId, ContactId, FileId } from '@clew/contract/primitives'

/** What a link leads to: a capture, or a plain file. */
export type LinkTarget = { captureId: CaptureId } | { fileId: FileId }

export type CaptureLinkRow = {
  id: CaptureLinkId
  target: LinkTarget
  contactId: ContactId
  tokenHash: Buffer
  passwordHash: string | undefined
  mayDownload: boolean
  /** Undefined for the one that was made by itself. */
  createdBy: { id: AgentId; name: string } | undefined
  createdAt: Date
  expiresAt: Date
  revokedAt: Date | undefined
}

export type LinkUse = {
  linkId: CaptureLinkId
  kind: 'viewed' | 'downloaded' | 'wrong_password'
  agentName: string | undefined
  addressHash: string
  at: Date
}

export const isTarget = (a: LinkTarget, b: LinkTarget): boolean =>
  'captureId' in a ? 'captureId' in b && a.captureId === b.captureId : 'fileId' in b && a.fileId === b.fileId

const dayMs = 86_400_000
export const expiryIn = (days: number, now: Date): Date => new Date(now.getTime() + days * dayMs)

/** As long as a link that an agent makes without saying for how long. */
export const automaticDays = 7

export const isOpen = ({ expiresAt, revokedAt }: CaptureLinkRow, now: Date): boolean =>
  revokedAt === undefined && expiresAt > now

const windowMs = 15 * 60_000
const freeOfOne = 5
const freeOfAll = 25

/**
 * How long one must wait after wrong passwords: five from one address, or twenty-five from everywhere, within a quarter
 * of an hour. The other addresses are not kept waiting by one of them.
 */
export function restSeconds(wrong: readonly LinkUse[], addressHash: string, now: Date): number {
  const recent = wrong.filter(({ at }) => now.getTime() - at.getTime() < windowMs)
  const own = recent.filter((each) => each.addressHash === addressHash)
  const counted = own.length >= freeOfOne ? own : recent.length >= freeOfAll ? recent : []
  const oldest = Math.min(...counted.map(({ at }) => at.getTime()))
  return counted.length === 0 ? 0 : Math.max(1, Math.ceil((oldest + windowMs - now.getTime()) / 1000))
}
