import type { ConsoleMember, ConsoleMemberList, ListMembers, MemberFigures } from '@clew/contract/members'
import type { MemberId, OrganisationId } from '@clew/contract/primitives'
import { z } from 'zod'
import type { MemberActor } from '../../../platform/actor.ts'
import { AppError } from '../../../platform/app-error.ts'
import type { Ctx } from '../../../platform/ctx.ts'
import { type KnowledgeParts, type Known, lookUpMembers } from '../knowledge.ts'
import { totalSeats } from '../model.seats.ts'
import { authorizeReadConsole } from '../policy.members.ts'
import { listGroupsOf } from '../repository.groups.ts'
import { countOpenInvitations } from '../repository.invitations.ts'
import {
  countMembers,
  listMembers,
  type MemberPlace,
  type MemberSearch,
  placeOfMember,
  readFigures,
} from '../repository.members.ts'
import { listSeatUse } from '../repository.seats.ts'
import { consoleMember } from '../views.members.ts'

/** The people of the organisation, those who were here last first. */
export async function readMembers(ctx: Ctx, input: ListMembers, parts: KnowledgeParts): Promise<ConsoleMemberList> {
  const { actor } = ctx
  authorizeReadConsole(actor)
  const { organisationId, isSupport } = actor
  return pageOfMembers(ctx, { organisationId, isSupport, actor, input }, parts)
}

type Page = {
  organisationId: OrganisationId
  isSupport: boolean
  /** Who may change some of them; nobody where they are only looked at. */
  actor: MemberActor | undefined
  input: Omit<ListMembers, 'group'> & Partial<Pick<ListMembers, 'group'>>
}

/** Whoever calls has made sure that the people may be seen. */
export async function pageOfMembers(
  ctx: Ctx,
  { organisationId, isSupport, actor, input }: Page,
  parts: KnowledgeParts,
): Promise<ConsoleMemberList> {
  const everyone = isAboutSignIn(input.show) ? await lookUpMembers(ctx, { organisationId }, parts) : undefined
  const search: MemberSearch = {
    organisationId,
    isSupport,
    q: input.q,
    group: input.group,
    withSeat: input.show === 'seat',
    among: everyone && idsOf(input.show, everyone),
  }
  const after = input.cursor === undefined ? undefined : placeFrom(input.cursor)
  const { rows, total, groups } = await ctx.transaction(async (tx) => {
    const rows = await listMembers(tx, search, { after, limit: input.limit + 1 })
    return {
      rows,
      total: await countMembers(tx, search),
      groups: await listGroupsOf(
        tx,
        rows.map(({ id }) => id),
      ),
    }
  })
  const page = rows.slice(0, input.limit)
  const known = everyone ?? (await lookUpMembers(ctx, { organisationId, memberIds: page.map(({ id }) => id) }, parts))
  const last = rows.length > input.limit ? page.at(-1) : undefined
  return {
    members: page.map((row) => consoleMember(row, { actor, known, groups })),
    next: last ? cursorOf(placeOfMember(last)) : null,
    total,
  }
}

/** One member, as the list shows them. */
export async function readOneMember(ctx: Ctx, id: MemberId, parts: KnowledgeParts): Promise<ConsoleMember> {
  const { actor } = ctx
  authorizeReadConsole(actor)
  const { organisationId, isSupport } = actor
  const [row, groups] = await ctx.transaction(async (tx) => {
    const [found] = await listMembers(tx, { organisationId, isSupport, among: [id] }, { limit: 1 })
    return [found, await listGroupsOf(tx, [id])] as const
  })
  if (!row) throw new AppError('member.not_found')
  const known = await lookUpMembers(ctx, { organisationId, memberIds: [id] }, parts)
  return consoleMember(row, { actor, known, groups })
}

const isAboutSignIn = (show: ListMembers['show']): boolean => show === 'without_sso' || show === 'cannot_sign_in'

const idsOf = (show: ListMembers['show'], { waysIn }: Known): MemberId[] =>
  [...waysIn]
    .filter(([, way]) => (show === 'cannot_sign_in' ? way === 'cannot' : way !== 'sso' && way !== 'unknown'))
    .map(([id]) => id)

const Place = z.tuple([z.boolean(), z.number(), z.uuid()])

const cursorOf = ({ stopped, seenMs, id }: MemberPlace): string =>
  Buffer.from(JSON.stringify([stopped, seenMs, id])).toString('base64url')

function placeFrom(cursor: string): MemberPlace {
  const read = Place.safeParse(jsonFrom(Buffer.from(cursor, 'base64url').toString('utf8')))
  if (!read.success) throw new AppError('input.invalid', { field: 'cursor' })
  const [stopped, seenMs, id] = read.data
  return { stopped, seenMs, id }
}

function jsonFrom(text: string): unknown {
  try {
    return JSON.parse(text) as unknown
  } catch {
    return undefined
  }
}

/** The figures of the first sentence. */
export async function readMemberFigures(ctx: Ctx, parts: KnowledgeParts): Promise<MemberFigures> {
  const { actor } = ctx
  authorizeReadConsole(actor)
  return figuresOf(ctx, actor.organisationId, parts)
}

/** Whoever calls has made sure that they may be seen. */
export async function figuresOf(
  ctx: Ctx,
  organisationId: OrganisationId,
  parts: KnowledgeParts,
): Promise<MemberFigures> {
  const { figures, seats, invitations } = await ctx.transaction(async (tx) => ({
    figures: await readFigures(tx, organisationId),
    seats: await listSeatUse(tx, organisationId),
    invitations: await countOpenInvitations(tx, organisationId),
  }))
  const known = await lookUpMembers(ctx, { organisationId }, parts)
  return {
    ...figures,
    seats: totalSeats(seats),
    invitations,
    withoutSso: idsOf('without_sso', known).length,
    cannotSignIn: idsOf('cannot_sign_in', known).length,
    provisioned: figures.provisioned.map(({ connectionId, members }) => ({
      id: connectionId,
      name: known.connections.get(connectionId) ?? '',
      members,
    })),
  }
}
