import type { OrganisationId } from '@clew/contract/primitives'
import type { SsoAttemptId, SsoCheck } from '@clew/contract/single-sign-on'
import type { TxCtx } from '../../platform/ctx.ts'
import { newToken } from '../../platform/ids.ts'
import { keptAttempts, keptStrangers, referenceOf } from './model.ts'
import { type AttemptRow, insertAttempt, pruneAttempts } from './repository.attempts.ts'

const keptWithoutConnection = 50
const keptOfNobody = 500

export type AttemptDraft = Partial<AttemptRow> & Pick<AttemptRow, 'purpose' | 'outcome'>

/** Writes down how a sign-in went, and forgets the oldest. */
export async function noteAttempt(tx: TxCtx, draft: AttemptDraft): Promise<AttemptRow> {
  const attempt: AttemptRow = {
    id: tx.ids.next() as SsoAttemptId,
    reference: referenceOf(Buffer.from(newToken(), 'base64url')),
    organisationId: undefined,
    connectionId: undefined,
    reason: undefined,
    typedEmail: undefined,
    assertedEmail: undefined,
    claims: [],
    checks: [],
    observed: {},
    memberId: undefined,
    setupLinkId: undefined,
    isStranger: false,
    at: tx.clock.now(),
    ...draft,
  }
  await insertAttempt(tx, attempt)
  await pruneAttempts(tx, attempt, keepOf(attempt))
  return attempt
}

function keepOf({ connectionId, organisationId, isStranger }: AttemptRow): number {
  if (isStranger) return keptStrangers
  if (connectionId !== undefined) return keptAttempts
  return organisationId === undefined ? keptOfNobody : keptWithoutConnection
}

/** A person typed an address for which there is no way: they hear nothing of why, and get a reference. */
export const noteDeadEnd = (
  tx: TxCtx,
  { typedEmail, organisationId, reason }: { typedEmail: string; organisationId?: OrganisationId; reason: string },
): Promise<AttemptRow> =>
  noteAttempt(tx, {
    purpose: 'sign_in',
    outcome: 'refused',
    reason,
    typedEmail,
    organisationId,
    checks: [{ check: 'way-in', outcome: 'refused' }],
  })

export const passed = (check: string): SsoCheck => ({ check, outcome: 'passed' })
export const refusedAt = (check: string): SsoCheck => ({ check, outcome: 'refused' })
