import type {
  ChangeOrganisation,
  CreatedOrganisation,
  CreateOrganisation,
  InvitedOwner,
  OrganisationList,
  OrganisationView,
} from '@clew/contract/members'
import type { Locale, MemberId, OrganisationId } from '@clew/contract/primitives'
import { AppError } from '../../../platform/app-error.ts'
import type { Ctx, TxCtx } from '../../../platform/ctx.ts'
import { recordAudit, recordRead } from '../../audit/index.ts'
import { type InviteSettings, issueInvitations, lettersGo } from '../invitation-letters.ts'
import { totalSeats } from '../model.seats.ts'
import { authorizeManageOrganisations } from '../policy.members.ts'
import { lockMembership } from '../repository.membership.ts'
import {
  findOrganisation,
  listOrganisations,
  type OrganisationRow,
  updateOrganisation,
} from '../repository.organisations.ts'
import { listSeatUse } from '../repository.seats.ts'
import { findMemberByEmail, isSlugTaken } from '../repository.ts'
import { createOrganisation } from './create-organisation.ts'
import { giveSeats } from './manage-seats.ts'

/** What the one type of seats is called that the support team gives. The organisation may rename it. */
const seatNames: Readonly<Record<Locale, string>> = { en: 'Seat', el: 'Θέση' }

export async function readOrganisations(ctx: Ctx): Promise<OrganisationList> {
  return ctx.transaction(async (tx) => {
    authorizeManageOrganisations(tx.actor)
    const organisations: OrganisationView[] = []
    for (const row of await listOrganisations(tx)) organisations.push(await viewOf(tx, row))
    return { organisations }
  })
}

/** One organisation, as its audit log will say that the team looked at it. */
export async function readOrganisation(ctx: Ctx, id: OrganisationId): Promise<OrganisationView> {
  return ctx.transaction(async (tx) => {
    authorizeManageOrganisations(tx.actor)
    const row = await get(tx, id)
    await recordRead(tx, { action: 'organisation.viewed_by_team', organisationId: id, target: targetOf(row) })
    return viewOf(tx, row)
  })
}

/** A new organisation with its seats, and an invitation to its first owner. */
export async function openOrganisation(
  ctx: Ctx,
  input: CreateOrganisation,
  settings: InviteSettings,
): Promise<CreatedOrganisation> {
  return ctx.transaction(async (tx) => {
    authorizeManageOrganisations(tx.actor)
    const id = await createOrganisation(tx, input)
    await giveSeats(tx, { organisationId: id, name: seatNames[input.locale], limit: input.seats })
    const owner =
      input.ownerEmail === undefined
        ? undefined
        : await issueOwner(tx, { id, email: input.ownerEmail, locale: input.locale }, settings)
    return {
      organisation: await viewOf(tx, await get(tx, id)),
      ownerLink: owner?.link ?? null,
      mail: lettersGo(settings),
    }
  })
}

export async function changeOrganisation(
  ctx: Ctx,
  id: OrganisationId,
  { seats, ...input }: ChangeOrganisation,
): Promise<OrganisationView> {
  return ctx.transaction(async (tx) => {
    authorizeManageOrganisations(tx.actor)
    await lockMembership(tx, id)
    const before = await get(tx, id)
    const after = {
      id,
      name: input.name ?? before.name,
      slug: input.slug ?? before.slug,
      region: input.region === undefined ? before.region : input.region || null,
    }
    if (after.slug !== before.slug && (await isSlugTaken(tx, after.slug)))
      throw new AppError('organisation.slug_taken', { slug: after.slug })
    const fields = (['name', 'slug', 'region'] as const).filter((field) => before[field] !== after[field])
    if (fields.length > 0) {
      await updateOrganisation(tx, after)
      recordAudit(tx, {
        action: 'organisation.updated',
        organisationId: id,
        targets: [targetOf(after)],
        changes: fields.map((field) => ({ field, old: before[field], new: after[field] })),
      })
    }
    if (seats !== undefined) await giveSeats(tx, { organisationId: id, name: seatNames[tx.locale], limit: seats })
    return viewOf(tx, await get(tx, id))
  })
}

/** Invites somebody who will own the organisation: for its beginning, and for one that has lost its owners. */
export async function inviteOwner(
  ctx: Ctx,
  input: { id: OrganisationId; email: string; locale: Locale },
  settings: InviteSettings,
): Promise<InvitedOwner> {
  return ctx.transaction(async (tx) => {
    authorizeManageOrganisations(tx.actor)
    await lockMembership(tx, input.id)
    return { link: (await issueOwner(tx, input, settings)).link, mail: lettersGo(settings) }
  })
}

async function issueOwner(
  tx: TxCtx,
  { id, email, locale }: { id: OrganisationId; email: string; locale: Locale },
  settings: InviteSettings,
): Promise<{ link: string }> {
  const organisation = await get(tx, id)
  if (await findMemberByEmail(tx, id, email)) throw new AppError('invitation.address_taken')
  const { actor } = tx
  const by = actor.type === 'agent' ? { id: actor.id as MemberId, name: actor.name } : undefined
  const seat = (await listSeatUse(tx, id)).find(({ isDefault }) => isDefault)
  const [issued] = await issueInvitations(
    tx,
    {
      sender: { organisation, by },
      invitations: [
        {
          email,
          name: undefined,
          role: 'owner',
          customRoleId: undefined,
          seatTypeId: seat?.id,
          groupIds: [],
          locale,
          memberExpiresAt: undefined,
          source: 'invited',
          waitsFor: undefined,
        },
      ],
    },
    settings,
  )
  if (!issued?.link) throw new Error('an invitation without a link')
  return { link: issued.link }
}

async function get(tx: TxCtx, id: OrganisationId): Promise<OrganisationRow> {
  const row = await findOrganisation(tx, id)
  if (!row) throw new AppError('organisation.not_found')
  return row
}

const targetOf = ({ id, name }: { id: OrganisationId; name: string }) => ({ type: 'organisation', id, name })

const viewOf = async (tx: TxCtx, { createdAt, ...row }: OrganisationRow): Promise<OrganisationView> => ({
  ...row,
  createdAt: createdAt.toISOString(),
  seats: totalSeats(await listSeatUse(tx, row.id)),
})
