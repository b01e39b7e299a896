import type { CaptureLink } from '@clew/contract/captures'
import type { CaptureLinkRow, LinkUse } from './model.links.ts'

export const linkView = (
  link: CaptureLinkRow,
  { views, uses }: { views: number; uses: readonly LinkUse[] },
): CaptureLink => ({
  id: link.id,
  ...link.target,
  hasPassword: link.passwordHash !== undefined,
  mayDownload: link.mayDownload,
  ...(link.createdBy === undefined ? {} : { createdBy: link.createdBy.name }),
  createdAt: link.createdAt.toISOString(),
  expiresAt: link.expiresAt.toISOString(),
  ...(link.revokedAt === undefined ? {} : { revokedAt: link.revokedAt.toISOString() }),
  views,
  uses: uses.map(({ kind, at, agentName, addressHash }) => ({
    kind,
    at: at.toISOString(),
    ...(agentName === undefined ? {} : { agentName }),
    addressHash,
  })),
})
