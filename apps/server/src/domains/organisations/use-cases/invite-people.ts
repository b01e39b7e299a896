import type { InvitePeople, InvitePreview, InviteRow } from '@clew/contract/members'
import type { MemberActor } from '../../../platform/actor.ts'
import { AppError } from '../../../platform/app-error.ts'
import type { Ctx, TxCtx } from '../../../platform/ctx.ts'
import { type InviteSettings, issueInvitations, lettersGo, type NewInvitation } from '../invitation-letters.ts'
import { readPaste, readTable } from '../invite-list.ts'
import {
  type AskedPerson,
  goesOut,
  type InviteSetting,
  type PlannedInvitation,
  planInvitations,
  waits,
} from '../model.invite-plan.ts'
import { chosenSeat } from '../model.seats.ts'
import { normalEmail } from '../model.ts'
import { authorizeGive, authorizeInvitePeople } from '../policy.members.ts'
import { listRoles, readRole } from '../read-roles.ts'
import { listDomains } from '../repository.domains.ts'
import { listGroups } from '../repository.groups.ts'
import { readAddresses } from '../repository.invitations.ts'
import { lockMembership } from '../repository.membership.ts'
import { findOrganisation } from '../repository.organisations.ts'
import { listSeatUse } from '../repository.seats.ts'
import { securityPolicy } from './policies/security-policy.ts'

/** Says row by row what will happen. Writes nothing. */
export async function previewInvitations(
  ctx: Ctx,
  input: InvitePeople,
  settings: InviteSettings,
): Promise<InvitePreview> {
  const people = readPeople(input)
  return ctx.transaction(async (tx) => {
    const { actor } = tx
    authorizeInvitePeople(actor)
    const plan = planInvitations(people, await readSetting(tx, actor, { input, people }))
    return previewOf(plan, settings, new Map())
  })
}

/** Invites everyone who can be; the others are told of, and harm nobody. The answer is the same as the preview's. */
export async function invitePeople(ctx: Ctx, input: InvitePeople, settings: InviteSettings): Promise<InvitePreview> {
  const people = readPeople(input)
  return ctx.transaction(async (tx) => {
    const { actor } = tx
    authorizeInvitePeople(actor)
    // Held, so that the seats that were counted are still free when they are kept.
    await lockMembership(tx, actor.organisationId)
    const plan = planInvitations(people, await readSetting(tx, actor, { input, people }))
    const organisation = await findOrganisation(tx, actor.organisationId)
    if (!organisation) throw new AppError('organisation.not_found')
    const invitations = plan
      .filter(({ outcome }) => goesOut(outcome) || waits(outcome))
      .map((each) => invitationOf(each, input))
    const issued = await issueInvitations(tx, { sender: { organisation, by: actor }, invitations }, settings)
    return previewOf(plan, settings, new Map(issued.map(({ email, link }) => [email, link])))
  })
}

const readPeople = ({ source, text }: InvitePeople): AskedPerson[] =>
  source === 'csv' ? readTable(text) : readPaste(text)

type Asked = { input: InvitePeople; people: readonly AskedPerson[] }

async function readSetting(tx: TxCtx, actor: MemberActor, { input, people }: Asked): Promise<InviteSetting> {
  const { organisationId, isSupport } = actor
  if (input.memberExpiresAt !== undefined && new Date(input.memberExpiresAt) <= tx.clock.now())
    throw new AppError('input.invalid', { field: 'memberExpiresAt' })
  const role = await readRole(tx, { organisationId, isSupport }, input.role)
  authorizeGive(actor, role)
  const seats = await listSeatUse(tx, organisationId)
  const { seat, isUnknown } = chosenSeat(seats, input.seat)
  if (isUnknown) throw new AppError('seat_type.not_found')
  const groups = (await listGroups(tx, organisationId)).filter(({ connectionId }) => connectionId === undefined)
  if (input.groupIds.some((id) => !groups.some((group) => group.id === id))) throw new AppError('group.not_found')
  return {
    isSupport,
    giver: actor,
    ...(await readAddresses(tx, organisationId, [...new Set(people.map(({ email }) => normalEmail(email)))])),
    roles: await listRoles(tx, actor),
    groups,
    seats,
    domains: await listDomains(tx, organisationId),
    blocksForeign: (await securityPolicy(tx, organisationId, 'joining')).foreignDomains === 'blocked',
    role,
    groupIds: input.groupIds,
    seat,
  }
}

const invitationOf = (plan: PlannedInvitation, input: InvitePeople): NewInvitation => ({
  email: plan.email,
  name: plan.name,
  role: plan.role.role,
  customRoleId: plan.role.customRoleId,
  seatTypeId: plan.seat?.id,
  groupIds: plan.groups.map(({ id }) => id),
  locale: input.locale,
  memberExpiresAt: input.memberExpiresAt === undefined ? undefined : new Date(input.memberExpiresAt),
  source: 'invited',
  waitsFor: plan.outcome === 'waits_for_seat' ? 'seat' : plan.outcome === 'waits_for_domain' ? 'domain' : undefined,
})

function previewOf(
  plan: readonly PlannedInvitation[],
  settings: InviteSettings,
  links: ReadonlyMap<string, string | undefined>,
): InvitePreview {
  const count = (of: (each: PlannedInvitation) => boolean) => plan.filter(of).length
  const sends = count(({ outcome }) => goesOut(outcome))
  const waiting = count(({ outcome }) => waits(outcome))
  return {
    rows: plan.map((each) => rowView(each, links)),
    sends,
    waits: waiting,
    refused: plan.length - sends - waiting,
    mail: lettersGo(settings),
  }
}

const rowView = (
  { line, email, name, outcome, role, groups, seat, detail }: PlannedInvitation,
  links: ReadonlyMap<string, string | undefined>,
): InviteRow => ({
  line,
  email: email.slice(0, 254),
  name: name?.slice(0, 200) ?? null,
  outcome,
  role: role.name,
  groups: groups.map((group) => group.name),
  seat: seat ? { name: seat.name, number: seat.number, limit: seat.limit ?? null } : null,
  detail: detail?.slice(0, 254) ?? null,
  // Of an address that is there twice only the first row went out.
  link: goesOut(outcome) ? (links.get(email) ?? null) : null,
})
