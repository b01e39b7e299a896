import type { ConversationId, IncidentId, Locale } from '@clew/contract/primitives'
import type { IncidentStatus } from '@clew/contract/status'

/** Who is told of an incident's end, or of every update. */
export type FollowerRow = {
  id: string
  incidentId: IncidentId
  via: { conversationId: ConversationId } | { email: string; locale: Locale }
  everyUpdate: boolean
  tokenExpiresAt: Date | undefined
  confirmedAt: Date | undefined
  endedAt: Date | undefined
}

const hourMs = 3_600_000

/** How long the mail that asks for the confirmation is good for. */
export const confirmMs = 48 * hourMs

/** So often a day somebody may have a mail sent to one address. */
export const mostRequests = 5
export const requestWindowMs = 24 * hourMs

/** Followers of what is over are forgotten after this time. */
export const rememberedMs = 30 * 24 * hourMs

export const isFollowing = ({ confirmedAt, endedAt }: Pick<FollowerRow, 'confirmedAt' | 'endedAt'>): boolean =>
  confirmedAt !== undefined && endedAt === undefined

/** One address, however it was typed. */
export const sameAddress = (email: string): string => email.trim().normalize('NFC').toLowerCase()

/** Whether an update is worth telling to someone who asked for the end alone. */
export const isTold = (status: IncidentStatus, everyUpdate: boolean): boolean => everyUpdate || status === 'resolved'
