import type { Locale, MemberId } from '@clew/contract/primitives'
import type { ApplySsoRemedy } from '@clew/contract/single-sign-on'
import { AppError } from '../../../platform/app-error.ts'
import type { Ctx } from '../../../platform/ctx.ts'
import {
  addAlias,
  type InviteSettings,
  invitePeople,
  moveAddress,
  reactivateMember,
  resendInvitation,
} from '../../organisations/index.ts'
import { isAddressName } from '../model.claims.ts'
import { domainFor, listVerifiedDomains } from '../organisation.ts'
import type { SsoParts } from '../parts.ts'
import { authorizeChangeSso, authorizeReadSso } from '../policy.ts'
import { lockConnection } from '../repository.connections.ts'
import { storeChange } from './update-connection.ts'

/** Does what a diagnosis offers, by the use-case of the room whose it is: that one says who may. */
export async function applyRemedy(ctx: Ctx, input: ApplySsoRemedy, parts: RemedyParts): Promise<void> {
  authorizeReadSso(ctx.actor)
  const remedy = remedies[input.remedy]
  // The others are pages of their own, where more has to be decided than one press can say.
  if (!remedy) throw new AppError('sso.remedy_unfit')
  await remedy(ctx, input, parts)
}

export type RemedyParts = { inviting: InviteSettings } & Pick<SsoParts, 'seal'>
type Remedy = (ctx: Ctx, input: ApplySsoRemedy, parts: RemedyParts) => Promise<unknown>

const inviteThem: Remedy = (ctx, { email, locale = 'en' }, { inviting }) =>
  invite(ctx, { email: needed(email), locale }, inviting)

const remedies: Readonly<Partial<Record<ApplySsoRemedy['remedy'], Remedy>>> = {
  invite: inviteThem,
  invite_as: inviteThem,
  resend_invitation: (ctx, { invitationId }, { inviting }) => resendInvitation(ctx, needed(invitationId), inviting),
  lift_deactivation: (ctx, { memberId }) => reactivateMember(ctx, needed(memberId)),
  link_alias: (ctx, { email, memberId }) =>
    withVerified(ctx, { email: needed(email), memberId: needed(memberId) }, addAlias),
  move_address: (ctx, { email, memberId }) =>
    withVerified(ctx, { email: needed(email), memberId: needed(memberId) }, moveAddress),
  fix_mapping: (ctx, { connectionId, claim }, parts) =>
    readAddressFrom(ctx, { id: needed(connectionId), claim: needed(claim) }, parts),
}

function needed<T>(value: T | undefined): T {
  if (value === undefined) throw new AppError('sso.remedy_unfit')
  return value
}

async function invite(
  ctx: Ctx,
  { email, locale }: { email: string; locale: Locale },
  settings: InviteSettings,
): Promise<void> {
  const { rows } = await invitePeople(
    ctx,
    { source: 'paste', text: email, role: { role: 'member' }, groupIds: [], seat: 'default', locale },
    settings,
  )
  if (!rows.some(({ outcome }) => outcome === 'sends' || outcome === 'renews' || outcome.startsWith('waits_')))
    throw new AppError('sso.remedy_unfit')
}

/** Says where the address stands in what the provider sends: in one of the claims that are for it, and in no other. */
async function readAddressFrom(
  ctx: Ctx,
  { id, claim }: { id: string; claim: string },
  parts: RemedyParts,
): Promise<void> {
  await ctx.transaction(async (tx) => {
    const { actor } = tx
    authorizeChangeSso(actor)
    const connection = await lockConnection(tx, { id, organisationId: actor.organisationId })
    if (!connection) throw new AppError('sso.connection_not_found')
    if (connection.kind !== 'saml' || !isAddressName(claim)) throw new AppError('sso.remedy_unfit')
    const { options } = connection
    const change = { options: { ...options, mapping: { ...options.mapping, email: claim } } }
    await storeChange(tx, { connection, change }, parts)
  })
}

type Addressing = { email: string; memberId: MemberId }

/** An address that anybody may claim is given to nobody: it would open the account. */
async function withVerified(
  ctx: Ctx,
  addressing: Addressing,
  work: (ctx: Ctx, addressing: Addressing) => Promise<void>,
): Promise<void> {
  const { actor } = ctx
  authorizeReadSso(actor)
  const isOwn = await ctx.transaction(
    async (tx) => domainFor(await listVerifiedDomains(tx, actor.organisationId), addressing.email) !== undefined,
  )
  if (!isOwn) throw new AppError('sso.domain_not_verified', { domain: addressing.email.split('@')[1] ?? '' })
  return work(ctx, addressing)
}
