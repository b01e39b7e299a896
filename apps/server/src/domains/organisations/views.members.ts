import type {
  ConsoleMember,
  CustomRoleId,
  GroupId,
  GroupView,
  InvitationId,
  JoinRequest,
  JoinRequestId,
  OpenInvitation,
  SeatType,
  SeatTypeId,
} from '@clew/contract/members'
import type { MemberId } from '@clew/contract/primitives'
import type { MemberActor } from '../../platform/actor.ts'
import type { Known } from './knowledge.ts'
import { whyNotChange } from './model.giving.ts'
import type { SeatUse } from './model.seats.ts'
import type { GroupRow } from './repository.groups.ts'
import type { OpenInvitationRow } from './repository.invitations.ts'
import type { JoinRequestRow } from './repository.joining.ts'
import type { ListedMember } from './repository.members.ts'

const instant = (date: Date | null | undefined): string | null => date?.toISOString() ?? null

type About = {
  actor: MemberActor | undefined
  known: Known
  groups: ReadonlyMap<MemberId, { id: string; name: string }[]>
}

export const consoleMember = (row: ListedMember, { actor, known, groups }: About): ConsoleMember => ({
  id: row.id,
  name: row.name,
  email: row.email,
  title: row.title,
  role: row.role,
  customRoleId: row.customRoleId as CustomRoleId | null,
  roleName: row.roleName,
  seat: row.seat,
  groups: groups.get(row.id) ?? [],
  source: row.source,
  connection: connectionView(row.connectionId, known),
  wayIn: known.waysIn.get(row.id) ?? 'unknown',
  seenAt: instant(row.seenAt),
  joinedAt: row.joinedAt.toISOString(),
  expiresAt: instant(row.expiresAt),
  deactivated:
    row.deactivatedAt === null || !row.deactivatedVia
      ? null
      : { at: row.deactivatedAt.toISOString(), via: row.deactivatedVia },
  mayChange: actor?.permissions.has('members.manage') === true && whyNotChange(actor, row) === undefined,
})

/** A connection whose room does not say what it is called still is one. */
export const connectionView = (id: string | null | undefined, { connections }: Pick<Known, 'connections'>) =>
  id ? { id, name: connections.get(id) ?? '' } : null

export const invitationView = (
  row: OpenInvitationRow,
  names: { now: Date; groups: ReadonlyMap<string, string>; seats: readonly SeatUse[] },
): OpenInvitation => ({
  id: row.id as InvitationId,
  email: row.email,
  name: row.name ?? null,
  role: row.role,
  customRoleId: (row.customRoleId ?? null) as CustomRoleId | null,
  roleName: row.roleName ?? null,
  groups: row.groupIds.flatMap((id) => names.groups.get(id) ?? []),
  seat: names.seats.find(({ id }) => id === row.seatTypeId)?.name ?? null,
  invitedBy: row.invitedByName ?? null,
  sentAt: instant(row.lastSentAt),
  sentCount: row.sentCount,
  expiresAt: row.expiresAt.toISOString(),
  state: row.waitsFor ? `waits_for_${row.waitsFor}` : row.expiresAt > names.now ? 'sent' : 'expired',
})

export const seatTypeView = ({ id, name, limit, isDefault, used, invited, waiting }: SeatUse): SeatType => ({
  id: id as SeatTypeId,
  name,
  limit: limit ?? null,
  isDefault,
  used,
  invited,
  waiting,
})

export const groupView = (row: GroupRow, known: Pick<Known, 'connections'>): GroupView => ({
  id: row.id as GroupId,
  name: row.name,
  members: row.members,
  connection: connectionView(row.connectionId, known),
})

export const joinRequestView = (row: JoinRequestRow): JoinRequest => ({
  id: row.id as JoinRequestId,
  email: row.email,
  name: row.name,
  message: row.message,
  state: row.state === 'waitlisted' ? 'waitlisted' : 'waiting',
  at: row.createdAt.toISOString(),
})
