import type { NewApp, NewRecoveryCodes } from '@clew/contract/sign-in'
import { AppError } from '../../../platform/app-error.ts'
import type { Ctx } from '../../../platform/ctx.ts'
import { recordOwn } from '../audit-of.ts'
import { appAddress, newAppSecret, qrCode, stepOf } from '../authenticator-app.ts'
import { factorsOf, openSecret, sealSecret } from '../factors.ts'
import type { SessionRow } from '../model.ts'
import {
  codesForFirstFactor,
  forgetCodesOfNothing,
  makeCodes,
  refuseLastFactor,
  type StepUp,
  stepUp,
} from '../own-factors.ts'
import type { SignInParts } from '../parts.ts'
import { authorizeSessions } from '../policy.ts'
import { activateApp, deleteApp, findApp, listPasskeys, putWaitingApp } from '../repository.factors.ts'
import { lockSession } from '../repository.ts'

/** A new secret for an authenticator app. It counts only once a code of it has come back. */
export async function beginApp(ctx: Ctx, { member }: SessionRow, parts: SignInParts): Promise<NewApp> {
  const secret = newAppSecret()
  await ctx.transaction(async (tx) => {
    authorizeSessions(tx.actor)
    await putWaitingApp(tx, member.id, sealSecret(parts, member.id, secret))
  })
  const uri = appAddress(secret, { issuer: parts.brand(), label: `${member.email} (${member.organisation.name})` })
  return { secret, uri, qr: qrCode(uri) }
}

type Confirmed = { codes: NewRecoveryCodes; session: StepUp }

/** The app has shown a code that is right: from now on it counts. With the first factor come recovery codes. */
export async function confirmApp(
  ctx: Ctx,
  { session, token, code }: { session: SessionRow; token: string; code: string },
  parts: SignInParts,
): Promise<Confirmed> {
  return ctx.transaction(async (tx) => {
    authorizeSessions(tx.actor)
    const { member } = session
    const stored = await lockSession(tx, session.id)
    const waiting = await findApp(tx, member.id, 'waiting')
    if (!stored || !waiting) throw new AppError('factor.not_found')
    const step = stepOf(openSecret(parts, member.id, waiting.sealedSecret), code, tx.clock.now())
    if (step === undefined) throw new AppError('factor.code_wrong')
    const codes = await codesForFirstFactor(tx, member)
    await activateApp(tx, member.id, step)
    recordOwn(tx, member, { action: 'mfa.enrolled', metadata: { factor: 'app' } })
    return { codes, session: await stepUp(tx, { session, stored, token, method: 'code' }) }
  })
}

export async function removeApp(ctx: Ctx, { member }: SessionRow): Promise<void> {
  await ctx.transaction(async (tx) => {
    authorizeSessions(tx.actor)
    if (!(await findApp(tx, member.id, 'active'))) throw new AppError('factor.not_found')
    if ((await listPasskeys(tx, member.id)).length === 0) await refuseLastFactor(tx, member)
    await deleteApp(tx, member.id, ['active', 'waiting'])
    await forgetCodesOfNothing(tx, member)
    recordOwn(tx, member, { action: 'mfa.removed', metadata: { factor: 'app' } })
  })
}

/** Ten new codes; those from before stop working. */
export async function renewRecoveryCodes(ctx: Ctx, { member }: SessionRow): Promise<NewRecoveryCodes> {
  return ctx.transaction(async (tx) => {
    authorizeSessions(tx.actor)
    if ((await factorsOf(tx, member.id)).length === 0) throw new AppError('factor.not_found')
    return makeCodes(tx, member)
  })
}
