import type { MemberId, OrganisationId } from '@clew/contract/primitives'
import { type Hold, type HoldList, PlaceHold, type ReleaseHold } from '@clew/contract/retention'
import type { MemberActor } from '../../../platform/actor.ts'
import { AppError } from '../../../platform/app-error.ts'
import { actingAs, type Ctx, type TxCtx } from '../../../platform/ctx.ts'
import { recordAudit } from '../../audit/index.ts'
import { listNumbered } from '../../conversations/index.ts'
import {
  listAddressesOf,
  listEverMembers,
  listGroupMembers,
  listGroups,
  listMemberNames,
  listMembersAt,
} from '../../organisations/index.ts'
import { ownerOf, termOf } from '../hold-terms.ts'
import type { RetentionParts } from '../parts.ts'
import { authorizeHolds, authorizeReadRetention } from '../policy.ts'
import {
  type HoldRow,
  insertHold,
  listHolds,
  lockHold,
  lockHolds,
  setAgreed,
  setReleased,
} from '../repository.holds.ts'

/** Every hold there ever was, with what the active ones keep. */
export async function readHolds(ctx: Ctx, parts: RetentionParts): Promise<HoldList> {
  const { actor } = ctx
  authorizeReadRetention(actor)
  return parts.asSystem(ctx, 'retention.read_holds').transaction(async (tx) => {
    const holds = await listHolds(tx, [actor.organisationId])
    const people = holds.flatMap((each) => [...each.memberIds, each.placedBy, each.agreedBy, each.releasedBy])
    const names = await listMemberNames(tx, [...new Set(people.flatMap((id) => (id ? [id as MemberId] : [])))])
    const groups = new Map((await listGroups(tx, actor.organisationId)).map(({ id, name }) => [id as string, name]))
    const views = []
    for (const hold of holds) views.push(viewOf(hold, { actor, names, groups, holds: await countsOf(tx, hold, parts) }))
    return { holds: views }
  })
}

type Known = {
  actor: MemberActor
  names: ReadonlyMap<MemberId, string>
  groups: ReadonlyMap<string, string>
  holds: Hold['holds']
}

function viewOf(hold: HoldRow, { actor, names, groups, holds }: Known): Hold {
  const nameOf = (id: string | undefined) => (id === undefined ? undefined : names.get(id as MemberId))
  return {
    id: hold.id,
    name: hold.name,
    reason: hold.reason,
    since: hold.since?.toISOString(),
    everything: hold.everything,
    members: hold.memberIds.map((id) => ({ id, name: nameOf(id) ?? '—' })),
    groups: hold.groupIds.map((id) => ({ id, name: groups.get(id) ?? '—' })),
    addresses: hold.addresses,
    conversationNumbers: hold.conversationNumbers,
    placedAt: hold.placedAt.toISOString(),
    placedBy: nameOf(hold.placedBy),
    isOwn: hold.placedBy === actor.id,
    agreedAt: hold.agreedAt?.toISOString(),
    agreedBy: nameOf(hold.agreedBy),
    releasedAt: hold.releasedAt?.toISOString(),
    releasedBy: nameOf(hold.releasedBy),
    releaseReason: hold.releaseReason,
    holds,
  }
}

async function countsOf(tx: TxCtx, hold: HoldRow, parts: RetentionParts): Promise<Hold['holds']> {
  if (hold.releasedAt) return []
  const { team: _team, ...owner } = await ownerOf(tx, hold.organisationId)
  const holds = [await termOf(tx, hold)]
  const counts = []
  for (const keeping of parts.keeping()) {
    const { held } = await keeping.survey(tx, { owner, holds, before: undefined, bucketDays: 365 })
    if (held.count > 0) counts.push({ class: keeping.class, count: held.count })
  }
  return counts
}

/**
 * From here on nothing of these is deleted. Waits for whoever is deleting now; whoever deletes afterwards sees the hold
 * before they look for what to delete.
 */
export async function placeHold(ctx: Ctx, given: PlaceHold, parts: RetentionParts): Promise<{ id: string }> {
  const { actor } = ctx
  authorizeHolds(actor)
  const input = PlaceHold.parse(given)
  return parts.asSystem(ctx, 'retention.place_hold').transaction(async (tx) => {
    await lockHolds(tx, actor.organisationId)
    const about = await aboutOf(tx, actor.organisationId, input)
    const id = tx.ids.next()
    await insertHold(tx, {
      id,
      organisationId: actor.organisationId,
      name: input.name,
      reason: input.reason,
      since: input.since === undefined ? undefined : new Date(`${input.since}T00:00:00.000Z`),
      everything: input.everything,
      placedBy: actor.id,
      ...about,
    })
    recordAudit(actingAs(tx, actor), {
      action: 'hold.placed',
      organisationId: actor.organisationId,
      targets: [
        { type: 'hold', id, name: input.name },
        ...about.heldMembers.map((each) => ({ type: 'member', id: each })),
      ],
      metadata: {
        everything: input.everything,
        since: input.since ?? null,
        members: about.memberIds.length,
        groups: about.groupIds.length,
        contacts: about.addresses.length,
        conversations: about.conversationIds.length,
      },
    })
    return { id }
  })
}

