import type { PassSecondFactor, SecondFactor, SignInMethod } from '@clew/contract/sign-in'
import type { z } from 'zod'
import { AppError } from '../../platform/app-error.ts'
import type { TxCtx } from '../../platform/ctx.ts'
import type { MemberRow } from '../organisations/index.ts'
import { stepOf } from './authenticator-app.ts'
import type { SignInParts } from './parts.ts'
import { readAssertion } from './passkeys.ts'
import { hashRecoveryCode } from './recovery-codes.ts'
import {
  countRecoveryCodes,
  findApp,
  listPasskeys,
  lockPasskey,
  notePasskeyUse,
  takeRecoveryCode,
  takeStep,
} from './repository.factors.ts'

/** By what somebody can show a second factor. Recovery codes alone are none. */
export async function factorsOf(tx: TxCtx, memberId: MemberRow['id']): Promise<SecondFactor[]> {
  const [app, keys, codes] = [
    await findApp(tx, memberId, 'active'),
    await listPasskeys(tx, memberId),
    await countRecoveryCodes(tx, memberId),
  ]
  if (app === undefined && keys.length === 0) return []
  return [
    ...(keys.length > 0 ? (['passkey'] as const) : []),
    ...(app ? (['code'] as const) : []),
    ...(codes > 0 ? (['recovery_code'] as const) : []),
  ]
}

export type FactorInput = z.output<typeof PassSecondFactor>
type Asked = { input: FactorInput; challenge: string | undefined }

/** Uses a factor up: by which way it was shown, or nothing when it was wrong. */
export async function takeFactor(
  tx: TxCtx,
  member: MemberRow,
  { parts, input, challenge }: Asked & { parts: SignInParts },
): Promise<SignInMethod | undefined> {
  if ('code' in input) return (await takeCode(tx, member, { parts, code: input.code })) ? 'code' : undefined
  if ('recoveryCode' in input)
    return (await takeRecoveryCode(tx, member.id, hashRecoveryCode(input.recoveryCode))) ? 'recovery_code' : undefined
  const key = await lockPasskey(tx, input.passkey.id)
  if (key?.memberId !== member.id || challenge === undefined) return undefined
  const read = await readAssertion(parts, { answer: input.passkey, challenge, key })
  if (!read) return undefined
  await notePasskeyUse(tx, key.id, read)
  return 'passkey'
}

async function takeCode(
  tx: TxCtx,
  { id }: MemberRow,
  { parts, code }: { parts: SignInParts; code: string },
): Promise<boolean> {
  const app = await findApp(tx, id, 'active')
  const step = app && stepOf(openSecret(parts, id, app.sealedSecret), code, tx.clock.now())
  return step !== undefined && takeStep(tx, id, step)
}

const place = (memberId: string): string => `authenticator app of ${memberId}`

export const sealSecret = ({ seal }: SignInParts, memberId: string, secret: string): Buffer =>
  seal.seal(secret, place(memberId))
export const openSecret = ({ seal }: SignInParts, memberId: string, sealed: Buffer): string =>
  seal.open(sealed, place(memberId))

export const wrongFactor = (input: object): AppError =>
  new AppError('passkey' in input ? 'session.passkey_wrong' : 'session.code_wrong')
