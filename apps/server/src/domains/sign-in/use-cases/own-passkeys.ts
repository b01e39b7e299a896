import type { AddPasskey, NewRecoveryCodes } from '@clew/contract/sign-in'
import type { z } from 'zod'
import { AppError } from '../../../platform/app-error.ts'
import type { Ctx, TxCtx } from '../../../platform/ctx.ts'
import type { MemberRow } from '../../organisations/index.ts'
import { recordOwn } from '../audit-of.ts'
import { maxPasskeys, type SessionRow } from '../model.ts'
import { codesForFirstFactor, forgetCodesOfNothing, refuseLastFactor, type StepUp, stepUp } from '../own-factors.ts'
import { noSingleSignOn, type SignInParts } from '../parts.ts'
import { askForNewPasskey, readAttestation } from '../passkeys.ts'
import { authorizeSessions } from '../policy.ts'
import {
  deletePasskey,
  findApp,
  insertPasskey,
  listPasskeys,
  lockPasskey,
  renamePasskey as rename,
} from '../repository.factors.ts'
import { findPassword, lockSession, setSessionChallenge } from '../repository.ts'

export async function beginPasskey(ctx: Ctx, { id, member }: SessionRow, parts: SignInParts) {
  return ctx.transaction(async (tx) => {
    authorizeSessions(tx.actor)
    const known = await listPasskeys(tx, member.id)
    if (known.length >= maxPasskeys) throw new AppError('factor.limit', { count: maxPasskeys })
    const { challenge, publicKey } = await askForNewPasskey(parts, member, known)
    await setSessionChallenge(tx, id, challenge)
    return { publicKey }
  })
}

type Added = { codes: z.output<typeof NewRecoveryCodes>; session: StepUp }

/** Keeps a new passkey. With the first factor come recovery codes. */
export async function addPasskey(
  ctx: Ctx,
  { session, token, input }: { session: SessionRow; token: string; input: z.output<typeof AddPasskey> },
  parts: SignInParts,
): Promise<Added> {
  return ctx.transaction(async (tx) => {
    authorizeSessions(tx.actor)
    const { member } = session
    const stored = await lockSession(tx, session.id)
    if (!stored?.challenge) throw new AppError('factor.passkey_refused')
    const made = await readAttestation(parts, input.passkey, stored.challenge)
    await setSessionChallenge(tx, session.id, null)
    if (!made) throw new AppError('factor.passkey_refused')
    if (await lockPasskey(tx, made.credentialId)) throw new AppError('factor.passkey_known')
    const codes = await codesForFirstFactor(tx, member)
    const id = tx.ids.next()
    await insertPasskey(tx, { id, memberId: member.id, name: input.name, ...made })
    recordOwn(tx, member, { action: 'mfa.enrolled', metadata: { factor: 'passkey', passkey: id } })
    return { codes, session: await stepUp(tx, { session, stored, token, method: 'passkey' }) }
  })
}

export async function renamePasskey(
  ctx: Ctx,
  { session: { member }, id, name }: { session: SessionRow; id: string; name: string },
): Promise<void> {
  await ctx.transaction(async (tx) => {
    authorizeSessions(tx.actor)
    if (!(await rename(tx, { id, memberId: member.id, name }))) throw new AppError('factor.not_found')
  })
}

/** Takes a passkey away, unless it is the last way in or the last second factor where one is asked for. */
export async function removePasskey(
  ctx: Ctx,
  { session: { member }, id }: { session: SessionRow; id: string },
  parts: SignInParts,
): Promise<void> {
  await ctx.transaction(async (tx) => {
    authorizeSessions(tx.actor)
    const keys = await listPasskeys(tx, member.id)
    if (!keys.some((key) => key.id === id)) throw new AppError('factor.not_found')
    if (keys.length === 1) await refuseLastWayIn(tx, member, parts)
    if (keys.length === 1 && !(await findApp(tx, member.id, 'active'))) await refuseLastFactor(tx, member)
    await deletePasskey(tx, { id, memberId: member.id })
    await forgetCodesOfNothing(tx, member)
    recordOwn(tx, member, { action: 'mfa.removed', metadata: { factor: 'passkey', passkey: id } })
  })
}

async function refuseLastWayIn(tx: TxCtx, member: MemberRow, { sso = noSingleSignOn }: SignInParts): Promise<void> {
  if (await findPassword(tx, member.id)) return
  if (!(await sso.isPossible(tx, member))) throw new AppError('factor.last_way_in')
}
