import type { InviteOutcome } from '@clew/contract/members'
import { type BuiltInRole, builtInRoles, permissionsOf } from '@clew/contract/permissions'
import { countsAsOwn, covers, type DomainRow, domainOfEmail } from './model.domains.ts'
import { type Giver, isOfTeamOnly, type Role, whyNotGive } from './model.giving.ts'
import { freeSeats, type SeatUse } from './model.seats.ts'
import { normalEmail } from './model.ts'

/** One person as somebody wrote them down; nothing of it is known to be right. */
export type AskedPerson = {
  line: number
  email: string
  isAddress: boolean
  name: string | undefined
  role: string | undefined
  groups: string[] | undefined
  seat: string | undefined
}

export type NamedRole = Role & { name: string }

/** Everything that decides what becomes of somebody who is invited. */
export type InviteSetting = {
  isSupport: boolean
  giver: Giver | undefined
  members: ReadonlyMap<string, { isActive: boolean }>
  /** Who is invited already, with the seat that is kept for them. */
  invited: ReadonlyMap<string, string | undefined>
  roles: readonly NamedRole[]
  groups: readonly { id: string; name: string }[]
  seats: readonly SeatUse[]
  domains: readonly Pick<DomainRow, 'name' | 'state' | 'coversSubdomains'>[]
  blocksForeign: boolean
  /** What holds where a row says nothing. */
  role: NamedRole
  groupIds: readonly string[]
  seat: SeatUse | undefined
}

export type PlannedInvitation = {
  line: number
  email: string
  name: string | undefined
  outcome: InviteOutcome
  role: NamedRole
  groups: { id: string; name: string }[]
  seat: { id: string; name: string; number: number; limit: number | undefined } | undefined
  detail: string | undefined
}

export const goesOut = (outcome: InviteOutcome): boolean => outcome === 'sends' || outcome === 'renews'
export const waits = (outcome: InviteOutcome): boolean => outcome === 'waits_for_seat' || outcome === 'waits_for_domain'

/** The roles that can be named in an organisation, the built-in ones first. */
export function rolesThere(
  isSupport: boolean,
  custom: readonly { id: string; name: string; permissions: Role['permissions'] }[],
): NamedRole[] {
  const builtIn = (builtInRoles as readonly BuiltInRole[])
    .filter((role) => isSupport || role !== 'agent')
    .map((role) => ({ role, customRoleId: undefined, name: role, permissions: permissionsOf(role, { isSupport }) }))
  return [
    ...builtIn,
    ...custom.map(({ id, name, permissions }) => ({ role: 'custom' as const, customRoleId: id, name, permissions })),
  ]
}

/** What will happen to each, in order: who comes first gets the seat that is left. */
export function planInvitations(people: readonly AskedPerson[], setting: InviteSetting): PlannedInvitation[] {
  const taken = new Map<string, number>()
  const seen = new Set<string>()
  return people.map((person) => {
    const planned = planOne(person, setting, seen)
    seen.add(planned.email)
    return planned.outcome === 'sends' || planned.outcome === 'renews' ? seated(planned, setting, taken) : planned
  })
}

function planOne(person: AskedPerson, setting: InviteSetting, seen: ReadonlySet<string>): PlannedInvitation {
  const email = normalEmail(person.email)
  const read = readColumns(person, setting)
  const plan: PlannedInvitation = {
    line: person.line,
    email,
    name: person.name,
    outcome: setting.invited.has(email) ? 'renews' : 'sends',
    role: read.role ?? setting.role,
    groups: read.groups,
    seat: read.seat && { id: read.seat.id, name: read.seat.name, number: 0, limit: read.seat.limit },
    detail: undefined,
  }
  const refused = refusalOf({ person, email, setting, seen }) ?? read.refused ?? refusedRole(plan, setting)
  if (!refused) return plan
  return { ...plan, ...refused, seat: waits(refused.outcome) ? plan.seat : undefined }
}

