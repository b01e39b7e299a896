import type { AskToJoin, JoinConfirmed } from '@clew/contract/members'
import type { OrganisationId } from '@clew/contract/primitives'
import { AppError } from '../../../platform/app-error.ts'
import type { Ctx, TxCtx } from '../../../platform/ctx.ts'
import { hashToken, newToken } from '../../../platform/ids.ts'
import { queueMail } from '../../../platform/mail/outbox.ts'
import { recordAudit } from '../../audit/index.ts'
import type { InviteSettings } from '../invitation-letters.ts'
import { confirmJoinMail } from '../invitation-mail.ts'
import { letIn, requestTarget } from '../join-requests.ts'
import { confirmHours, normalEmail } from '../model.ts'
import { authorizeSystem } from '../policy.members.ts'
import { readAddresses } from '../repository.invitations.ts'
import { insertJoinAsk, takeJoinAsk } from '../repository.join-asks.ts'
import {
  findOpenRequestOf,
  insertJoinRequest,
  lockUnconfirmedRequest,
  renewJoinRequest,
  setJoinState,
} from '../repository.joining.ts'
import { lockMembership } from '../repository.membership.ts'
import { findOrganisation, findOrganisationBySlug, type OrganisationRow } from '../repository.organisations.ts'
import { verifiedOrganisationOf } from './domains/verified-organisation.ts'
import { joiningProblem, joinsByItself } from './policies/joining-problem.ts'
import { securityPolicy } from './policies/security-policy.ts'

const againAfterMs = 10 * 60_000

/**
 * Somebody asks to belong to an organisation. Nobody learns by it which organisations there are, or who belongs to one:
 * the answer is given before anybody looks, and the rest is said in a letter to the address.
 */
export async function askToJoin(ctx: Ctx, input: AskToJoin): Promise<void> {
  await ctx.transaction(async (tx) => {
    authorizeSystem(tx.actor)
    const askId = tx.ids.next()
    await insertJoinAsk(tx, askId, input)
    tx.emit('join.asked', { askId })
  })
}

/** Looks at what was asked, and writes to the address where there is something to confirm. */
export async function takeJoinRequest(tx: TxCtx, askId: string, settings: InviteSettings): Promise<void> {
  authorizeSystem(tx.actor)
  const input = await takeJoinAsk(tx, askId)
  const organisation = input && (await findOrganisationBySlug(tx, input.organisation))
  if (!organisation || organisation.kind === 'support') return
  await lockMembership(tx, organisation.id)
  if (!(await mayAsk(tx, organisation.id, input.email))) return
  const token = newToken()
  if (!(await keepRequest(tx, organisation, { input, tokenHash: hashToken(token) }))) return
  const link = `${settings.baseUrl()}/app/join-request#token=${token}`
  await queueMail(tx, {
    idempotencyKey: `join:${hashToken(token).toString('hex')}`,
    to: normalEmail(input.email),
    ...confirmJoinMail(input.locale, {
      brand: settings.brand(),
      organisation: organisation.name,
      link,
      hours: confirmHours,
    }),
  })
}

/** Not who belongs to it, is invited, or has an address that the organisation does not let in. */
async function mayAsk(tx: TxCtx, organisationId: OrganisationId, asked: string): Promise<boolean> {
  const { requests } = await securityPolicy(tx, organisationId, 'joining')
  if (!requests) return false
  const email = normalEmail(asked)
  const { members, invited } = await readAddresses(tx, organisationId, [email])
  if (members.has(email) || invited.has(email)) return false
  return (await joiningProblem(tx, { organisationId, email })) === undefined
}

/** Answers false where nothing new is to be sent. */
async function keepRequest(
  tx: TxCtx,
  organisation: OrganisationRow,
  { input, tokenHash }: { input: AskToJoin; tokenHash: Buffer },
): Promise<boolean> {
  const open = await findOpenRequestOf(tx, organisation.id, input.email)
  const { name, message, locale } = input
  if (!open) {
    const id = tx.ids.next()
    await insertJoinRequest(tx, {
      id,
      organisationId: organisation.id,
      email: input.email,
      name,
      message,
      locale,
      tokenHash,
    })
    return true
  }
  const isFresh = tx.clock.now().getTime() - open.createdAt.getTime() < againAfterMs
  if (open.state !== 'unconfirmed' || isFresh) return false
  await renewJoinRequest(tx, open.id, { name, message, locale, tokenHash })
  return true
}

/** The link in the letter was opened: the address is theirs. A domain that lets people in by itself does so now. */
export async function confirmJoin(ctx: Ctx, token: string, settings: InviteSettings): Promise<JoinConfirmed> {
  return ctx.transaction(async (tx) => {
    authorizeSystem(tx.actor)
    const since = new Date(tx.clock.now().getTime() - confirmHours * 3_600_000)
    const request = await lockUnconfirmedRequest(tx, hashToken(token), since)
    if (!request) throw new AppError('join_request.invalid')
    const { organisationId } = request
    const joined = await organisationJoinedBy(tx, request.email)
    await setJoinState(tx, request.id, { state: 'waiting' })
    recordAudit(tx, { action: 'user.join_requested', organisationId, targets: [requestTarget(request)] })
    if (joined !== organisationId) return { state: 'waiting' }
    const organisation = await findOrganisation(tx, organisationId)
    if (!organisation) throw new AppError('join_request.invalid')
    const how = {
      role: { role: 'member' } as const,
      seat: 'default',
      sender: { organisation, by: undefined },
      settings,
    }
    const { state } = await letIn(tx, request, how)
    return { state: state === 'approved' ? 'joined' : 'waiting' }
  })
}

/** The organisation that somebody of this address belongs to by its verified domain, where that lets people in. */
export async function organisationJoinedBy(tx: TxCtx, email: string): Promise<OrganisationId | undefined> {
  authorizeSystem(tx.actor)
  const organisationId = (await verifiedOrganisationOf(tx, email))?.organisationId
  if (!organisationId) return undefined
  return (await joinsByItself(tx, { organisationId, email })) ? organisationId : undefined
}