type About = Pick<
  HoldRow,
  'memberIds' | 'groupIds' | 'heldMembers' | 'addresses' | 'heldAddresses' | 'conversationIds' | 'conversationNumbers'
>

/** Who and what is meant. Something that is not of the organisation does not exist. */
async function aboutOf(
  tx: TxCtx,
  organisationId: OrganisationId,
  input: ReturnType<typeof PlaceHold.parse>,
): Promise<About> {
  const memberIds = await listEverMembers(tx, organisationId, input.memberIds)
  if (memberIds.length !== new Set(input.memberIds).size) throw new AppError('member.not_found')
  const groups = new Set((await listGroups(tx, organisationId)).map(({ id }) => id as string))
  if (input.groupIds.some((id) => !groups.has(id))) throw new AppError('group.not_found')
  const { team: _team, ...owner } = await ownerOf(tx, organisationId)
  const conversations = await listNumbered(tx, { owner }, input.conversationNumbers)
  const missing = input.conversationNumbers.find((each) => !conversations.some(({ number }) => number === each))
  if (missing !== undefined) throw new AppError('hold.conversation_not_found', { number: missing })
  const held = new Set(memberIds)
  for (const address of input.addresses)
    for (const { id } of await listMembersAt(tx, organisationId, address)) held.add(id)
  for (const id of input.groupIds) for (const each of await listGroupMembers(tx, organisationId, id)) held.add(each)
  const isEmpty =
    !input.everything && held.size + input.groupIds.length + input.addresses.length + conversations.length === 0
  if (isEmpty) throw new AppError('hold.about_nothing')
  const addresses = [...new Set(input.addresses.map((each) => each.toLowerCase()))]
  return {
    memberIds,
    groupIds: [...new Set(input.groupIds)],
    heldMembers: [...held],
    addresses,
    heldAddresses: [...new Set([...addresses, ...(await listAddressesOf(tx, [...held]))])],
    conversationIds: conversations.map(({ id }) => id),
    conversationNumbers: conversations.map(({ number }) => number),
  }
}

/** A second pair of eyes agrees. */
export async function agreeToHold(ctx: Ctx, id: string, parts: RetentionParts): Promise<void> {
  const { actor } = ctx
  authorizeHolds(actor)
  await parts.asSystem(ctx, 'retention.agree_hold').transaction(async (tx) => {
    const hold = await lockActive(tx, actor, id)
    if (hold.placedBy === actor.id) throw new AppError('hold.own')
    if (hold.agreedAt) return
    await setAgreed(tx, id, actor.id)
    recordAudit(actingAs(tx, actor), {
      action: 'hold.changed',
      organisationId: actor.organisationId,
      targets: [{ type: 'hold', id, name: hold.name }],
      metadata: { agreed: true },
    })
  })
}

/** Lets go. The hold stays on record; what people asked to have erased meanwhile goes now. */
export async function releaseHold(
  ctx: Ctx,
  { id, reason }: ReleaseHold & { id: string },
  parts: RetentionParts,
): Promise<void> {
  const { actor } = ctx
  authorizeHolds(actor)
  await parts.asSystem(ctx, 'retention.release_hold').transaction(async (tx) => {
    await lockHolds(tx, actor.organisationId)
    const hold = await lockActive(tx, actor, id)
    await setReleased(tx, id, { by: actor.id, reason })
    await parts.jobs.send(tx, { name: 'retention.finish_erasures', input: {} })
    recordAudit(actingAs(tx, actor), {
      action: 'hold.released',
      organisationId: actor.organisationId,
      targets: [{ type: 'hold', id, name: hold.name }],
    })
  })
}

async function lockActive(tx: TxCtx, { organisationId }: MemberActor, id: string): Promise<HoldRow> {
  const hold = await lockHold(tx, organisationId, id)
  if (!hold) throw new AppError('hold.not_found')
  if (hold.releasedAt) throw new AppError('hold.released')
  return hold
}