type Refused = { outcome: InviteOutcome; detail?: string }

function refusalOf(of: {
  person: AskedPerson
  email: string
  setting: InviteSetting
  seen: ReadonlySet<string>
}): Refused | undefined {
  const { person, email, setting, seen } = of
  if (!person.isAddress) return { outcome: 'invalid', detail: person.email.slice(0, 254) }
  if (seen.has(email)) return { outcome: 'duplicate' }
  const member = setting.members.get(email)
  if (member) return { outcome: member.isActive ? 'member_already' : 'member_deactivated' }
  if ((person.name?.length ?? 0) > 120) return { outcome: 'name_too_long' }
  return refusedDomain(email, setting)
}

/** A domain that is offered but not proved yet is waited for; any other foreign one is refused where they are. */
function refusedDomain(email: string, { blocksForeign, domains }: InviteSetting): Refused | undefined {
  if (!blocksForeign) return undefined
  const domain = domainOfEmail(email)
  const covering = domains.filter((each) => covers(each, domain))
  if (covering.some(({ state }) => countsAsOwn(state))) return undefined
  const isOffered = covering.some(({ state }) => state === 'waiting')
  return { outcome: isOffered ? 'waits_for_domain' : 'domain_blocked', detail: domain }
}

function refusedRole({ role }: PlannedInvitation, { giver, isSupport }: InviteSetting): Refused | undefined {
  if (!isSupport && isOfTeamOnly(role.role, [])) return { outcome: 'role_unknown', detail: role.name }
  return whyNotGive(giver, role) === undefined ? undefined : { outcome: 'role_not_yours', detail: role.name }
}

function readColumns(person: AskedPerson, setting: InviteSetting) {
  const role = person.role === undefined ? setting.role : named(setting.roles, person.role)
  const seat = person.seat === undefined ? setting.seat : seatNamed(person.seat, setting)
  const asked = person.groups?.map((name) => ({ name, group: named(setting.groups, name) }))
  const groups = asked
    ? asked.flatMap(({ group }) => group ?? [])
    : setting.groups.filter(({ id }) => setting.groupIds.includes(id))
  const lost = asked?.find(({ group }) => group === undefined)
  const refused: Refused | undefined =
    role === undefined
      ? { outcome: 'role_unknown', detail: person.role ?? '' }
      : lost
        ? { outcome: 'group_unknown', detail: lost.name }
        : seat === 'unknown'
          ? { outcome: 'seat_unknown', detail: person.seat ?? '' }
          : undefined
  return { role, groups, seat: seat === 'unknown' ? undefined : seat, refused }
}

const named = <T extends { name: string }>(all: readonly T[], name: string): T | undefined =>
  all.find((each) => each.name.toLowerCase() === name.trim().toLowerCase())

/** `none` and a dash mean no seat; `default` and `yes` the default one. */
function seatNamed(text: string, setting: InviteSetting): SeatUse | undefined | 'unknown' {
  const asked = text.toLowerCase()
  if (['none', 'no', '-'].includes(asked)) return undefined
  if (['default', 'yes'].includes(asked)) return setting.seats.find(({ isDefault }) => isDefault)
  return named(setting.seats, text) ?? 'unknown'
}

function seated(
  plan: PlannedInvitation,
  { seats, invited }: InviteSetting,
  taken: Map<string, number>,
): PlannedInvitation {
  const seat = seats.find(({ id }) => id === plan.seat?.id)
  if (!seat || !plan.seat) return plan
  const before = taken.get(seat.id) ?? 0
  // A renewed invitation keeps a seat already, which the new one takes over.
  const own = invited.get(plan.email) === seat.id ? 1 : 0
  if (freeSeats(seat) + own - before <= 0) return { ...plan, outcome: 'waits_for_seat' }
  if (own === 0) taken.set(seat.id, before + 1)
  return { ...plan, seat: { ...plan.seat, number: seat.used + seat.invited + before + 1 - own } }
}
