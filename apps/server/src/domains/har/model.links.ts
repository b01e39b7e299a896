import type { AgentId, CaptureId, CaptureLinkId, ContactId } from '@clew/contract/primitives'

export type CaptureLinkRow = {
  id: CaptureLinkId
  captureId: CaptureId
  contactId: ContactId
  passwordHash: string | undefined
  mayDownload: boolean
  createdBy: AgentId
  createdByName: string
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
