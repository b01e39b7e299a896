import type { OrganisationId } from '@clew/contract/primitives'
import { AppError } from '../../../platform/app-error.ts'
import type { Ctx, TxCtx } from '../../../platform/ctx.ts'
import { hashToken } from '../../../platform/ids.ts'
import { findMember, isActive, type MemberRow } from '../../organisations/index.ts'
import type { SignInParts } from '../parts.ts'
import { authorizeSessions } from '../policy.ts'
import { deleteAttempt, lockAttempt } from '../repository.attempts.ts'
import { type Entry, enterAs } from './enter.ts'

/** Goes on as the member of one of the organisations that were proved together. */
export async function chooseOrganisation(
  ctx: Ctx,
  input: { token: string | undefined; organisationId: OrganisationId },
  parts: SignInParts,
): Promise<Entry> {
  return ctx.transaction(async (tx) => {
    authorizeSessions(tx.actor)
    const attempt = input.token && (await lockAttempt(tx, hashToken(input.token), 'organisation'))
    if (!attempt) throw new AppError('session.attempt_over')
    const members = await activeMembers(tx, attempt.memberIds)
    const chosen = members.find(({ organisationId }) => organisationId === input.organisationId)
    if (!chosen) throw new AppError('session.attempt_over')
    await deleteAttempt(tx, attempt.id)
    const peers = members.filter((each) => each !== chosen).map(({ id }) => id)
    return enterAs(tx, chosen, { parts, methods: attempt.methods, peers })
  })
}

export async function activeMembers(tx: TxCtx, ids: readonly string[]): Promise<MemberRow[]> {
  const found = await Promise.all(ids.map((id) => findMember(tx, id)))
  return found.filter((each): each is MemberRow => each !== undefined && isActive(each, tx.clock.now()))
}
