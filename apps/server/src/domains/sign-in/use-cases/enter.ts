import type { SignInMethod, SignInStep } from '@clew/contract/sign-in'
import { AppError } from '../../../platform/app-error.ts'
import type { TxCtx } from '../../../platform/ctx.ts'
import { hashToken, newToken } from '../../../platform/ids.ts'
import { findPolicies, isAddressAllowed, type MemberRow } from '../../organisations/index.ts'
import { recordOwn } from '../audit-of.ts'
import { factorsOf } from '../factors.ts'
import { isAllowedWay, isTwofold } from '../model.policies.ts'
import { attemptMinutes } from '../model.ts'
import { noSingleSignOn, type SignInParts } from '../parts.ts'
import { authorizeSessions } from '../policy.ts'
import { type AttemptStep, insertAttempt } from '../repository.attempts.ts'
import { type OpenedSession, openSession } from './open-session.ts'

/** How far somebody got: in, or to the next step, whose token this browser keeps. */
export type Entry = { is: 'in'; opened: OpenedSession } | { is: 'step'; step: SignInStep; token: string }

/** Lets in whoever has proved a first thing about these memberships; of several they choose. */
export async function enter(
  tx: TxCtx,
  proved: { members: readonly MemberRow[]; methods: readonly SignInMethod[] },
  parts: SignInParts,
): Promise<Entry> {
  const [first, ...others] = proved.members
  if (first === undefined) throw new AppError('session.wrong_credentials')
  if (others.length === 0) return enterAs(tx, first, { parts, methods: proved.methods, peers: [] })
  const token = await startAttempt(tx, 'organisation', {
    memberIds: proved.members.map(({ id }) => id),
    methods: proved.methods,
  })
  const organisations = proved.members.map(({ organisationId: id, organisation: { name } }) => ({ id, name }))
  return { is: 'step', step: { next: 'choose_organisation', organisations }, token }
}

type As = { parts: SignInParts; methods: readonly SignInMethod[]; peers: readonly string[] }

/** Lets in as one of them, over the second factor where there is one. */
export async function enterAs(tx: TxCtx, member: MemberRow, { parts, methods, peers }: As): Promise<Entry> {
  authorizeSessions(tx.actor)
  await refuseUnwelcome(tx, member, { parts, methods })
  if (!isTwofold(methods)) {
    const factors = await factorsOf(tx, member.id)
    if (factors.length > 0) {
      const token = await startAttempt(tx, 'second_factor', { memberIds: [member.id, ...peers], methods })
      return { is: 'step', step: { next: 'second_factor', factors }, token }
    }
  }
  recordOwn(tx, member, { action: 'auth.succeeded', metadata: { methods: [...methods] } })
  if (!methods.includes('sso')) await (parts.sso ?? noSingleSignOn).noteEntry(tx, member)
  return { is: 'in', opened: await openSession(tx, member, { methods, peers }) }
}

/** What an organisation demands of how and from where its people come. Said only to who has proved who they are. */
async function refuseUnwelcome(
  tx: TxCtx,
  member: MemberRow,
  { parts: { sso = noSingleSignOn }, methods }: Pick<As, 'parts' | 'methods'>,
): Promise<void> {
  const policies = await findPolicies(tx, member.organisationId)
  if (!isAddressAllowed(policies.ip_allow_list, tx.origin.address)) throw new AppError('session.address_not_allowed')
  const isAllowed = methods.every((method) => isAllowedWay(policies, method))
  if (!isAllowed || (!methods.includes('sso') && (await sso.isRequired(tx, member))))
    throw new AppError('session.method_not_allowed')
}

type Begun = { memberIds?: readonly string[]; methods?: readonly SignInMethod[]; challenge?: string }

/** The token of a way in that this browser is on from here. */
export async function startAttempt(tx: TxCtx, step: AttemptStep, begun: Begun): Promise<string> {
  const token = newToken()
  const expiresAt = new Date(tx.clock.now().getTime() + attemptMinutes * 60_000)
  await insertAttempt(tx, { id: tx.ids.next(), tokenHash: hashToken(token), step, expiresAt, ...begun })
  return token
}
